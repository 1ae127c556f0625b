import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import type { FindingCode } from '../../lib/model/finding';
import { networkPolicy } from './example-manifests';
import { RULE_PAGES } from './pages';
import type { Example } from './read-rule-page';

/** The bad example of a rule, in the profile of the cluster that is judged, as somebody mended it. */
export type Mended = Partial<Example>;

const bad = (id: FindingCode) => RULE_PAGES[id].bad.manifests;
/** What is not said differs from the bad example: the good one is that example with the fix applied. */
const good = (id: FindingCode) => () => ({ manifests: RULE_PAGES[id].good.manifests });
const accepted = (id: FindingCode) => ({
  intent: { acknowledgements: [{ rule: id, reason: 'it is known' }] },
});

/** Of the rules whose fix is for a person to choose: one choice, made by hand. */
export const BY_HAND: Partial<Record<FindingCode, (profile: AksClusterProfile) => Mended>> = {
  // denyAll() in place of the rule without peers: the manifest is the same
  'custom-rule-without-peers': () => ({ intent: {} }),
  'pod-address-in-ip-block': good('pod-address-in-ip-block'),
  'deny-preset-void': () => ({ manifests: bad('deny-preset-void').replace(/^.*?---/s, '') }),
  'all-namespaces-include-own': () => ({
    intent: {},
    manifests: bad('all-namespaces-include-own').replace(
      'namespaceSelector: {}',
      'namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: Exists }, ' +
        '{ key: kubernetes.io/metadata.name, operator: NotIn, values: [shop] }] }',
    ),
  }),
  // the side is left out
  'connection-isolates': () => ({ manifests: '', intent: {} }),
  'duplicate-name': good('duplicate-name'),
  'pod-range-in-ip-block': good('pod-range-in-ip-block'),
  'reachable-from-everywhere': good('reachable-from-everywhere'),
  'reachable-from-internet': good('reachable-from-internet'),
  'no-engine': () => ({ profile: { engine: 'cilium', dataPlane: 'cilium' } }),
  'end-of-support': () => ({ profile: { engine: 'cilium', networkPlugin: 'azure' } }),
  'refused-by-cilium': good('refused-by-cilium'),
  'cilium-end-port': () => ({
    manifests: bad('cilium-end-port').replace(/\{ port: 8000.*?\}/, '{ port: 8000 }, { port: 8100 }'),
  }),
  'cilium-label-not-in-identity': good('cilium-label-not-in-identity'),
  'sctp-not-carried': () => ({ manifests: bad('sctp-not-carried').replace('SCTP', 'TCP') }),
  'cilium-filter-without-acns': () => ({ profile: { engine: 'cilium', acns: 'L7' } }),
  'cilium-feature-off': good('cilium-feature-off'),
  'cilium-policy-map-full': good('cilium-policy-map-full'),
  'own-node-egress': ({ engine }) =>
    engine === 'azure'
      ? accepted('own-node-egress')
      : { manifests: bad('own-node-egress').replace(/egress: \[.*\]/, 'egress: []') },
  'npm-windows-policy-skipped': good('npm-windows-policy-skipped'),
  'npm-many-ip-blocks': () => ({
    manifests: networkPolicy('partners', {
      podSelector: {},
      ingress: [{ from: ['203.0.113.0/30', '203.0.113.4/32'].map((cidr) => ({ ipBlock: { cidr } })) }],
    }),
  }),
  'npm-scale-limits': good('npm-scale-limits'),
  'npm-ipv6-not-filtered': () => ({ profile: { engine: 'azure', podCidrs: ['10.244.0.0/16'] } }),
  'system-namespace-policy': () => ({
    manifests: '{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }',
  }),
  'managed-namespace-policy': () => accepted('managed-namespace-policy'),
  'engine-changes-connections': good('engine-changes-connections'),
  'must-reach': good('must-reach'),
  'must-not-reach': good('must-not-reach'),
  'only-from': good('only-from'),
  'acknowledgement-unused': () => ({ intent: {} }),
  'acknowledgement-expired': () => ({
    intent: { acknowledgements: [{ rule: 'rules-of-unlisted-type', reason: 'moving', until: '2027-01-31' }] },
  }),
};

/** Connections that a fix is to shut: from each of some to each of others. */
export interface Shut {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: string;
}

const WEB = ['shop/web', 'pods with app=web in namespace shop'];
const DB = ['shop/db', 'pods with app=db in namespace shop'];
const SHOP = ['shop/web', 'any pod of namespace shop'];
const UNKNOWN_SHOP = ['any pod of namespace shop (none known)'];
const everybodyBut = (self: string) => ['any pod', self, '0.0.0.0/0'];

