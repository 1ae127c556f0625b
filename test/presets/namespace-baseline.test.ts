import { NamespaceBaseline, type NamespaceBaselineProps } from 'cdk8s-aks-network-policy';
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
  { why: 'open both ways writes nothing', props: { ingress: 'AllowAll', egress: 'AllowAll' }, is: {} },
])('$why', ({ props, is }) => {
  expect(written(props)).toEqual(is);
});

test('its policies are at hand', () => {
  const baseline = new NamespaceBaseline(chart(), 'baseline', { egress: 'DenyAll' });
  expect(baseline.defaultDeny?.name).toBe('default-deny');
  expect(baseline.allowSameNamespace?.name).toBe('allow-same-namespace');
  expect(baseline.allowDns?.name).toBe('allow-dns');
});

test('another word is refused with the three', () => {
  expectRefusal(
    () => new NamespaceBaseline(chart(), 'baseline', { egress: 'Deny' as never }),
    'baseline-unknown',
    'NamespaceBaseline egress',
    'AllowAll, AllowSameNamespace, DenyAll',
  );
});
