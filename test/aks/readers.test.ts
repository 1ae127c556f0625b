import fc from 'fast-check';
import { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { COMBINATIONS } from '../../lib/aks/combinations';
import { armCluster, terraformCluster, terraformState } from './cluster-json';
import { profiles } from './profiles';

/** What ARM can show of a profile. */
const seenByArm = profiles.filter(
  ({ engine, networkPlugin }) =>
    engine !== 'byo-calico' && engine !== 'byo-cilium' && !(engine === 'none' && networkPlugin === 'none'),
);

function omit<T extends object>(value: T, ...fields: (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([field]) => !fields.includes(field as keyof T)),
  ) as Partial<T>;
}

describe('fromAzAksShow', () => {
  test('reads back what az aks show, and a GET from ARM, show of a cluster', () => {
    fc.assert(
      fc.property(seenByArm, (profile) => {
        const shown = {
          engine: 'none' as const,
          networkPluginMode: 'none' as const,
          windowsNodePools: [],
          acns: 'None' as const,
          ...omit(profile, 'nodeCidrs', 'apiServerAddresses', 'managedNamespaces'),
        };
        fc.pre(shown.engine !== 'none' || profile.networkPlugin !== 'none');
        fc.pre(COMBINATIONS.every(({ brokenBy }) => !brokenBy(shown)));
        fc.pre(profile.podCidrs?.length !== 0 && profile.serviceCidrs?.length !== 0);
        const { properties, ...rest } = armCluster(shown);
        expect(AksClusterProfile.fromAzAksShow({ ...rest, ...properties })).toEqual(shown);
        expect(AksClusterProfile.fromAzAksShow(JSON.stringify({ ...rest, properties }))).toEqual(shown);
      }),
    );
  });

  test('a cluster without a policy field has no engine, and one that brings its own CNI an unknown one', () => {
    expect(AksClusterProfile.fromAzAksShow({ networkProfile: { networkPlugin: 'azure' } }).engine).toBe(
      'none',
    );
    expect(AksClusterProfile.fromAzAksShow({ networkProfile: { networkPolicy: null } }).engine).toBe('none');
    const own = { networkProfile: { networkPlugin: 'none', networkPolicy: 'none' } };
    expect(AksClusterProfile.fromAzAksShow(own).engine).toBeUndefined();
    expect(AksClusterProfile.fromAzAksShow(own, { engine: 'byo-cilium' }).engine).toBe('byo-cilium');
  });

  test('ACNS with security on and no list of policies means FQDN', () => {
    const advancedNetworking = { enabled: true, security: { enabled: true } };
    expect(
      AksClusterProfile.fromAzAksShow({ networkProfile: { networkPolicy: 'cilium', advancedNetworking } })
        .acns,
    ).toBe('FQDN');
  });

  test.each([
    {
      why: 'on one pool of two is on',
      pools: [{ mode: 'Disabled' }, { mode: 'Preferred', state: 'Enabled' }],
      localDns: true,
    },
    {
      why: 'off on every pool is off',
      pools: [{ mode: 'Disabled' }, { state: 'Disabled' }],
      localDns: false,
    },
    { why: 'preferred without a state is not known', pools: [{ mode: 'Preferred' }], localDns: undefined },
    { why: 'that is not shown is not known', pools: [null], localDns: undefined },
  ])('LocalDNS $why', ({ pools, localDns }) => {
    const agentPoolProfiles = pools.map((localDNSProfile) => ({
      name: 'p',
      osType: 'Linux',
      localDNSProfile,
    }));
    expect(AksClusterProfile.fromAzAksShow({ networkProfile: {}, agentPoolProfiles }).localDns).toBe(
      localDns,
    );
  });

  test.each([
    { why: 'no cluster', json: '{"name":"shop"}', code: 'profile-unreadable' },
    { why: 'no JSON', json: 'ERROR: not found', code: 'profile-unreadable' },
    { why: 'a list of clusters', json: '[]', code: 'profile-unreadable' },
    {
      why: 'a policy engine that nobody knows',
      json: { networkProfile: { networkPolicy: 'nsx' } },
      code: 'value-unknown',
    },
  ])('$why is refused', ({ json, code }) => {
    expect(() => AksClusterProfile.fromAzAksShow(json)).toThrow(expect.objectContaining({ code }));
  });
});

