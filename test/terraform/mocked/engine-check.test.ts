import {
  type Engine,
  NetworkPolicyEngineCheck,
  type NetworkPolicyEngineCheckProps,
} from '../../../lib/cluster';
import { testFiles } from '../tools/messages';
import { dataAddress, mockedTest, stackJson } from '../tools/stacks';
import { workspace } from '../tools/terraform';

const SHOP = { clusterName: 'shop', resourceGroupName: 'shop-rg' };
const MISSING =
  'The cluster shop (resource group shop-rg) has no network policy engine: it stores network policies and enforces none of them, so every pod stays open to every other. Turn one on with: az aks update --resource-group shop-rg --name shop --network-dataplane cilium (needs Azure CNI and no Windows node pools), or with --network-policy calico (needs Kubernetes 1.30 or later); all node pools are reimaged at once.';

const cluster = (network_policy: string | null, network_plugin = 'azure', pools: object[] = []) => ({
  network_profile: [{ network_policy, network_plugin, pod_cidr: '10.244.0.0/16', service_cidr: '' }],
  agent_pool_profile: pools,
  kubernetes_version: '1.33.2',
});

/** Runs all test files of a stack in one terraform. */
function results(
  props: Partial<NetworkPolicyEngineCheckProps>,
  files: (address: string, stack: object) => Record<string, string>,
) {
  const stack = stackJson((scope) => new NetworkPolicyEngineCheck(scope, 'engine', { ...SHOP, ...props }));
  const place = workspace(stack, files(dataAddress(stack), stack));
  try {
    const validated = place.terraform('validate', '-json');
    expect(JSON.parse(validated.stdout)).toMatchObject({ valid: true, error_count: 0 });
    return testFiles(place.terraform('test', '-json').stdout);
  } finally {
    place.remove();
  }
}

const errors = (result: ReturnType<typeof testFiles>[string] | undefined) =>
  result?.diagnostics.filter(({ severity }) => severity === 'error').map(({ detail }) => detail);

describe('the engines that a cluster can show', () => {
  const absent: [string, string | null][] = [
    ['null', null],
    ['empty', ''],
    ['none', 'none'],
  ];
  const present = ['azure', 'calico', 'cilium'];
  const found = results({}, (address) =>
    Object.fromEntries([
      ...absent.flatMap(([name, policy]) => [
        [`${name}.tftest.hcl`, mockedTest(address, cluster(policy))],
        [`${name}-expected.tftest.hcl`, mockedTest(address, cluster(policy), { expectFailures: [address] })],
      ]),
      ...present.map((policy) => [`${policy}.tftest.hcl`, mockedTest(address, cluster(policy))]),
    ]),
  );

  test.each(absent)('%s fails the plan in the sentence that says what to do', (name) => {
    expect(found[`${name}.tftest.hcl`]?.status).toBe('error');
    expect(errors(found[`${name}.tftest.hcl`])).toEqual([MISSING]);
    expect(found[`${name}-expected.tftest.hcl`]?.status).toBe('pass');
  });

  test.each(present)('%s passes', (name) => {
    expect(found[`${name}.tftest.hcl`]).toEqual({ status: 'pass', diagnostics: [] });
  });
});

describe('the engines that are accepted', () => {
  const accept: Exclude<Engine, 'none'>[] = ['cilium', 'byo-cilium'];
  const found = results({ accept }, (address) => ({
    'cilium.tftest.hcl': mockedTest(address, cluster('cilium')),
    'calico.tftest.hcl': mockedTest(address, cluster('calico')),
    'own.tftest.hcl': mockedTest(address, cluster('none', 'none')),
    'kubenet.tftest.hcl': mockedTest(address, cluster('none', 'kubenet')),
  }));

  test('pass', () => {
    expect(found['cilium.tftest.hcl']?.status).toBe('pass');
    expect(found['own.tftest.hcl']?.status).toBe('pass');
  });

  test('are named to a cluster with another one', () => {
    expect(errors(found['calico.tftest.hcl'])).toEqual([
      "The cluster shop (resource group shop-rg) runs the network policy engine calico, and only cilium, byo-cilium are accepted here: policies can mean something else on another engine. Accept it, or change the cluster's engine (all node pools are reimaged at once).",
    ]);
  });

  test('do not include an own engine where it cannot run', () => {
    expect(errors(found['kubenet.tftest.hcl'])?.[0]).toContain('has no network policy engine');
  });
});

test('a warning lets the plan go on', () => {
  const found = results({ onMissing: 'warn' }, (address, stack) => {
    const [check] = Object.keys((stack as { check: object }).check);
    return {
      'none.tftest.hcl': mockedTest(address, cluster('none')),
      'expected.tftest.hcl': mockedTest(address, cluster('none'), { expectFailures: [`check.${check}`] }),
    };
  });
  // A failed check fails a test run, not a plan: there it is a warning.
  expect(found['none.tftest.hcl']?.diagnostics.map(({ detail }) => detail)).toEqual([MISSING]);
  expect(found['expected.tftest.hcl']?.status).toBe('pass');
});

describe('the end of support', () => {
  const windows = [
    { name: 'system', os_type: 'Linux' },
    { name: 'win1', os_type: 'Windows' },
  ];

  test('of azure on Windows is past', () => {
    const found = results({ supportNoticeDays: 0 }, (address) => ({
      'windows.tftest.hcl': mockedTest(address, cluster('azure', 'azure', windows)),
    }));
    const details = found['windows.tftest.hcl']?.diagnostics.map(({ detail }) => detail) ?? [];
    expect(details).toContain(
      'The cluster shop (resource group shop-rg): the support of Azure Network Policy Manager on Windows node pools ended on 2026-09-30; move to calico for Windows node pools.',
    );
  });

  test('is announced as early as is asked for', () => {
    const found = results({ supportNoticeDays: 3650 }, (address) => ({
      'linux.tftest.hcl': mockedTest(address, cluster('azure')),
      'kubenet.tftest.hcl': mockedTest(address, cluster('calico', 'kubenet')),
      'cilium.tftest.hcl': mockedTest(address, cluster('cilium', 'azure', windows)),
    }));
    const details = (file: string) => found[file]?.diagnostics.map(({ detail }) => detail);
    expect(details('linux.tftest.hcl')?.[0]).toMatch(
      /the support of Azure Network Policy Manager end(s|ed) on 2028-09-30; move to cilium\.$/,
    );
    expect(details('kubenet.tftest.hcl')?.[0]).toMatch(
      /the support of the network plugin kubenet end(s|ed) on 2028-03-31; move to Azure CNI overlay\.$/,
    );
    expect(details('cilium.tftest.hcl')).toEqual([]);
  });
});
