import { AksClusterProfile, NetworkPolicyEngineCheck } from '../../../lib/cluster';
import type { Run } from '../../tools/run';
import { diagnostics } from '../tools/messages';
import type { Workspace } from '../tools/terraform';
import { planAgainst } from './plan';
import { type AzureStandIn, azureStandIn, SUBSCRIPTION } from './stand-in';

const SHOP = { clusterName: 'shop', resourceGroupName: 'shop-rg' };

let azure: AzureStandIn;
let networkProfile: object = {};

beforeAll(async () => {
  azure = await azureStandIn(() => networkProfile);
});
afterAll(() => azure.close());

/** The check as it is synthesized, planned by the real provider against the stand-in. */
async function plan(
  profile: object,
  judge: (place: Workspace, planned: Run) => void,
  onMissing: 'fail' | 'warn' = 'fail',
): Promise<void> {
  networkProfile = profile;
  await planAgainst(
    azure,
    (scope) => new NetworkPolicyEngineCheck(scope, 'engine', { ...SHOP, onMissing }),
    judge,
  );
}

const errors = (stdout: string) =>
  diagnostics(stdout)
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail }) => detail || summary);

test.each([
  { shown: 'no field', policy: {} },
  { shown: 'null', policy: { networkPolicy: null } },
  { shown: 'none', policy: { networkPolicy: 'none' } },
])('$shown in ARM stops the plan, which names the cluster and the way out', async ({ policy }) => {
  await plan(
    { networkPlugin: 'azure', networkDataplane: 'azure', ...policy },
    (_place, { status, stdout }) => {
      expect(status).toBe(1);
      expect(errors(stdout)).toEqual([
        'The cluster shop (resource group shop-rg) has no network policy engine: it stores network policies and enforces none of them, so every pod stays open to every other. Turn one on with: az aks update --resource-group shop-rg --name shop --network-dataplane cilium (needs Azure CNI and no Windows node pools), or with --network-policy calico (needs Kubernetes 1.30 or later); all node pools are reimaged at once.',
      ]);
    },
  );
});

test.each(['azure', 'calico', 'cilium'])(
  '%s in ARM passes, and both outputs say what the cluster is',
  async (engine) => {
    const networkDataplane = engine === 'cilium' ? 'cilium' : 'azure';
    const network = {
      networkPlugin: 'azure',
      networkPluginMode: 'overlay',
      networkDataplane,
      networkPolicy: engine,
      podCidr: '10.244.0.0/16',
      serviceCidr: '10.0.0.0/16',
    };
    await plan(network, (place, { status, stdout }) => {
      expect({ status, errors: errors(stdout) }).toEqual({ status: 0, errors: [] });
      const saved = JSON.parse(place.terraform('show', '-json', 'saved').stdout);
      const outputs = saved.planned_values.outputs;
      expect(outputs.network_policy_engine.value).toBe(engine);
      expect(outputs.network_policy_profile.sensitive).toBe(false);
      const profile = {
        engine,
        networkPlugin: 'azure',
        kubernetesVersion: '1.33.2',
        windowsNodePools: [],
        podCidrs: ['10.244.0.0/16'],
        serviceCidrs: ['10.0.0.0/16'],
      };
      expect(AksClusterProfile.fromJson(JSON.stringify(outputs.network_policy_profile.value))).toEqual({
        ...profile,
        kubernetesVersion: expect.stringMatching(/^1\.33/),
      });
      expect(AksClusterProfile.fromTerraform(saved)).toMatchObject({
        engine,
        networkPlugin: 'azure',
        cloud: 'AzureCloud',
      });
    });
  },
);

test('a warning lets the plan go on', async () => {
  await plan(
    { networkPlugin: 'azure', networkPolicy: 'none' },
    (_place, { status, stdout }) => {
      expect(status).toBe(0);
      expect(diagnostics(stdout)).toMatchObject([
        { severity: 'warning', detail: expect.stringContaining('has no network policy engine') },
      ]);
    },
    'warn',
  );
});

test('the provider asked for the cluster itself', () => {
  expect(azure.requests).toContain(
    `GET /subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.ContainerService/managedClusters/shop`,
  );
});
