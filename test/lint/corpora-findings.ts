import type { FindingCode } from '../../lib/model/finding';

export const ENGINES = ['none', 'azure', 'calico', 'cilium'] as const;

/** An engine's name, or `none` where nothing is known of the cluster. */
export type On = (typeof ENGINES)[number];

/** Cases of which a rule rightly says that something is wrong. */
interface Rightly {
  readonly rule: FindingCode;
  readonly on: readonly On[];
  readonly why: string;
  readonly cases: readonly string[];
}

const seeds = (...numbers: readonly number[]) => numbers.map((seed) => `cilium gen core seed ${seed}`);
const SUITE = 'Netpol / NetworkPolicy between server and client / should';
const suite = (...names: readonly string[]) => names.map((name) => `${SUITE} ${name}`);

/** Every error that the rules find in the corpora, and why it is right to say so. */
export const ERRORS: readonly Rightly[] = [
  {
    rule: 'egress-cannot-resolve-names',
    on: ENGINES,
    why: 'the pods may reach single ports or pods and no name server; pods of a test ask by address',
    cases: [
      'azure 1b-endport-egress-peer',
      'azure 1g-named-egress',
      'azure 1q-named-remote-node',
      'azure 2v-zero-except-both-halves',
      'azure 6n-both-directions-same-node',
      'azure 7c-sctp-endport-noport',
      'calico hostnet-peer-egress-named-port',
      'calico named-port-egress-no-to',
      'calico named-port-egress-ipblock',
      'calico endport-egress-udp',
      'calico sctp-endport-egress',
      'enforced 20 egress rule TCP 81 to named pod',
      ...seeds(73, 142, 196, 257, 268, 269, 297),
      ...suite(
        'allow egress access on one named port [step 1: TCP 80]',
        'allow egress access on one named port [step 2: TCP 81]',
        'work with Ingress, Egress specified together [step 1: TCP 80]',
        'work with Ingress, Egress specified together [step 2: TCP 81]',
        'support denying of egress traffic on the client side (even if the server explicitly allows this traffic) [step 1: TCP 80]',
        'enforce egress policy allowing traffic to a server in a different namespace based on PodSelector and NamespaceSelector [step 1: TCP 80]',
        'enforce multiple egress policies with egress allow-all policy taking precedence [step 1: TCP 81]',
      ),
    ],
  },
  {
    rule: 'egress-cannot-resolve-names',
    on: ['none', 'calico', 'cilium'],
    why: 'as above; Azure NPM skips the policy, so nothing is shut',
    cases: ['azure 2p-v6-egress-with-deny-ingress'],
  },
  {
    rule: 'egress-cannot-resolve-names',
    on: ['cilium'],
    why: 'only IP blocks are open, in which CoreDNS may lie, or rules count that policyTypes leaves out; on Cilium no block matches CoreDNS, and those rules isolate',
    cases: [
      'azure 2b-ipblock-pods-egress-except',
      'azure 2f-zero-except-node-egress',
      'azure 2h-zero-except-half',
      'azure 2i-zero-except-many',
      'azure 2j-except-readded',
      'azure 2w-zero-except-half-hostbits',
      'azure 3d-egress-except-own-node',
      'calico ipblock-egress-pod-ips',
      'calico ipblock-egress-any',
      'calico ipblock-except-only-other-family',
      'enforced 12 egress to ipBlock ext',
      'enforced 13 egress 0/0 except ext',
      ...seeds(24, 32, 40, 60, 91, 213, 218, 246),
      ...suite(
        'enforce except clause while egress access to server in CIDR block [step 1: TCP 80]',
        'ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed [step 1: TCP 80]',
      ),
    ],
  },
  {
    rule: 'npm-policy-skipped',
    on: ['azure'],
    why: 'the cases are there to show that Azure NPM skips such policies, or have IPv6 for other engines',
    cases: [
      'azure 2m-v4-and-v6',
      'azure 2n-v6-only',
      'azure 2p-v6-egress-with-deny-ingress',
      'azure 2r-slash0-nonzero',
      'azure 2t-leading-zero-prefix',
      'calico ipblock-v4-mapped',
      'calico ipv6-plus-ipv4-ingress',
      'calico ipv6-egress-except',
      'calico ipblock-except-only-other-family',
      'api good-11-ipv6',
      ...seeds(228),
    ],
  },
  {
    rule: 'npm-negative-namespace-selector',
    on: ['azure'],
    why: 'the cases are there to show it, or rule namespaces out in the standard way',
    cases: [
      'azure 5r-ns-notin-many',
      'azure 5s-ns-doesnotexist',
      'azure 5w-ns-notin-and-pod-empty',
      'azure 5x-ns-notin-many-and-pod',
      'calico doesnotexist-namespace',
      ...seeds(37, 59, 168, 246, 288),
      ...suite(
        'enforce policy based on PodSelector or NamespaceSelector [step 1: TCP 80]',
        'enforce policy based on NamespaceSelector with MatchExpressions using default ns label [step 1: TCP 80]',
      ),
    ],
  },
  {
    rule: 'calico-leading-zeros',
    on: ['calico'],
    why: 'the cases are there to show it',
    cases: [
      'calico ipblock-leading-zeros',
      'calico ipblock-except-leading-zeros',
      'calico ipblock-leading-zeros-second-rule',
      'calico ipblock-except-leading-zeros-order',
    ],
  },
  {
    rule: 'cilium-egress-port-name',
    on: ['cilium'],
    why: 'the pods give one name to several numbers, or the rule means addresses too',
    cases: [
      'azure 1g-named-egress',
      'azure 1q-named-remote-node',
      'calico hostnet-peer-egress-named-port',
      'calico named-port-egress-no-to',
      'calico named-port-egress-ipblock',
      ...seeds(60, 73, 141, 257, 282, 297),
      ...suite(
        'allow egress access on one named port [step 1: TCP 80]',
        'allow egress access on one named port [step 2: TCP 81]',
      ),
    ],
  },
  {
    rule: 'cilium-ip-block-misses-pods',
    on: ['cilium'],
    why: 'the block is the address of a pod or node of the case',
    cases: [
      'azure 2d-ipblock-other-node',
      'azure 2e-ipblock-other-node-egress',
      'azure 2j-except-readded',
      'azure 2l-hundred-blocks',
      'azure 2m-v4-and-v6',
      'azure 10a-dotted-name',
      'azure 10c-same-name-two-ns',
      'calico ipblock-ingress-other-node-ip',
      'calico ipblock-egress-other-node-ip',
      'calico ipblock-except-readmitted-by-other-policy',
      'calico ipblock-except-own-subset-two-blocks-one-rule',
      'calico ipv6-plus-ipv4-ingress',
      ...suite(
        'allow egress access to server in CIDR block [step 1: TCP 80]',
        'ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed [step 2: TCP 80]',
      ),
    ],
  },
  {
    rule: 'rules-of-unlisted-type',
    on: ['cilium'],
    why: 'the policies leave a type out on purpose, and Cilium enforces their rules',
    cases: [
      'azure 6c-type-egress-ingress-rules',
      'azure 6m-type-ingress-egress-rules',
      'calico dead-ingress-section',
      'api good-17-ingress-rules-but-types-egress-only',
      ...seeds(
        16,
        22,
        24,
        25,
        32,
        37,
        40,
        59,
        60,
        73,
        91,
        116,
        135,
        141,
        165,
        173,
        186,
        213,
        218,
        228,
        246,
        257,
        268,
        269,
        275,
        282,
        296,
      ),
    ],
  },
];

