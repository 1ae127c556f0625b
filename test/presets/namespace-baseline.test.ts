import { Testing } from 'cdk8s';
import {
  AksTraffic,
  EgressRule,
  IngressRule,
  NamespaceBaseline,
  type NamespaceBaselineProps,
  Peer,
  Port,
  type ProblemCode,
} from 'cdk8s-aks-network-policy';
import { chart, expectRefusal, policiesOf } from '../support/synth';

const toSelf = [{ podSelector: {} }];
const toCoreDns = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
};

/** The specs a baseline writes, by name, without their pod selector, which must be every pod. */
function written(props: NamespaceBaselineProps): Record<string, unknown> {
  const shop = chart({ namespace: 'shop' });
  new NamespaceBaseline(shop, 'baseline', props);
  return Object.fromEntries(
    policiesOf(shop).map(({ metadata, spec }) => {
      const { podSelector, ...rest } = spec ?? {};
      expect(podSelector).toEqual({});
      expect(metadata.namespace).toBe(props.namespace ?? 'shop');
      return [metadata.name, rest];
    }),
  );
}

test.each<{ why: string; props: NamespaceBaselineProps; is: Record<string, unknown> }>([
  {
    why: 'the default is that of AKS managed namespaces',
    props: {},
    is: {
      'default-deny': { policyTypes: ['Ingress'] },
      'allow-same-namespace': { policyTypes: ['Ingress'], ingress: [{ from: toSelf }] },
    },
  },
  {
    why: 'deny everything but name resolution',
    props: { ingress: 'DenyAll', egress: 'DenyAll' },
    is: {
      'default-deny': { policyTypes: ['Ingress', 'Egress'] },
      'allow-dns': { policyTypes: ['Egress'], egress: [toCoreDns] },
    },
  },
  {
    why: 'deny everything, name resolution too',
    props: { ingress: 'DenyAll', egress: 'DenyAll', dns: false },
    is: { 'default-deny': { policyTypes: ['Ingress', 'Egress'] } },
  },
  {
    why: 'everything within the namespace, and name resolution',
    props: { ingress: 'AllowSameNamespace', egress: 'AllowSameNamespace' },
    is: {
      'default-deny': { policyTypes: ['Ingress', 'Egress'] },
      'allow-same-namespace': {
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: toSelf }],
        egress: [{ to: toSelf }],
      },
      'allow-dns': { policyTypes: ['Egress'], egress: [toCoreDns] },
    },
  },
  {
    why: 'egress alone, in a namespace of its own',
    props: { ingress: 'AllowAll', egress: 'DenyAll', namespace: 'batch' },
    is: {
      'default-deny': { policyTypes: ['Egress'] },
      'allow-dns': { policyTypes: ['Egress'], egress: [toCoreDns] },
    },
  },
  {
    why: 'with a profile, name resolution follows the cluster',
    props: { ingress: 'AllowAll', egress: 'DenyAll', profile: { engine: 'calico', localDns: true } },
    is: {
      'default-deny': { policyTypes: ['Egress'] },
      'allow-dns': {
        policyTypes: ['Egress'],
        egress: [
          {
            ...toCoreDns,
            to: [
              ...toCoreDns.to,
              { ipBlock: { cidr: '169.254.10.10/32' } },
              { ipBlock: { cidr: '169.254.10.11/32' } },
            ],
          },
        ],
      },
    },
  },
  {
    why: 'what pods need besides is a policy of its own',
    props: {
      ingress: 'DenyAll',
      egress: 'DenyAll',
      dns: false,
      allow: [
        AksTraffic.on({}).toImds(),
        IngressRule.allow({ from: [Peer.sameNamespace()], ports: [Port.tcp(80)] }),
      ],
    },
    is: {
      'default-deny': { policyTypes: ['Ingress', 'Egress'] },
      'allow-required-traffic': {
        policyTypes: ['Egress', 'Ingress'],
        egress: [
          {
            to: [{ ipBlock: { cidr: '169.254.169.254/32' } }],
            ports: [{ protocol: 'TCP', port: 80 }],
          },
        ],
        ingress: [{ from: toSelf, ports: [{ protocol: 'TCP', port: 80 }] }],
      },
    },
  },
  {
    why: 'a profile changes nothing where egress is open',
    props: { profile: { engine: 'cilium', localDns: true, kubernetesVersion: '1.36' }, allow: [] },
    is: {
      'default-deny': { policyTypes: ['Ingress'] },
      'allow-same-namespace': { policyTypes: ['Ingress'], ingress: [{ from: toSelf }] },
    },
  },
  { why: 'open both ways writes nothing', props: { ingress: 'AllowAll', egress: 'AllowAll' }, is: {} },
])('$why', ({ props, is }) => {
  expect(written(props)).toEqual(is);
});

