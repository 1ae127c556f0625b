import type { Cluster, NetworkPolicyEntry } from './cluster';
import { defined } from './defined';
import { type FieldPath, fieldIn } from './field-path';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from './network-policy';
import { withoutNulls } from './nulls';
import type { PolicyRules, Section, TrafficPeer, TrafficPort, TrafficRule } from './policy-rules';
import type { SourcePosition } from './source-position';

/**
 * The entry of a NetworkPolicy in a cluster.
 *
 * @param policy that the API server would accept
 * @param options.namespace the namespace it is applied to. @default the one it names, else `default`
 */
export function networkPolicyEntry(
  policy: NetworkPolicy,
  options: {
    readonly namespace?: string;
    readonly name?: string;
    readonly source?: SourcePosition | undefined;
  } = {},
): NetworkPolicyEntry {
  const written = withoutNulls(policy);
  const namespace = options.namespace ?? (written.metadata.namespace || 'default');
  const { name = written.metadata.name, source } = options;
  return {
    kind: 'NetworkPolicy',
    namespace,
    name,
    rules: networkPolicyRules(written.spec ?? {}, namespace),
    written,
    ...defined({ source }),
  };
}

export function networkPoliciesIn({ policies }: Pick<Cluster, 'policies'>): readonly NetworkPolicyEntry[] {
  return policies.filter((entry): entry is NetworkPolicyEntry => entry.kind === 'NetworkPolicy');
}

const SPEC: FieldPath = ['spec'];
const POD_SELECTOR: FieldPath = ['spec', 'podSelector'];
const INGRESS: FieldPath = ['spec', 'ingress'];
const EGRESS: FieldPath = ['spec', 'egress'];

/**
 * What a NetworkPolicy says about traffic. Without `policyTypes` it isolates ingress, and egress if it has egress rules;
 * an empty or missing list of peers is everybody, of ports every port; and a port without a protocol is TCP's.
 *
 * @param spec without null
 * @see kubernetes pkg/apis/networking/v1/defaults.go
 */
function networkPolicyRules(spec: NetworkPolicySpec, namespace: string): PolicyRules {
  const { podSelector: pods = {}, policyTypes = [], ingress = [], egress = [] } = spec;
  const [isIngress, isEgress] =
    policyTypes.length === 0
      ? [true, egress.length > 0]
      : [policyTypes.includes('Ingress'), policyTypes.includes('Egress')];
  return {
    subject: { namespaces: namespace, pods, at: POD_SELECTOR },
    ingress: section(isIngress, INGRESS, ingress, (rule, at) =>
      ruleOf(rule, rule.from, 'from', at, namespace),
    ),
    egress: section(isEgress, EGRESS, egress, (rule, at) => ruleOf(rule, rule.to, 'to', at, namespace)),
    at: SPEC,
  };
}

function section<R>(
  isolates: boolean,
  at: FieldPath,
  written: readonly R[],
  read: (rule: R, at: FieldPath) => TrafficRule,
): Section {
  const rules = written.map((rule, i) => read(rule, fieldIn(at, i)));
  return isolates || rules.length === 0 ? { isolates, rules, at } : { isolates, unlisted: true, rules, at };
}

function ruleOf(
  { ports = [] }: NetworkPolicyIngressRule | NetworkPolicyEgressRule,
  peers: readonly NetworkPolicyPeer[] = [],
  side: 'from' | 'to',
  at: FieldPath,
  namespace: string,
): TrafficRule {
  return {
    action: 'allow',
    ...(peers.length === 0
      ? {}
      : { peers: peers.map((peer, i) => peerOf(peer, fieldIn(fieldIn(at, side), i), namespace)) }),
    ...(ports.length === 0
      ? {}
      : { ports: ports.map((port, i) => portOf(port, fieldIn(fieldIn(at, 'ports'), i))) }),
    at,
  };
}

function peerOf(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  at: FieldPath,
  namespace: string,
): TrafficPeer {
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return { kind: 'addresses', cidr, except, at, blockAt: fieldIn(at, 'ipBlock') };
  }
  return {
    kind: 'pods',
    // A lone pod selector looks in the policy's own namespace.
    namespaces: namespaceSelector ?? namespace,
    pods: podSelector ?? {},
    at,
    ...(podSelector === undefined ? {} : { podsAt: fieldIn(at, 'podSelector') }),
    ...(namespaceSelector === undefined ? {} : { namespacesAt: fieldIn(at, 'namespaceSelector') }),
  };
}

function portOf({ protocol = 'TCP', port, endPort }: NetworkPolicyPort, at: FieldPath): TrafficPort {
  return { protocol, ...defined({ port, endPort }), at };
}