/** Two rules that may speak of one field, because each tells another slip. */
export const TWO_SLIPS: readonly {
  readonly rules: readonly [FindingCode, FindingCode];
  readonly why: string;
}[] = [
  {
    rules: ['cidr-not-canonical', 'cilium-ip-block-misses-pods'],
    why: 'the block in its canonical form matches no pod either',
  },
  {
    rules: ['cidr-not-canonical', 'wide-egress-includes-imds'],
    why: 'an exception that is written badly leaves another address out',
  },
  {
    rules: ['cilium-ip-block-misses-pods', 'wide-egress-includes-imds'],
    why: 'the block lets too much of the world in and no pod',
  },
  {
    rules: ['npm-negative-namespace-selector', 'one-sided-allow'],
    why: 'who is let in, and that the other side lets none of them out',
  },
  {
    rules: ['redundant-rule', 'wide-egress-includes-imds'],
    why: 'the rule that says the same includes the address as well, and both have to go',
  },
];

/** What is told of other projects' cases beyond the missing default deny, which hardly any of them has. */
export const SHARED_WARNINGS: Readonly<Record<string, readonly FindingCode[]>> = {
  'recipe 02a': ['reachable-from-everywhere'],
  "recipe 02a with 01's deny-all": ['deny-preset-void', 'reachable-from-everywhere'],
  'recipe 04': ['blank-selector'],
  'recipe 05': ['reachable-from-everywhere'],
  'recipe 05 note: from without items': ['reachable-from-everywhere'],
  'recipe 08': ['reachable-from-everywhere'],
  'recipe 08 remark: only port 80': ['reachable-from-everywhere'],
  'microservices-demo network-policies component': ['reachable-from-everywhere', 'wide-egress-includes-imds'],
};
