import type { EngineName } from '../model/engine-profile';

/** How engines depart from the Kubernetes specification. An id never changes its meaning. */
export type DepartureId =
  | 'nothing-enforces'
  | 'ipv6-cidr-skips-policy'
  | 'unusual-cidr-skips-policy'
  | 'zero-prefix-matches-nothing'
  | 'leading-zeros-in-address'
  | 'leading-zeros-open-rule'
  | 'leading-zeros-end-exceptions'
  | 'ipv4-mapped-is-ipv4'
  | 'negative-namespace-selector-opens-outside'
  | 'negative-selectors-may-open-outside'
  | 'namespace-not-in-is-any'
  | 'all-namespaces-label'
  | 'ipv6-not-filtered'
  | 'own-node-egress-filtered'
  | 'ip-block-never-pods'
  | 'ip-block-never-nodes'
  | 'unlisted-section-enforced'
  | 'egress-port-name-is-one-number'
  | 'sidecar-port-name-not-seen'
  | 'init-port-name-may-be-seen'
  | 'port-name-is-that-of-last-container'
  | 'label-not-in-identity'
  | 'topology-label-not-in-identity'
  | 'end-port-ignored'
  | 'node-port-past-policies'
  | 'windows-pod-not-known'
  | 'sctp-not-carried';

/** A way in which an engine departs from the specification. */
export interface Departure {
  readonly id: DepartureId;
  /** The engines that depart in this way. */
  readonly engines: readonly EngineName[];
  /** The engines for which it is not known. */
  readonly unknownFor?: readonly EngineName[];
  /** The minor versions of Kubernetes on AKS that it concerns. @default every version */
  readonly kubernetes?: { readonly from?: string; readonly to?: string };
  /** A sentence for people. */
  readonly statement: string;
  /** Where it was read or tried. */
  readonly source: string;
}

const NPM = 'Azure NPM v2 for Linux, source of 2026-08-20 (v1.8.12+15), run on 2026-11-22';
const FELIX = 'Calico Felix v3.34-dev and v3.30.3 with the AKS operator settings, run on 2026-11-22';
const CILIUM = "Cilium v1.19.5's own policy packages, run on 2026-11-22; source of 1.16.19 to 1.20.2";
const PORT_NAMES =
  'source of Azure NPM of 2026-08-20, of Cilium 1.16.19 to 1.20.2 (NamedPortMap), and of Calico (projectcalico/calico#8881)';
const CILIUM_DOC = 'Microsoft Learn, azure-cni-powered-by-cilium, of 2026-08-05';