test('its policies are at hand', () => {
  const allow = [IngressRule.allowAll()];
  const baseline = new NamespaceBaseline(chart(), 'baseline', { egress: 'DenyAll', allow });
  expect(baseline.defaultDeny?.name).toBe('default-deny');
  expect(baseline.allowSameNamespace?.name).toBe('allow-same-namespace');
  expect(baseline.allowDns?.name).toBe('allow-dns');
  expect(baseline.allowRequiredTraffic?.name).toBe('allow-required-traffic');
});

test('another word is refused with the three', () => {
  expectRefusal(
    () => new NamespaceBaseline(chart(), 'baseline', { egress: 'Deny' as never }),
    'baseline-unknown',
    'NamespaceBaseline egress',
    'AllowAll, AllowSameNamespace, DenyAll',
  );
});

test.each<{ why: string; props: NamespaceBaselineProps; code: ProblemCode; says: string[] }>([
  {
    why: 'a rule for a direction that is open would shut it',
    props: {
      ingress: 'DenyAll',
      allow: [IngressRule.allowAll(), EgressRule.allow({ to: [Peer.anywhere()] })],
    },
    code: 'baseline-direction-open',
    says: ['NamespaceBaseline allow[1]', "egress: 'DenyAll'"],
  },
  {
    why: 'what is no rule',
    props: { allow: [Peer.anywhere() as never] },
    code: 'type-mismatch',
    says: ['NamespaceBaseline allow[0]'],
  },
  {
    why: 'a rule without brackets',
    props: { allow: IngressRule.allowAll() as never },
    code: 'type-mismatch',
    says: ['NamespaceBaseline allow'],
  },
  {
    why: 'LocalDNS on Cilium, with the policy that can',
    props: { egress: 'DenyAll', profile: { engine: 'cilium', localDns: true, kubernetesVersion: '1.33' } },
    code: 'local-dns-not-expressible',
    says: ['NamespaceBaseline:', "kind: 'CiliumNetworkPolicy'"],
  },
  {
    why: 'a profile that does not tell whether LocalDNS is on',
    props: { egress: 'DenyAll', profile: { engine: 'cilium' } },
    code: 'profile-field-missing',
    says: ['NamespaceBaseline profile.localDns'],
  },
  {
    why: 'a misspelt direction, which would stay open',
    props: { ingress: 'DenyAll', egres: 'DenyAll' } as never,
    code: 'field-unknown',
    says: ['NamespaceBaseline.egres', 'did you mean "egress"?'],
  },
  {
    why: 'a namespace that cannot be',
    props: { namespace: 'Shop' },
    code: 'namespace-invalid',
    says: ['NamespaceBaseline namespace', 'write "shop"'],
  },
  {
    why: 'the text false, which would be true',
    props: { egress: 'DenyAll', dns: 'false' as never },
    code: 'type-mismatch',
    says: ['NamespaceBaseline dns'],
  },
  {
    why: 'a kind without a namespace',
    props: { kind: 'CiliumClusterwideNetworkPolicy' as never },
    code: 'value-unknown',
    says: ['NamespaceBaseline kind', 'CiliumNetworkPolicy'],
  },
  { why: 'null', props: null as never, code: 'type-mismatch', says: ['NamespaceBaseline'] },
  {
    why: 'a profile that cannot be',
    props: { egress: 'DenyAll', profile: { localDns: 'yes' as never } },
    code: 'type-mismatch',
    says: ['localDns'],
  },
])('$why is refused, and leaves nothing behind', ({ props, code, says }) => {
  const shop = chart();
  expectRefusal(() => new NamespaceBaseline(shop, 'baseline', props), code, ...says);
  expect(shop.node.children).toEqual([]);
});

test('as CiliumNetworkPolicies the same is allowed, and rules may name hosts', () => {
  const shop = chart({ namespace: 'shop' });
  const profile = {
    engine: 'cilium',
    localDns: true,
    kubernetesVersion: '1.36',
    acns: 'FQDN',
    cloud: 'AzureCloud',
  } as const;
  const allow = [AksTraffic.on(profile).toEntraId()];
  const kind = 'CiliumNetworkPolicy';
  new NamespaceBaseline(shop, 'baseline', { egress: 'DenyAll', kind, profile, allow });
  const policies = Testing.synth(shop) as {
    kind: string;
    metadata: { name: string };
    spec: Record<string, object[]>;
  }[];
  expect(policies.map((each) => `${each.kind} ${each.metadata.name}`)).toEqual(
    ['default-deny', 'allow-same-namespace', 'allow-dns', 'allow-required-traffic'].map(
      (name) => `${kind} ${name}`,
    ),
  );
  expect(
    policies.map(({ spec }) => [spec.ingress, (spec.egress ?? []).map((rule) => Object.keys(rule)[0])]),
  ).toEqual([
    [[{}], [undefined]],
    [[{ fromEndpoints: [{}] }], []],
    [undefined, ['toEndpoints', 'toEntities', 'toCIDR']],
    [undefined, ['toEndpoints', 'toEntities', 'toCIDR', 'toFQDNs']],
  ]);
});
