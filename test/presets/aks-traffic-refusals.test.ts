import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import {
  type AksClusterProfile,
  AksNetworkPolicy,
  AksTraffic,
  CiliumNetworkPolicy,
  Port,
  type ProblemCode,
} from 'cdk8s-aks-network-policy';
import { chart, expectRefusal, refusal } from '../support/synth';

const ports = [Port.tcp(8443)];

interface Refused {
  readonly why: string;
  readonly profile: AksClusterProfile;
  readonly call: (traffic: AksTraffic) => unknown;
  readonly code: ProblemCode;
  /** Words of the sentence. */
  readonly says: readonly string[];
}

const REFUSED: readonly Refused[] = [
  {
    why: 'toDns asks whether LocalDNS is on',
    profile: { engine: 'calico' },
    call: (traffic) => traffic.toDns(),
    code: 'profile-field-missing',
    says: ['AksTraffic.toDns profile.localDns', 'toCoreDns()'],
  },
  {
    why: 'toDns asks for the engine where LocalDNS is on',
    profile: { localDns: true },
    call: (traffic) => traffic.toDns(),
    code: 'profile-field-missing',
    says: ['profile.engine'],
  },
  {
    why: 'toDns asks for the version where it decides',
    profile: { localDns: true, engine: 'cilium' },
    call: (traffic) => traffic.toDns(),
    code: 'profile-field-missing',
    says: ['profile.kubernetesVersion'],
  },
  {
    why: 'toNodeLocalDns asks for the engine',
    profile: {},
    call: (traffic) => traffic.toNodeLocalDns({ addresses: ['169.254.20.10'] }),
    code: 'profile-field-missing',
    says: ['profile.engine'],
  },
  {
    why: 'toNodeLocalDns asks for addresses where pods are on the node’s network',
    profile: { engine: 'calico' },
    call: (traffic) => traffic.toNodeLocalDns(),
    code: 'node-local-dns-addresses-missing',
    says: ['169.254.20.10'],
  },
  {
    why: 'toApiServer asks for the addresses',
    profile: { engine: 'calico' },
    call: (traffic) => traffic.toApiServer(),
    code: 'profile-field-missing',
    says: ['profile.apiServerAddresses', 'az aks show'],
  },
  {
    why: 'no address is no API server',
    profile: { apiServerAddresses: [] },
    call: (traffic) => traffic.toApiServer(),
    code: 'addresses-missing',
    says: ['profile.apiServerAddresses'],
  },
  {
    why: 'an IPv6 address voids a policy on azure',
    profile: { engine: 'azure', apiServerAddresses: ['20.50.1.2', '2603:1020::1'] },
    call: (traffic) => traffic.toApiServer(),
    code: 'ipv6-not-for-engine',
    says: ['"2603:1020::1"'],
  },
  {
    why: 'an IPv6 range, too',
    profile: { engine: 'azure' },
    call: (traffic) => traffic.toKeyVault({ addresses: ['2603:1020::/32'] }),
    code: 'ipv6-not-for-engine',
    says: ['AksTraffic.toKeyVault addresses'],
  },
  {
    why: 'a misspelt address',
    profile: {},
    call: (traffic) => traffic.toKeyVault({ addresses: ['10.225.0.7', 'shop.vault.azure.net'] }),
    code: 'cidr-invalid',
    says: ['AksTraffic.toKeyVault addresses[1].cidr'],
  },
  {
    why: 'no addresses',
    profile: {},
    call: (traffic) => traffic.toKeyVault({ addresses: [] }),
    code: 'addresses-missing',
    says: ['AksTraffic.toKeyVault addresses'],
  },
  {
    why: 'a Gateway without its name',
    profile: {},
    call: (traffic) => traffic.fromGateway({ ports: [Port.tcp(8080)] } as never),
    code: 'type-mismatch',
    says: ['AksTraffic.fromGateway gateway'],
  },
  {
    why: 'ports left out, which would be every port',
    profile: {},
    call: (traffic) => traffic.fromApplicationRouting({} as never),
    code: 'type-mismatch',
    says: ['AksTraffic.fromApplicationRouting ports', 'give a list'],
  },
  {
    why: 'a misspelt option',
    profile: {},
    call: (traffic) => traffic.toKeyVault({ address: '10.225.0.7' } as never),
    code: 'field-unknown',
    says: ['addresses'],
  },
  {
    why: 'toOutsideCluster asks which addresses pods have',
    profile: { engine: 'calico' },
    call: (traffic) => traffic.toOutsideCluster(),
    code: 'profile-field-missing',
    says: ['profile.podCidrs'],
  },
  {
    why: 'and nodes',
    profile: { engine: 'azure', podCidrs: [] },
    call: (traffic) => traffic.toMonitor({ anywhereOutside: true }),
    code: 'profile-field-missing',
    says: ['AksTraffic.toMonitor profile.nodeCidrs'],
  },
  {
    why: 'webhook callers depend on the plugin',
    profile: {},
    call: (traffic) => traffic.fromWebhookCallers({ ports }),
    code: 'profile-field-missing',
    says: ['profile.networkPlugin'],
  },
  {
    why: 'on kubenet they are nodes',
    profile: { networkPlugin: 'kubenet' },
    call: (traffic) => traffic.fromWebhookCallers({ ports }),
    code: 'profile-field-missing',
    says: ['profile.nodeCidrs'],
  },
  {
    why: 'with a CNI of your own nobody tells',
    profile: { networkPlugin: 'none' },
    call: (traffic) => traffic.fromWebhookCallers({ ports }),
    code: 'webhook-callers-unknown',
    says: ['app=konnectivity-agent'],
  },
  {
    why: 'with VNet integration the mode decides',
    profile: { networkPlugin: 'azure' },
    call: (traffic) => traffic.fromWebhookCallers({ ports, apiServerSubnets: ['10.226.0.0/28'] }),
    code: 'profile-field-missing',
    says: ['profile.networkPluginMode'],
  },
  {
    why: 'ports that are left out do not mean every port',
    profile: {},
    call: (traffic) => traffic.fromMetricsScraper({} as never),
    code: 'type-mismatch',
    says: ['AksTraffic.fromMetricsScraper ports'],
  },
  {
    why: 'no port',
    profile: {},
    call: (traffic) => traffic.fromApplicationRouting({ ports: [] }),
    code: 'ports-empty',
    says: ['AksTraffic.fromApplicationRouting ports'],
  },
  {
    why: 'no such gateway',
    profile: {},
    call: (traffic) => traffic.fromIstioIngress({ gateway: 'public' as never, ports }),
    code: 'value-unknown',
    says: ['external or internal'],
  },
  {
    why: 'a namespace that cannot be',
    profile: {},
    call: (traffic) => traffic.fromGateway({ gateway: 'shop', namespace: 'Edge', ports }),
    code: 'namespace-invalid',
    says: ['AksTraffic.fromGateway namespace'],
  },
  {
    why: 'a profile that cannot be',
    profile: {},
    call: () => AksTraffic.on({ engine: 'flannel' as never }),
    code: 'value-unknown',
    says: ['profile.engine'],
  },
];