describe('fromTerraform', () => {
  test('reads back what a state, a plan and a state file hold of a managed cluster', () => {
    fc.assert(
      fc.property(seenByArm, (profile) => {
        fc.pre(profile.podCidrs?.length !== 0 && profile.serviceCidrs?.length !== 0);
        fc.pre(profile.windowsNodePools?.length !== 0 && profile.acns !== 'L7');
        const shown = {
          ...omit(
            profile,
            'nodeCidrs',
            'apiServerAddresses',
            'managedNamespaces',
            'localDns',
            'acns',
            'engine',
          ),
          engine:
            profile.engine ?? (profile.dataPlane === 'cilium' ? ('cilium' as const) : ('none' as const)),
          networkPluginMode: profile.networkPluginMode ?? ('none' as const),
          ...(profile.acns === 'FQDN' ? {} : { acns: 'None' as const }),
        };
        fc.pre(shown.engine !== 'none' || profile.networkPlugin !== 'none');
        fc.pre(COMBINATIONS.every(({ brokenBy }) => !brokenBy(shown)));
        const resources = terraformCluster(profile);
        const state = terraformState(resources);
        expect(AksClusterProfile.fromTerraform(JSON.stringify(state))).toEqual(shown);
        expect(AksClusterProfile.fromTerraform({ planned_values: state.values })).toEqual(shown);
        expect(AksClusterProfile.fromTerraform(stateFile(resources))).toEqual(shown);
      }),
    );
  });

  test.each([null, '', 'none'])('a data source with the policy %j has no engine', (network_policy) => {
    expect(AksClusterProfile.fromTerraform(terraformState([dataSource({ network_policy })]))).toEqual({
      engine: 'none',
      networkPlugin: 'azure',
      windowsNodePools: ['win1'],
    });
  });

  test('a data source that a plan has read stands in its prior state', () => {
    const plan = {
      planned_values: { root_module: {} },
      prior_state: terraformState([dataSource({ network_policy: 'calico' })]),
    };
    expect(AksClusterProfile.fromTerraform(plan).engine).toBe('calico');
  });

  test('one of several clusters is named by its address', () => {
    const state = terraformState([
      ...terraformCluster({ engine: 'azure' }, 'a'),
      ...terraformCluster({ engine: 'calico', windowsNodePools: ['win1'] }, 'b'),
    ]);
    expect(() => AksClusterProfile.fromTerraform(state)).toThrow(
      expect.objectContaining({
        code: 'cluster-ambiguous',
        got: 'the clusters ["azurerm_kubernetes_cluster.a","azurerm_kubernetes_cluster.b"]',
      }),
    );
    const address = 'azurerm_kubernetes_cluster.a';
    expect(AksClusterProfile.fromTerraform(state, { address })).toMatchObject({ engine: 'azure' });
    expect(AksClusterProfile.fromTerraform(state, { address }).windowsNodePools).toBeUndefined();
    expect(() => AksClusterProfile.fromTerraform(state, { address: 'azurerm_kubernetes_cluster.c' })).toThrow(
      expect.objectContaining({ code: 'cluster-missing' }),
    );
  });

  test.each([
    { why: 'no cluster', json: terraformState([]), code: 'cluster-missing' },
    { why: 'no Terraform', json: { apiVersion: 'v1' }, code: 'profile-unreadable' },
    { why: 'no JSON', json: 'azurerm_kubernetes_cluster.shop:', code: 'profile-unreadable' },
  ])('$why is refused', ({ json, code }) => {
    expect(() => AksClusterProfile.fromTerraform(json)).toThrow(expect.objectContaining({ code }));
  });

  test('what is known besides wins', () => {
    const known = { nodeCidrs: ['10.224.0.0/16'], engine: 'byo-calico' as const };
    expect(
      AksClusterProfile.fromTerraform(terraformState(terraformCluster({ engine: 'none' })), { known }),
    ).toMatchObject(known);
  });
});

function dataSource({ network_policy }: { network_policy: string | null }) {
  return {
    address: 'data.azurerm_kubernetes_cluster.shop',
    mode: 'data',
    type: 'azurerm_kubernetes_cluster',
    name: 'shop',
    values: {
      network_profile: [{ network_plugin: 'azure', network_policy, pod_cidr: '' }],
      agent_pool_profile: [
        { name: 'system', os_type: 'Linux' },
        { name: 'win1', os_type: 'Windows' },
      ],
    },
  };
}

function stateFile(resources: ReturnType<typeof terraformCluster>) {
  return {
    version: 4,
    resources: resources.map(({ mode, type, name, values }) => ({
      module: 'module.aks',
      mode,
      type,
      name,
      instances: [{ attributes: values }],
    })),
  };
}
