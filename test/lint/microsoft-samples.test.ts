import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { app, labels, ofName, policy, toldBy, workload } from './judge';

/**
 * Policies of Microsoft's own pages on AKS, read on 2026-11-22, each brought down to what it says. What is told of
 * them is what a reader of those pages meets.
 */
interface Sample {
  readonly why: string;
  readonly page: string;
  readonly manifests: readonly object[];
  readonly profile?: AksClusterProfile;
  /** `severity rule object field`, beyond the missing default deny and the end of an engine's support. */
  readonly told: readonly string[];
}

const SHOP = [workload('shop/frontend'), workload('shop/backend'), workload('shop/database')];
const pairOf = (from: string, to: string, port: number) =>
  policy(`shop/${from}-egress`, {
    podSelector: app(from),
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: app(to) }], ports: [{ protocol: 'TCP', port }] }],
  });
const LAYERS = [...SHOP, pairOf('frontend', 'backend', 8080), pairOf('backend', 'database', 5432)];
const DNS = {
  to: [{ namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'kube-dns' }) }],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
} as const;

const ALL_BUT_IMDS = (cidr: string) => [
  workload('shop/web', {}, [{ containerPort: 80 }]),
  workload('shop/db', {}, [{ containerPort: 5432 }]),
  policy('shop/block-imds', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr, except: ['169.254.169.254/32'] } }] }],
  }),
];

const BLOCK = 'shop/block-imds spec.egress[0].to[0].ipBlock.cidr';

const EVERYBODY = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { namespaceSelector: {} }, { podSelector: {} }];
const ADDRESSES = ['20.50.1.2'];

const SAMPLES: readonly Sample[] = [
  {
    why: 'egress of frontend and backend, each to the next layer: no names are resolved',
    page: 'network-policy-best-practices.md',
    manifests: LAYERS,
    told: [
      'error egress-cannot-resolve-names shop/backend-egress',
      'error egress-cannot-resolve-names shop/frontend-egress',
    ],
  },
  {
    why: 'the same with a rule for CoreDNS, as best-practices-ml-ops.md has it',
    page: 'network-policy-best-practices.md',
    manifests: [...LAYERS, policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] })],
    told: [],
  },
  ...[
    // Azure NPM skips the policy for the form of the CIDR, so one finding tells it.
    { engine: 'azure' as const, told: [`error npm-policy-skipped ${BLOCK}`] },
    { engine: 'calico' as const, told: [`warning cidr-not-canonical ${BLOCK}`] },
    {
      engine: 'cilium' as const,
      told: [
        'error egress-cannot-resolve-names shop/block-imds',
        `warning cidr-not-canonical ${BLOCK}`,
        `warning cilium-ip-block-misses-pods ${BLOCK}`,
      ],
    },
    { told: [`warning cidr-not-canonical ${BLOCK}`] },
  ].map(({ told, ...engine }) => ({
    why: `the metadata service shut out of 10.10.0.0/0, on ${engine.engine ?? 'any engine'} before 1.36`,
    page: 'operator-best-practices-cluster-security.md',
    manifests: ALL_BUT_IMDS('10.10.0.0/0'),
    profile: { kubernetesVersion: '1.35', ...engine },
    told,
  })),
  {
    why: 'the same in its canonical form',
    page: 'operator-best-practices-cluster-security.md',
    manifests: ALL_BUT_IMDS('0.0.0.0/0'),
    profile: { kubernetesVersion: '1.36', engine: 'azure' },
    told: [],
  },
  ...(['azure', 'calico', 'cilium'] as const).map((engine) => ({
    // An entry that another one of its rule includes is not told: redundant-rule documents it.
    why: `egress to everybody in three entries, of which the last is in the second, on ${engine}`,
    page: 'migrate-from-npm-to-cilium-network-policy.md',
    manifests: [
      workload('shop/web'),
      policy('shop/web', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: EVERYBODY }] }),
    ],
    profile: { engine },
    told: ['warning wide-egress-includes-imds shop/web spec.egress[0].to[0].ipBlock'],
  })),
  {
    why: 'a policy without policyTypes isolates what it has rules for, as its page says',
    page: 'use-network-policies.md',
    manifests: [
      workload('demo/server', {}, [{ containerPort: 80 }]),
      workload('demo/client'),
      policy('demo/demo-policy', {
        podSelector: app('server'),
        ingress: [{ from: [{ podSelector: app('client') }], ports: [{ port: 80, protocol: 'TCP' }] }],
      }),
    ],
    told: [],
  },
  {
    why: 'a tenant that talks to itself alone: no names, and no API server for who has an account',
    page: 'best-practices-multi-tenancy.md, whose CiliumNetworkPolicy says it',
    manifests: [
      workload('tenant-a/web'),
      workload('tenant-a/operator', {}, [], { serviceAccountName: 'operator' }),
      policy('tenant-a/tenant', {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{ to: [{ podSelector: {} }] }],
      }),
    ],
    profile: { apiServerAddresses: ADDRESSES },
    told: ['error egress-cannot-resolve-names tenant-a/tenant', 'info api-server-cut-off tenant-a/tenant'],
  },
];

test.each(SAMPLES)('$page: $why', ({ told, ...sample }) => {
  // These speak of most samples alike.
  const found = toldBy(sample, ['no-default-deny', 'end-of-support', 'npm-update-gap', 'own-node-egress']);
  expect(found).toEqual(told);
});
