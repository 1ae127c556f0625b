import type { EngineName } from '../model/engine-profile';

/** Names of the ways in which engines leave the Kubernetes specification; they never change their meaning. */
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

/** One way in which an engine leaves the specification. */
export interface Departure {
  readonly id: DepartureId;
  /** The engines that do it. */
  readonly engines: readonly EngineName[];
  /** The engines of which no source tells whether they do it. */
  readonly unknownFor?: readonly EngineName[];
  /** The Kubernetes minor of the first and the last AKS version concerned. @default every version */
  readonly kubernetes?: { readonly from?: string; readonly to?: string };
  /** A sentence for the person who asked. */
  readonly statement: string;
  /** Where this was seen. */
  readonly source: string;
}

const NPM = 'Azure NPM v2 for Linux, source of 2026-08-20 (v1.8.12+15), run on 2026-11-22';
const FELIX = 'Calico Felix v3.34-dev and v3.30.3 with the AKS operator settings, run on 2026-11-22';
const CILIUM = "Cilium v1.19.5's own policy packages, run on 2026-11-22; source of 1.16.19 to 1.20.2";
const PORT_NAMES =
  'source of Azure NPM of 2026-08-20, of Cilium 1.16.19 to 1.20.2 (NamedPortMap), and of Calico (projectcalico/calico#8881)';
const CILIUM_DOC = 'Microsoft Learn, azure-cni-powered-by-cilium, of 2026-08-05';

