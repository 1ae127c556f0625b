import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { addStacks } from '../../../apps/cluster/app';
import { testFiles } from '../tools/messages';
import { dataAddress, mockedTest, type StackJson, withStandIns } from '../tools/stacks';
import { workspace } from '../tools/terraform';

const app = Testing.app();
addStacks(app);
app.synth();
const synthesized = (stack: string): StackJson =>
  JSON.parse(readFileSync(join(app.outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));

test('the cluster stack of the example is valid, and its plan passes', () => {
  const stack = synthesized('cluster');
  for (const cluster of Object.values(stack.resource.azurerm_kubernetes_cluster as StackJson)) {
    cluster.node_provisioning_profile = [{ mode: 'Manual' }];
  }
  const place = workspace(stack, {
    'plan.tftest.hcl': 'mock_provider "azurerm" {}\n\nrun "plan" {\n  command = plan\n}\n',
  });
  expect(JSON.parse(place.terraform('validate', '-json').stdout)).toMatchObject({ valid: true });
  expect(testFiles(place.terraform('test', '-json').stdout)).toMatchObject({
    'plan.tftest.hcl': { status: 'pass' },
  });
  place.remove();
});

test('the policy stack of the example is valid, and stops where the cluster has no engine', () => {
  const stack = withStandIns(synthesized('policies'));
  const cluster = (network_policy: string) => ({
    network_profile: [{ network_policy, network_plugin: 'azure' }],
    agent_pool_profile: [],
  });
  const address = dataAddress(stack);
  const place = workspace(stack, {
    'cilium.tftest.hcl': mockedTest(address, cluster('cilium')),
    'none.tftest.hcl': mockedTest(address, cluster('none'), { expectFailures: [address] }),
  });
  expect(JSON.parse(place.terraform('validate', '-json').stdout)).toMatchObject({ valid: true });
  expect(testFiles(place.terraform('test', '-json').stdout)).toMatchObject({
    'cilium.tftest.hcl': { status: 'pass' },
    'none.tftest.hcl': { status: 'pass' },
  });
  place.remove();
});
