import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { app, labels, namespace, ofName, policy, toldBy, workload } from './judge';

/**
 * False alarms and misses of other tools, read or tried on 2026-11-22, and what is told here of the same manifests.
 * Those that are one rule's matter stand with it: empty selectors (kube-score, KICS, Popeye 1200 to 1202), blocks
 * without pods (Popeye 1206, 1207), peers with a namespace selector (kube-linter), AND and OR (kubectl-np-viewer) in
 * rules/and-or-slip.test.ts, its neighbours and portal.test.ts.
 */
interface Row {
  readonly peer: string;
  readonly says: string;
  readonly manifests: readonly object[];
  readonly profile?: AksClusterProfile;
  /** Every finding, as `severity rule object field`. */
  readonly told: readonly string[];
}

const HTTP = [{ containerPort: 8080 }];
const WEB = workload('shop/web', {}, HTTP);
const DB = workload('shop/db', {}, [{ containerPort: 5432 }]);
const BOTH = ['Ingress', 'Egress'] as const;
const DENY = policy('shop/default-deny', { podSelector: {}, policyTypes: BOTH });
const DENY_INGRESS = policy('shop/default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
const OPEN_EGRESS = 'info no-default-deny /shop';
/** Of the pods that no manifest tells of. */
const OPEN_TO_OTHERS = 'info no-default-deny /shop';
const onWeb = (spec: Partial<NetworkPolicySpec>) => policy('shop/web', { podSelector: app('web'), ...spec });
const fromDb = { from: [{ podSelector: app('db') }], ports: [{ port: 8080 }] };
const dns = (to: object, ...protocols: ('TCP' | 'UDP')[]) => ({
  to: [to],
  ports: protocols.map((protocol) => ({ protocol, port: 53 })),
});
const CORE_DNS = { namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'kube-dns' }) };
/** Web may reach the database, and whom it asks for its name. */
const resolving = (...rules: NetworkPolicySpec['egress'] & object) => [
  WEB,
  DB,
  DENY_INGRESS,
  policy('shop/db', { podSelector: app('db'), ingress: [{ from: [{ podSelector: app('web') }] }] }),
  policy('shop/default-deny-egress', { podSelector: {}, policyTypes: ['Egress'] }),
  onWeb({
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: app('db') }], ports: [{ port: 5432 }] }, ...rules],
  }),
];
const NO_NAMES = 'error egress-cannot-resolve-names shop/web';
const NO_TCP = 'warning egress-cannot-resolve-names shop/web';