/** What every engine is known to do otherwise than the specification says. Add one here and its hook there. */
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
    statement: 'Azure NPM ignores a whole policy that holds an IPv6 CIDR, in both directions',
    source: NPM,
  },
  {
    id: 'unusual-cidr-skips-policy',
    engines: ['azure'],
    statement:
      'Azure NPM ignores a whole policy that holds "/0" behind another address than 0.0.0.0, or a prefix length with a leading zero',
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
    statement: 'no source tells how this engine reads an address with leading zeros',
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
    statement: 'Calico ignores an exception with leading zeros and every exception behind it',
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
      'Azure NPM lets a namespace selector of NotIn and DoesNotExist alone match everything outside the cluster and other nodes',
    source: NPM,
  },
  {
    id: 'negative-selectors-may-open-outside',
    engines: [],
    unknownFor: ['cilium', 'byo-cilium'],
    statement:
      'Cilium lets a peer of NotIn and DoesNotExist alone match addresses and nodes, too, unless policy-default-local-cluster is on, which AKS is said to have off',
    source: `${CILIUM}, run with the option off, 2026-11-30; Azure/azure-container-networking, test/integration/manifests/cilium, read 2026-11-30`,
  },
  {
    id: 'namespace-not-in-is-any',
    engines: ['azure'],
    statement: 'Azure NPM lets a NotIn of several values in a namespace selector match every namespace',
    source: NPM,
  },
  {
    id: 'all-namespaces-label',
    engines: ['azure'],
    statement: 'Azure NPM uses the label key "all-namespaces" itself, and it exists on every namespace',
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
    statement: 'this engine judges traffic from a pod to its own node by policy, as to any other node',
    source: `${FELIX}; ${CILIUM}`,
  },
  {
    id: 'ip-block-never-pods',
    engines: ['cilium', 'byo-cilium'],
    statement: 'Cilium never lets an IP block match a pod',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'ip-block-never-nodes',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement: 'Cilium never lets an IP block match a node (policy-cidr-match-mode is not set)',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'unlisted-section-enforced',
    engines: ['cilium', 'byo-cilium'],
    statement: 'Cilium enforces ingress or egress rules although policyTypes leaves their direction out',
    source: CILIUM,
  },
  {
    id: 'egress-port-name-is-one-number',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement:
      'Cilium before 1.20 turns an egress port name into the one number it has in the whole cluster, towards every peer; a name with several numbers opens nothing',
    source: CILIUM,
  },
  {
    id: 'sidecar-port-name-not-seen',
    engines: ['azure', 'cilium', 'byo-cilium'],
    statement:
      'Azure NPM and Cilium take the names of ports from spec.containers alone: a name that only a sidecar declares, an init container that stays, opens nothing',
    source: PORT_NAMES,
  },
  {
    id: 'init-port-name-may-be-seen',
    engines: [],
    unknownFor: ['calico', 'byo-calico'],
    statement:
      'Calico took the names of ports from spec.containers alone, and takes them from all init containers, too, since projectcalico/calico#8885: which version runs here is not known',
    source: PORT_NAMES,
  },
  {
    id: 'port-name-is-that-of-last-container',
    engines: ['cilium', 'byo-cilium'],
    statement:
      'Cilium keeps one port for each name of a pod, that of the last container, whatever its protocol: the others of that name stay shut',
    source: PORT_NAMES,
  },
  {
    id: 'label-not-in-identity',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement: 'Cilium keeps this label key out of pod identities: selectors see it on no pod',
    source: CILIUM,
  },
  {
    id: 'topology-label-not-in-identity',
    engines: [],
    unknownFor: ['cilium', 'byo-cilium'],
    kubernetes: { from: '1.36' },
    statement:
      'Cilium keeps topology labels out of pod identities from 1.19 on; AKS may run 1.18 or 1.19 here',
    source: CILIUM,
  },
  {
    id: 'end-port-ignored',
    engines: [],
    unknownFor: ['cilium'],
    kubernetes: { to: '1.31' },
    statement:
      'AKS documents that Cilium before 1.17 ignores endPort, while its source of 1.16 does not: nobody tried it',
    source: `${CILIUM_DOC}; ${CILIUM}`,
  },
  {
    id: 'node-port-past-policies',
    engines: [],
    // Which node a client enters on is not known, and on another one policies see that node's address.
    unknownFor: ['azure'],
    statement:
      'Azure NPM lets in, whatever the policies say, what a NodePort or load balancer with externalTrafficPolicy Cluster brings through the own node of the pod',
    source: NPM,
  },
  {
    id: 'windows-pod-not-known',
    engines: [],
    unknownFor: ['azure'],
    statement:
      'Azure NPM skips policies on Windows nodes that name ports, speak of SCTP, or have exceptions, NotIn or DoesNotExist, and it is without support there since 2026-09-30: what it enforces on pods for Windows was tried by nobody',
    source: 'Microsoft Learn, use-network-policies, of 2026-08-18',
  },
  {
    id: 'sctp-not-carried',
    engines: ['cilium'],
    unknownFor: ['byo-cilium'],
    statement:
      'policies judge SCTP, but the data path of Cilium drops all of it unless enable-sctp is set, which AKS does not offer; read in its source, tried by nobody',
    source: 'Cilium bpf/lib/conntrack.h of 1.19.5',
  },
];

/**
 * Beginnings of the label keys that Cilium leaves out of a pod's identity.
 *
 * @see cilium pkg/labelsfilter/filter.go (read in 1.19.5)
 */
export const CILIUM_FILTERED_LABELS: readonly string[] = [
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

/** A label key that holds this is left out as well, wherever it stands. */
export const CILIUM_FILTERED_LABEL_PART = 'beta.kubernetes.io';

/** Whether Cilium leaves a label key out of pod identities, unless its configuration says otherwise. */
export function isFilteredByCilium(key: string): boolean {
  return (
    key.includes(CILIUM_FILTERED_LABEL_PART) ||
    CILIUM_FILTERED_LABELS.some((beginning) => key.startsWith(beginning))
  );
}

const STATEMENTS = new Map(ENGINE_DEPARTURES.map(({ id, statement }) => [id, statement]));

/** The sentence of a departure. */
export function departureText(id: DepartureId): string {
  return STATEMENTS.get(id) as string;
}