/** What each fix is about to shut, whatever the engine; nothing else may be shut by it. */
export const CLOSES: Partial<Record<FindingCode, readonly Shut[]>> = {
  'pod-address-in-ip-block': [{ from: ['10.244.0.7/32'], to: SHOP, ports: '*' }],
  'all-namespaces-include-own': [
    {
      from: [
        'any pod, except any pod of namespaces with kubernetes.io/metadata.name and kubernetes.io/metadata.name!=shop',
      ],
      to: UNKNOWN_SHOP,
      ports: '*',
    },
  ],
  'selects-no-workload': [
    {
      from: everybodyBut('shop/orders'),
      to: ['shop/orders', 'pods with app=orders in namespace shop'],
      ports: '*',
    },
  ],
  'peer-matches-nothing': [
    {
      from: ['pods with app=order in namespace shop'],
      to: ['shop/orders', 'any pod of namespace shop'],
      ports: '*',
    },
  ],
  'namespace-label-missing': [
    {
      from: UNKNOWN_SHOP,
      to: ['any pod of namespaces with name=kube-system, except any pod of namespace kube-system'],
      ports: '*',
    },
  ],
  'misspelt-word': [{ from: ['any pod of namespace monitorng'], to: WEB, ports: '*' }],
  'and-or-slip': [
    {
      from: [
        'any pod of namespaces with team=ops, except those with app=prometheus',
        'pods with app=prometheus in namespace shop, except pods with app=prometheus in namespaces with team=ops',
      ],
      to: SHOP,
      ports: '*',
    },
  ],
  'rules-of-unlisted-type': [
    { from: UNKNOWN_SHOP, to: ['any pod, except any pod of namespace shop', '0.0.0.0/0'], ports: '*' },
  ],
  'service-port-not-target-port': [{ from: everybodyBut('shop/web'), to: WEB, ports: '80/TCP' }],
  'service-address-in-ip-block': [
    { from: ['pods with app=web in namespace shop (none known)'], to: ['10.0.170.3/32'], ports: '*' },
  ],
  'pod-range-in-ip-block': [{ from: ['10.244.3.0/24'], to: UNKNOWN_SHOP, ports: '*' }],
  'no-default-deny': [
    { from: ['any pod, except any pod of namespace shop', '0.0.0.0/0'], to: SHOP, ports: '*' },
    { from: SHOP, to: ['any pod', 'shop/web', '0.0.0.0/0'], ports: '*' },
  ],
  'reachable-from-everywhere': [
    {
      from: ['any pod, except pods with app=web in namespace shop', 'shop/db', '0.0.0.0/0'],
      to: DB,
      ports: '5432/TCP',
    },
  ],
  'reachable-from-internet': [
    {
      from: ['any pod', 'shop/db', '0.0.0.0-203.0.112.255,203.0.114.0-255.255.255.255'],
      to: DB,
      ports: '5432/TCP',
    },
  ],
  'unreachable-workload': [{ from: ['shop/web', 'any pod of namespace shop'], to: WEB, ports: '80/TCP' }],
  'wide-egress-includes-imds': [{ from: WEB, to: ['169.254.169.254/32'], ports: '*' }],
  'no-engine': [{ from: everybodyBut('shop/web'), to: SHOP, ports: '*' }],
  'cilium-ip-block-misses-pods': [{ from: WEB, to: ['10.244.0.0/16'], ports: '5432/TCP' }],
  'cilium-label-not-in-identity': [{ from: everybodyBut('shop/db'), to: DB, ports: '*' }],
  'sctp-not-carried': [
    {
      from: everybodyBut('shop/hlr'),
      to: ['shop/hlr', 'any pod of namespace shop'],
      ports: '3868/SCTP',
    },
  ],
  'cilium-empty-section': [{ from: everybodyBut('shop/web'), to: WEB, ports: '*' }],
  'cilium-feature-off': [
    {
      from: ['0.0.0.0-20.50.1.1,20.50.1.3-255.255.255.255'],
      to: ['pods with type=ingress in any namespace (none known)'],
      ports: '*',
    },
  ],
  'cilium-policy-map-full': [
    { from: WEB, to: ['12.0.0.0-216.255.255.255'], ports: '1-40/TCP, 1-40/UDP, 1-40/SCTP' },
  ],
  'own-node-egress': [{ from: WEB, to: ['pods with app=statsd in namespace shop'], ports: '8125/UDP' }],
  'refused-by-cilium': [{ from: everybodyBut('shop/web'), to: SHOP, ports: '*' }],
  'npm-policy-skipped': [{ from: everybodyBut('shop/web'), to: SHOP, ports: '*' }],
  'npm-negative-namespace-selector': [{ from: ['0.0.0.0/0'], to: SHOP, ports: '*' }],
  'calico-leading-zeros': [
    {
      from: ['any pod', 'shop/web', '0.0.0.0-10.9.255.255,10.11.0.0-255.255.255.255'],
      to: SHOP,
      ports: '*',
    },
  ],
  'engine-changes-connections': [
    { from: ['any pod, except any pod of namespaces with team'], to: DB, ports: '*' },
  ],
  'must-reach': [{ from: ['pods with app=batch in namespace shop'], to: DB, ports: '5432/TCP' }],
  'must-not-reach': [{ from: ['any pod', 'shop/db,shop/web', '0.0.0.0/0'], to: DB, ports: '*' }],
  'only-from': [{ from: ['any pod', 'shop/db'], to: ['shop/db'], ports: '5432/TCP' }],
};

/** What comes with a fix and cannot be avoided, and why. */
export const BRINGS: Partial<
  Record<FindingCode, readonly { readonly finding: string; readonly why: string }[]>
> = {
  'no-default-deny': [
    {
      finding: 'info own-node-egress Cluster profile',
      why: 'Azure NPM never isolates the way to the own node, and the rule says so once egress is isolated',
    },
  ],
};
