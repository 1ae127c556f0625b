import fc from 'fast-check';
import { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { COMBINATIONS } from '../../lib/aks/combinations';
import { NetworkPolicyError } from '../../lib/model/problem';
import { profiles } from './profiles';

/** Runs a call that is refused, and returns the refusal. */
function refusal(call: () => unknown): NetworkPolicyError {
  try {
    call();
  } catch (error) {
    if (error instanceof NetworkPolicyError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a profile written by hand', () => {
  test('comes back as written, without the fields that are not known', () => {
    const profile = AksClusterProfile.of({ engine: 'azure', windowsNodePools: [] });
    expect(profile).toEqual({ engine: 'azure', windowsNodePools: [] });
    expect(Object.keys(profile)).toEqual(['engine', 'windowsNodePools']);
  });

  test('leaves out null, which is how JSON says that a field is not known', () => {
    const fields = { engine: null, managedNamespaces: [{ name: 'shop', ingress: null }] };
    expect(Object.keys(AksClusterProfile.of(fields as never))).toEqual(['managedNamespaces']);
    expect(AksClusterProfile.of(fields as never).managedNamespaces).toEqual([{ name: 'shop' }]);
  });

  test('cannot be changed, nor can its lists', () => {
    const podCidrs = ['10.244.0.0/16'];
    const profile = AksClusterProfile.of({ podCidrs });
    podCidrs.push('10.0.0.0/8');
    expect(profile.podCidrs).toEqual(['10.244.0.0/16']);
    expect(Object.isFrozen(profile) && Object.isFrozen(profile.podCidrs)).toBe(true);
  });

  test.each([
    {
      field: 'engine',
      value: 'npm',
      code: 'value-unknown',
      fix: 'write one of none, azure, calico, cilium, byo-calico, byo-cilium',
    },
    { field: 'dataPlane', value: 'iptables', code: 'value-unknown', fix: 'write one of azure, cilium' },
    {
      field: 'networkPlugin',
      value: 'flannel',
      code: 'value-unknown',
      fix: 'write one of azure, kubenet, none',
    },
    { field: 'networkPluginMode', value: 'bridge', code: 'value-unknown', fix: 'write one of overlay, none' },
    {
      field: 'kubernetesVersion',
      value: 1.3,
      code: 'kubernetes-version-invalid',
      fix: 'write a text such as "1.33"',
    },
    { field: 'kubernetesVersion', value: 'v1.33', code: 'kubernetes-version-invalid', fix: 'write a text' },
    { field: 'windowsNodePools', value: true, code: 'type-mismatch', fix: 'put it in brackets' },
    { field: 'localDns', value: 'yes', code: 'type-mismatch', fix: 'write true or false' },
    { field: 'podCidrs', value: ['10.244.0.0'], code: 'cidr-invalid', fix: 'write an address, "/"' },
    { field: 'serviceCidrs', value: [16], code: 'type-mismatch', fix: 'quote it: "16"' },
    { field: 'nodeCidrs', value: '10.224.0.0/16', code: 'type-mismatch', fix: 'put it in brackets' },
    {
      field: 'apiServerAddresses',
      value: ['shop.azmk8s.io'],
      code: 'address-invalid',
      fix: 'write one such as "20.50.1.2"',
    },
    { field: 'cloud', value: 'AzureGermanCloud', code: 'value-unknown', fix: 'write one of AzureCloud' },
    { field: 'acns', value: 'fqdn', code: 'value-unknown', fix: 'write one of None, FQDN, L7' },
    { field: 'managedNamespaces', value: ['shop'], code: 'type-mismatch', fix: 'give keys and values' },
    {
      field: 'managedNamespaces',
      value: [{ name: 'Shop' }],
      code: 'namespace-invalid',
      fix: 'write the name',
    },
    {
      field: 'managedNamespaces',
      value: [{ name: 'shop', egress: 'None' }],
      code: 'value-unknown',
      fix: 'write one of AllowAll',
    },
    { field: 'policy', value: 'azure', code: 'field-unknown', fix: 'the fields here are engine, dataPlane' },
  ])('is refused for $field $value', ({ field, value, code, fix }) => {
    const error = refusal(() => AksClusterProfile.of({ [field]: value }));
    expect(error.code).toBe(code);
    expect(error.at).toContain(field);
    expect(error.fix).toContain(fix);
  });
});

describe('combinations that the service refuses', () => {
  const rows: { profile: AksClusterProfile; code: string; says: string }[] = [
    {
      profile: { engine: 'cilium', dataPlane: 'azure' },
      code: 'cilium-data-plane-missing',
      says: 'the policy engine cilium needs the data plane cilium (AKS refuses it as NetworkPolicyCiliumRequiresCiliumDataplane)',
    },
    {
      profile: { engine: 'calico', dataPlane: 'cilium' },
      code: 'cilium-policy-missing',
      says: 'the data plane cilium needs the policy engine cilium (AKS refuses it as CiliumDataplaneRequiresNetworkPolicyCilium)',
    },
    {
      profile: { engine: 'azure', networkPlugin: 'kubenet' },
      code: 'azure-policy-on-kubenet',
      says: 'the policy engine azure does not run on the network plugin kubenet (AKS refuses it as NetworkPolicyAzureNotSupportedForKubenet)',
    },
    {
      profile: { engine: 'calico', networkPlugin: 'none' },
      code: 'plugin-not-for-engine',
      says: 'the policy engine does not run on this network plugin',
    },
    {
      profile: { dataPlane: 'cilium', networkPlugin: 'kubenet' },
      code: 'cilium-data-plane-without-azure-cni',
      says: 'the data plane cilium needs the network plugin azure',
    },
    {
      profile: { networkPlugin: 'kubenet', networkPluginMode: 'overlay' },
      code: 'overlay-without-azure-cni',
      says: 'the plugin mode overlay needs the network plugin azure',
    },
    {
      profile: { engine: 'cilium', windowsNodePools: ['win1'] },
      code: 'windows-not-for-engine',
      says: 'the policy engine cilium runs on Linux nodes only',
    },
    {
      profile: { engine: 'calico', networkPlugin: 'kubenet', windowsNodePools: ['win1'] },
      code: 'windows-on-kubenet',
      says: 'the network plugin kubenet has no Windows node pools',
    },
    {
      profile: { engine: 'calico', acns: 'FQDN' },
      code: 'acns-without-cilium',
      says: 'the FQDN and L7 policies of Advanced Container Networking Services need the data plane cilium',
    },
  ];

  test.each(rows)('$code', ({ profile, code, says }) => {
    const error = refusal(() => AksClusterProfile.of(profile));
    expect(error).toMatchObject({ code, problem: says });
    expect(error.fix).toMatch(/^(write|leave)/);
  });

  test('all of them have a row above', () => {
    expect(rows.map(({ code }) => code)).toEqual(COMBINATIONS.map(({ code }) => code));
  });

  test.each<{ why: string; profile: AksClusterProfile }>([
    { why: 'calico on kubenet', profile: { engine: 'calico', networkPlugin: 'kubenet' } },
    {
      why: 'calico with Windows node pools',
      profile: { engine: 'calico', networkPlugin: 'azure', windowsNodePools: ['win1'] },
    },
    {
      why: 'cilium on a node subnet',
      profile: { engine: 'cilium', dataPlane: 'cilium', networkPlugin: 'azure', networkPluginMode: 'none' },
    },
    { why: 'an own Cilium on no plugin', profile: { engine: 'byo-cilium', networkPlugin: 'none' } },
    { why: 'an own Calico beside Azure CNI', profile: { engine: 'byo-calico', networkPlugin: 'azure' } },
    { why: 'cilium with no Windows node pool', profile: { engine: 'cilium', windowsNodePools: [] } },
    { why: 'L7 policies on cilium', profile: { engine: 'cilium', dataPlane: 'cilium', acns: 'L7' } },
  ])('$why is accepted', ({ profile }) => {
    expect(AksClusterProfile.of(profile)).toEqual(profile);
  });
});

describe('YAML and JSON', () => {
  test('every profile comes back from YAML as it was written', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        expect(AksClusterProfile.fromYaml(AksClusterProfile.toYaml(profile))).toEqual(profile);
      }),
    );
  });

  test('every profile comes back from JSON as it was written, and JSON is YAML', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const json = AksClusterProfile.toJson(profile);
        expect(AksClusterProfile.fromJson(json)).toEqual(profile);
        expect(AksClusterProfile.fromYaml(json)).toEqual(profile);
      }),
    );
  });

  test('the order of the fields does not depend on who wrote the profile', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const turned = Object.fromEntries(Object.entries(profile).reverse());
        expect(AksClusterProfile.toYaml(turned)).toBe(AksClusterProfile.toYaml(profile));
      }),
    );
  });

  test.each([
    { text: 'kubernetesVersion: 1.30', version: '1.30' },
    { text: 'kubernetesVersion: "1.30"', version: '1.30' },
    { text: '{kubernetesVersion: 1.30}', version: '1.30' },
    { text: '{"kubernetesVersion": 1.30}', version: '1.30' },
    { text: 'kubernetesVersion: 1.30.4 # the newest', version: '1.30.4' },
  ])('the version in $text is $version', ({ text, version }) => {
    expect(AksClusterProfile.fromYaml(text)).toEqual({ kubernetesVersion: version });
  });

  test.each([
    { text: 'windowsNodePools: [no, y, 0400, 12, 1_0, win]', pools: ['no', 'y', '0400', '12', '1_0', 'win'] },
    { text: '{"windowsNodePools": ["no", 12, true]}', pools: ['no', '12', 'true'] },
  ])('node pools are named as they are written: $text', ({ text, pools }) => {
    expect(AksClusterProfile.fromYaml(text)).toEqual({ windowsNodePools: pools });
  });

  test('the name of a managed namespace is text without quotes too', () => {
    const { managedNamespaces } = AksClusterProfile.fromYaml(
      'managedNamespaces: [{ name: 0400 }, { name: on }]',
    );
    expect(managedNamespaces).toEqual([{ name: '0400' }, { name: 'on' }]);
  });

  test('words for true and false are read as kubectl reads them', () => {
    expect(AksClusterProfile.fromYaml('localDns: yes')).toEqual({ localDns: true });
  });

  test.each([
    {
      why: 'a key twice',
      text: 'engine: azure\nengine: cilium',
      says: 'AksClusterProfile.fromYaml: line 2, column 1: a key may occur only once in an object; readers disagree which of two counts; got engine twice; keep one of them [profile-unreadable]',
    },
    {
      why: 'a second document',
      text: 'engine: azure\n---\nengine: cilium',
      says: 'AksClusterProfile.fromYaml: line 3, column 1: only the first document would count; got a second document; put all of it into one document [profile-unreadable]',
    },
    {
      why: 'nothing',
      text: '# nothing yet',
      says: 'AksClusterProfile.fromYaml: contains no YAML; got "# nothing yet"; give the text of a YAML document [profile-unreadable]',
    },
  ])('YAML with $why is refused with its line and column', ({ text, says }) => {
    expect(refusal(() => AksClusterProfile.fromYaml(text)).message).toBe(says);
  });

  test('a version needs no quotes', () => {
    expect(AksClusterProfile.fromYaml('kubernetesVersion: 1.30\nlocalDns: false\nengine: ~\n')).toEqual({
      kubernetesVersion: '1.30',
      localDns: false,
    });
  });

  test.each([
    {
      why: 'YAML that is none',
      read: () => AksClusterProfile.fromYaml('engine: [azure'),
      code: 'profile-unreadable',
    },
    { why: 'JSON that is none', read: () => AksClusterProfile.fromJson('{'), code: 'profile-unreadable' },
    { why: 'a list', read: () => AksClusterProfile.fromJson('[]'), code: 'type-mismatch' },
    {
      why: 'an illegal combination',
      read: () => AksClusterProfile.fromYaml('engine: cilium\ndataPlane: azure'),
      code: 'cilium-data-plane-missing',
    },
  ])('$why is refused', ({ read, code }) => {
    expect(refusal(read).code).toBe(code);
  });

  test('nobody loads a YAML parser before the first YAML is read', () => {
    jest.isolateModules(() => {
      let loaded = false;
      jest.doMock('../../lib/yaml/documents', () => {
        loaded = true;
        return jest.requireActual('../../lib/yaml/documents');
      });
      const fresh = jest.requireActual<typeof import('../../lib/aks/cluster-profile')>(
        '../../lib/aks/cluster-profile',
      );
      fresh.AksClusterProfile.fromJson('{}');
      expect(loaded).toBe(false);
      fresh.AksClusterProfile.fromYaml('{}');
      expect(loaded).toBe(true);
    });
  });
});