/** All known departures; `reachability/reading/hooks.ts` says what each does to verdicts. */
export const ENGINE_DEPARTURES: readonly Departure[] = [
  {
    id: 'nothing-enforces',
    engines: ['none'],
    statement: 'the cluster has no network policy engine, so no policy has an effect',
    source: 'Microsoft Learn, use-network-policies, of 2026-08-18',
  },
  {
    id: 'ipv6-cidr-skips-policy',
    engines: ['azure'],
    statement: 'Azure NPM ignores a whole policy with an IPv6 CIDR, in both directions',
    source: NPM,
  },
  {
    id: 'unusual-cidr-skips-policy',
    engines: ['azure'],
    statement:
      'Azure NPM ignores a whole policy with "/0" after an address other than 0.0.0.0, or with a leading zero in a prefix length',
    source: NPM,
  },
  {
    id: 'zero-prefix-matches-nothing',
    engines: ['azure'],
    statement: 'Azure NPM reads 0.0.0.0/00 as a set without addresses',
    source: NPM,
  },
  {
    id: 'leading-zeros-in-address',
    engines: [],
    unknownFor: ['azure', 'cilium', 'byo-cilium'],
    statement: 'it is not known how this engine reads an address with leading zeros',
    source: 'not tried by anyone known',
  },
  {
    id: 'leading-zeros-open-rule',
    engines: ['calico', 'byo-calico'],
    statement: 'Calico drops an IP block with leading zeros and keeps its rule, which then allows everybody',
    source: FELIX,
  },
  {
    id: 'leading-zeros-end-exceptions',
    engines: ['calico', 'byo-calico'],
    statement: 'Calico ignores an exception with leading zeros and every exception after it',
    source: FELIX,
  },
  {
    id: 'ipv4-mapped-is-ipv4',
    engines: ['calico', 'byo-calico'],
    statement: 'Calico reads an IPv4 address written as IPv6 as the IPv4 address',
    source: FELIX,
  },
  {
    id: 'negative-namespace-selector-opens-outside',
    engines: ['azure'],
    statement:
      'on Azure NPM a namespace selector with only NotIn and DoesNotExist also matches everything outside the cluster, and other nodes',
    source: NPM,
  },
  {
    id: 'negative-selectors-may-open-outside',
    engines: [],
    unknownFor: ['cilium', 'byo-cilium'],
    statement:
      'on Cilium a peer with only NotIn and DoesNotExist also matches nodes and addresses outside the cluster, unless policy-default-local-cluster is on; AKS is said to have it off',
    source: `${CILIUM}, run with the option off, 2026-11-30; Azure/azure-container-networking, test/integration/manifests/cilium, read 2026-11-30`,
  },
  {
    id: 'namespace-not-in-is-any',
    engines: ['azure'],
    statement: 'on Azure NPM a NotIn with several values in a namespace selector matches every namespace',
    source: NPM,
  },
  {
    id: 'all-namespaces-label',
    engines: ['azure'],
    statement:
      'Azure NPM itself uses the label key "all-namespaces": for selectors it exists on every namespace',
    source: NPM,
  },
  {
    id: 'ipv6-not-filtered',
    engines: ['azure'],
    statement: 'Azure NPM does not filter IPv6 traffic at all',
    source: NPM,
  },
  {
    id: 'own-node-egress-filtered',
    engines: ['calico', 'cilium', 'byo-cilium'],
    unknownFor: ['byo-calico'],
    statement: 'policies on this engine also apply to traffic from a pod to its own node',
    source: `${FELIX}; ${CILIUM}`,
  },
  {
    id: 'ip-block-never-pods',
    engines: ['cilium', 'byo-cilium'],
    statement: 'on Cilium an IP block never matches a pod',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'ip-block-never-nodes',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement: 'on Cilium an IP block never matches a node (policy-cidr-match-mode is not set)',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'unlisted-section-enforced',
    engines: ['cilium', 'byo-cilium'],
    statement: 'Cilium enforces ingress or egress rules even if policyTypes omits their direction',
    source: CILIUM,
  },
  {
    id: 'egress-port-name-is-one-number',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement:
      'Cilium before 1.20 replaces an egress port name by the only number that it has in the whole cluster, for every peer; a name with several numbers allows nothing',
    source: CILIUM,
  },
  {
    id: 'sidecar-port-name-not-seen',
    engines: ['azure', 'cilium', 'byo-cilium'],
    statement:
      'Azure NPM and Cilium read port names only from spec.containers: a name that only a sidecar declares (an init container that keeps running) allows nothing',
    source: PORT_NAMES,
  },
  {
    id: 'init-port-name-may-be-seen',
    engines: [],
    unknownFor: ['calico', 'byo-calico'],
    statement:
      'Calico reads port names from spec.containers, and since projectcalico/calico#8885 also from all init containers: it is not known which version runs here',
    source: PORT_NAMES,
  },
  {
    id: 'port-name-is-that-of-last-container',
    engines: ['cilium', 'byo-cilium'],
    statement:
      'Cilium keeps only one port for each port name of a pod, that of the last container, whatever its protocol: the others stay closed',
    source: PORT_NAMES,
  },
  {
    id: 'label-not-in-identity',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement: 'Cilium leaves this label key out of pod identities: selectors find it on no pod',
    source: CILIUM,
  },
  {
    id: 'topology-label-not-in-identity',
    engines: [],
    unknownFor: ['cilium', 'byo-cilium'],
    kubernetes: { from: '1.36' },
    statement:
      'Cilium leaves topology labels out of pod identities from 1.19 on; AKS may run 1.18 or 1.19 here',
    source: CILIUM,
  },
  {
    id: 'end-port-ignored',
    engines: [],
    unknownFor: ['cilium'],
    kubernetes: { to: '1.31' },
    statement:
      'according to the AKS documentation Cilium before 1.17 ignores endPort, according to the code of 1.16 it does not: nobody has tried it',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'node-port-past-policies',
    engines: [],
    // It is not known on which node a client enters; on another node policies see that node's address.
    unknownFor: ['azure'],
    statement:
      'whatever the policies say, Azure NPM allows traffic of a NodePort or load balancer with externalTrafficPolicy Cluster that enters through the pod’s own node',
    source: NPM,
  },
  {
    id: 'windows-pod-not-known',
    engines: [],
    unknownFor: ['azure'],
    statement:
      'on Windows nodes Azure NPM skips policies with port names, SCTP, exceptions, NotIn or DoesNotExist, and it is not supported there since 2026-09-30: nobody has tried what it enforces for Windows pods',
    source: 'Microsoft Learn, use-network-policies, of 2026-08-18',
  },
  {
    id: 'sctp-not-carried',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement:
      'policies apply to SCTP, but Cilium’s data path drops all of it unless enable-sctp is set, which AKS does not offer; read in its code, not tried',
    source: 'Cilium bpf/lib/conntrack.h of 1.19.5',
  },
];

/**
 * The prefixes of label keys that Cilium leaves out of a pod's identity.
 *
 * @see cilium pkg/labelsfilter/filter.go (read in 1.19.5)
 */
const CILIUM_FILTERED_PREFIXES: readonly string[] = [
  'io.kubernetes',
  'kubernetes.io',
  'k8s.io',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/controller-uid',
  'pod-template-generation',
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'annotation',
  'etcd_node',
];

/** Whether Cilium leaves a label key out of pod identities, unless its configuration says otherwise. */
export function isFilteredByCilium(key: string): boolean {
  return (
    key.includes('beta.kubernetes.io') || CILIUM_FILTERED_PREFIXES.some((prefix) => key.startsWith(prefix))
  );
}

const STATEMENTS = new Map(ENGINE_DEPARTURES.map(({ id, statement }) => [id, statement]));

export function departureText(id: DepartureId): string {
  return STATEMENTS.get(id) as string;
}