test.each(REFUSED)('$why', ({ profile, call, code, says }) => {
  const traffic = AksTraffic.on(profile);
  expectRefusal(() => call(traffic), code, ...says);
});

describe('a service that has names and no fixed addresses', () => {
  const NAMED: readonly { why: string; profile: AksClusterProfile; fix: string }[] = [
    {
      why: 'where they are off, they are turned on first',
      profile: { engine: 'cilium', acns: 'None', cloud: 'AzureCloud' },
      fix: 'turn on FQDN policies (az aks update --enable-acns), and write acns in the profile, and this rule names',
    },
    {
      why: 'where that is not known, it is said',
      profile: { engine: 'cilium', cloud: 'AzureCloud' },
      fix: 'write acns in the profile, and this rule names login.microsoftonline.com in a CiliumNetworkPolicy;',
    },
    {
      why: 'on calico nothing names hosts',
      profile: { engine: 'calico', cloud: 'AzureCloud' },
      fix: 'the engine calico cannot name login.microsoftonline.com;',
    },
    {
      why: 'without an engine, too',
      profile: { cloud: 'AzureChinaCloud' },
      fix: 'only the engine cilium can name login.chinacloudapi.cn, login.microsoftonline.cn;',
    },
    {
      why: 'without a cloud no host is told',
      profile: { engine: 'cilium', acns: 'FQDN' },
      fix: 'write the cloud',
    },
  ];

  test.each(NAMED)('$why', ({ profile, fix }) => {
    const error = refusal(() => AksTraffic.on(profile).toEntraId());
    expect(error.code).toBe('host-names-not-expressible');
    expect(error.fix).toContain(fix);
    expect(error.fix).toContain('addresses: [...]');
    expect(error.fix).toContain('anywhereOutside: true');
  });

  test('where the page names none, none is made up', () => {
    const china = AksTraffic.on({ engine: 'cilium', acns: 'FQDN', cloud: 'AzureChinaCloud' });
    expect(refusal(() => china.toKeyVault()).fix).toContain('names no hosts of Key Vault in AzureChinaCloud');
  });

  test.each<{ why: string; profile: AksClusterProfile }>([
    { why: 'with FQDN policies', profile: { engine: 'cilium', acns: 'FQDN' } },
    { why: 'with L7 policies', profile: { engine: 'cilium', acns: 'L7' } },
    { why: 'with a Cilium of your own', profile: { engine: 'byo-cilium' } },
  ])('$why the hosts of the cloud are named, for a CiliumNetworkPolicy alone', ({ profile }) => {
    const whole = { ...profile, cloud: 'AzureUSGovernment', localDns: false } as const;
    const rules = [AksTraffic.on(whole).toContainerRegistry()];
    const shop = chart({ namespace: 'shop' });
    expectRefusal(
      () => new AksNetworkPolicy(shop, 'a', { rules }),
      'cilium-policy-needed',
      'CiliumNetworkPolicy',
    );
    new CiliumNetworkPolicy(shop, 'b', { profile: whole, rules });
    const hosts = [{ matchName: 'mcr.microsoft.com' }, { matchPattern: '*.data.mcr.microsoft.com' }];
    expect(Testing.synth(shop)[0].spec.egress).toEqual([
      {
        toEndpoints: [
          { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
        ],
        toPorts: [
          { ports: ['UDP', 'TCP'].map((protocol) => ({ port: '53', protocol })), rules: { dns: hosts } },
        ],
      },
      { toFQDNs: hosts, toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
    ]);
  });

  test('addresses come before names', () => {
    const traffic = AksTraffic.on({ engine: 'cilium', acns: 'FQDN', cloud: 'AzureCloud' });
    const rules = [traffic.toKeyVault({ addresses: ['10.225.0.7'] })];
    expect(() => new AksNetworkPolicy(chart(), 'a', { rules })).not.toThrow();
  });
});

test('a NetworkPolicy refuses the rule for LocalDNS where that is the node', () => {
  const traffic = AksTraffic.on({ localDns: true, engine: 'cilium', kubernetesVersion: '1.32' });
  expectRefusal(
    () => new AksNetworkPolicy(chart(), 'a', { rules: [traffic.toDns()] }),
    'cilium-policy-needed',
    'got host',
  );
});

describe.each(['aks-ingress-traffic', 'aks-egress-traffic'])('%s.ts', (file) => {
  const text = readFileSync(join(__dirname, `../../lib/presets/${file}.ts`), 'utf8');
  const presets = [...text.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s+public ((?:to|from)\w+)\(/gs)];

  test('has a docstring for each preset', () => {
    const methods = [...text.matchAll(/^ {2}public ((?:to|from)\w+)/gm)].map(([, name]) => name);
    expect(presets.map(([, , name]) => name)).toEqual(methods);
  });

  test.each(presets.map(([, doc, name]) => ({ name, doc })))(
    '$name says its source and the day it was read',
    ({ doc }) => {
      expect(doc).toMatch(/@see [^@]*read\s+(\*\s+)?\d{4}-\d\d-\d\d/);
    },
  );
});

test('the rules of a cluster never change', () => {
  const traffic = AksTraffic.on({ engine: 'cilium', localDns: false });
  expect(Object.isFrozen(traffic) && Object.isFrozen(traffic.profile)).toBe(true);
});