const ROWS: readonly Row[] = [
  {
    peer: 'Popeye 1203',
    says: 'a default deny is told beside the faults',
    manifests: [WEB, DENY],
    told: [],
  },
  {
    peer: 'Popeye 1204 and 1205 (202, 259, 311)',
    says: 'a pod is not secured, although policies together isolate it both ways',
    manifests: [
      WEB,
      policy('shop/in', { podSelector: {}, policyTypes: ['Ingress'] }),
      policy('shop/out', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
        policyTypes: ['Egress'],
      }),
    ],
    told: [],
  },
  {
    peer: 'kube-linter non-isolated-pod, Checkov CKV2_K8S_6, Kubescape C-0260',
    says: 'nothing: some policy selects the pod, and it isolates egress alone',
    manifests: [WEB, policy('shop/out', { podSelector: {}, policyTypes: ['Egress'] })],
    told: ['warning no-default-deny /shop'],
  },
  {
    peer: 'kube-linter non-isolated-pod, KICS 85ab1c5b',
    says: 'nothing: a policy selects the pod, and lets everybody in',
    manifests: [WEB, onWeb({ ingress: [{}] })],
    told: ['warning reachable-from-everywhere shop/web spec.ingress[0]', OPEN_EGRESS, OPEN_TO_OTHERS],
  },
  {
    peer: 'Checkov CKV2_K8S_6',
    says: 'nothing: a policy of another namespace has the labels',
    manifests: [
      WEB,
      workload('other/web'),
      policy('other/web', { podSelector: app('web'), policyTypes: BOTH }),
    ],
    told: ['warning no-default-deny /shop', 'info no-default-deny /other', OPEN_EGRESS],
  },
  {
    peer: 'Polaris missingNetworkPolicy',
    says: 'a default deny has no labels and no rules, and expressions are no labels',
    manifests: [
      WEB,
      DB,
      DENY,
      policy('shop/db', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['db'] }] },
        policyTypes: ['Ingress'],
      }),
    ],
    told: [],
  },
  {
    peer: 'Kyverno restrict-networkpolicy-empty-podselector',
    says: 'an empty selector is a fault unless the policy is called default-deny',
    manifests: [WEB, policy('shop/baseline', { podSelector: {}, policyTypes: BOTH })],
    told: [],
  },
  {
    peer: 'Trivy KSV-0038',
    says: 'nothing: there is a podSelector, and it selects nobody',
    manifests: [WEB, DENY, policy('shop/api', { podSelector: app('wev'), ingress: [fromDb] }), DB],
    told: ['warning selects-no-workload shop/api spec.podSelector'],
  },
  {
    peer: 'Cyclonus CheckDNSBlockedOnTCP and UDP',
    says: 'DNS is blocked, because 8.8.8.8 is',
    manifests: resolving(dns(CORE_DNS, 'UDP', 'TCP')),
    told: [],
  },
  {
    peer: 'Cyclonus CheckDNSBlockedOnTCP and UDP',
    says: 'nothing: 8.8.8.8 is open, and CoreDNS is not',
    manifests: resolving(dns({ ipBlock: { cidr: '8.8.8.8/32' } }, 'UDP', 'TCP')),
    told: [NO_NAMES],
  },
  {
    peer: 'Kyverno add-networkpolicy-dns',
    says: 'this opens DNS: a namespace by the label name, which nobody sets, and UDP alone',
    manifests: resolving(dns({ namespaceSelector: labels({ name: 'kube-system' }) }, 'UDP')),
    // The namespace is not given, so it may carry the label: then TCP is what lacks.
    told: [NO_TCP, 'warning namespace-label-missing shop/web spec.egress[1].to[0].namespaceSelector'],
  },
  {
    peer: 'Kyverno add-networkpolicy-dns, on a cluster that has the label',
    says: 'this opens DNS: large answers by TCP are forgotten',
    manifests: [
      ...resolving(dns({ namespaceSelector: labels({ name: 'kube-system' }) }, 'UDP')),
      namespace('kube-system', { name: 'kube-system' }),
    ],
    told: [NO_TCP],
  },
  {
    peer: 'Inspektor Gadget 5338',
    says: 'this opens DNS: labels that CoreDNS does not carry',
    manifests: resolving(dns({ ...CORE_DNS, podSelector: labels({ 'k8s-app': 'coredns' }) }, 'UDP', 'TCP')),
    told: [NO_NAMES],
  },
  {
    peer: 'Kubescape, reachability before its fix',
    says: 'reachable: egress on 80 and ingress on 443',
    manifests: [
      WEB,
      DB,
      DENY,
      policy('shop/db', {
        podSelector: app('db'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: app('web') }], ports: [{ port: 80 }] }, dns(CORE_DNS, 'UDP', 'TCP')],
      }),
      onWeb({ policyTypes: ['Ingress'], ingress: [{ ...fromDb, ports: [{ port: 443 }] }] }),
    ],
    told: ['warning one-sided-allow shop/db spec.egress[0].to[0]'],
  },
  {
    peer: 'Cyclonus, whose note on superseded rules was never done',
    says: 'nothing: one rule holds all of another',
    manifests: [
      WEB,
      DB,
      DENY,
      onWeb({ policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }, fromDb] }),
      policy('shop/db-out', {
        podSelector: app('db'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: {} }] }, dns(CORE_DNS, 'UDP', 'TCP')],
      }),
    ],
    told: ['info redundant-rule shop/web spec.ingress[1]'],
  },
  {
    peer: 'Trivy AZU-0043',
    says: 'network_policy is missing, on a cluster that Cilium guards',
    manifests: [WEB, DENY],
    profile: { engine: 'cilium', dataPlane: 'cilium', networkPlugin: 'azure', kubernetesVersion: '1.34' },
    told: [],
  },
  {
    peer: 'netpol-analyzer',
    says: 'an IPv6 block means IPv4 addresses; it lets nobody in on a cluster without IPv6',
    manifests: [
      WEB,
      DENY,
      onWeb({ policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '::/0' } }] }] }),
    ],
    told: [],
  },
  {
    peer: 'netpol-analyzer',
    says: 'an IPv6 block means IPv4 addresses; it is the internet where pods have IPv6',
    manifests: [
      WEB,
      DENY,
      onWeb({ policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '::/0' } }] }] }),
    ],
    profile: { podCidrs: ['10.244.0.0/16', 'fd00:10::/64'] },
    told: ['warning reachable-from-internet shop/web spec.ingress[0]'],
  },
];

test.each(ROWS)('$peer: $says', ({ told, ...row }) => {
  expect(toldBy(row, ['end-of-support'])).toEqual(told);
});
