import { INJECTED_PORT_NAMES } from '../aks/injected-ports';
import type { ContainerPort, PolicyEntry, Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { DirectedRule, TrafficPort } from '../model/policy-rules';
import { slipsOf } from '../model/word-slip';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import { isNaming, meansOnlyKnown } from './completeness';
import type { LintContext } from './context';
import { oncePerContext } from './context';

/** A port name that none of a rule's destinations declares. */
export interface UndeclaredPort {
  readonly destinations: readonly Workload[];
  /** The ports that they give a name, each once, sorted. */
  readonly declared: readonly (ContainerPort & { readonly name: string })[];
}

/** The pods that a rule lets somebody reach, as far as they are known. */
export interface Destinations {
  readonly pods: WorkloadSet;
  /** Whether it names them, and all of them are known. */
  readonly isComplete: boolean;
}

/**
 * Judges a port name of a rule, given its destinations. Destinations that are not known may declare the name; where there
 * may be some, only a misspelling counts.
 */
export function undeclaredPort(
  context: LintContext,
  direction: DirectedRule['direction'],
  { pods, isComplete }: Destinations,
  { port, protocol }: TrafficPort,
): UndeclaredPort | undefined {
  if (typeof port !== 'string' || pods.isEmpty || INJECTED_PORT_NAMES.includes(port)) {
    return undefined;
  }
  const declaring = declaringPods(context).get(`${port}/${protocol}`);
  const isOneNumber = direction === 'Egress' && context.facts.does('egress-port-name-is-one-number') !== 'no';
  // Cilium looks the name up in the whole cluster: cilium-egress-port-name tells of that.
  if (declaring !== undefined && (isOneNumber || declaring.overlaps(pods))) {
    return undefined;
  }
  const destinations = pods.list();
  const byText = new Map(
    destinations.flatMap(namedPorts).map((each) => [`${each.name}/${each.protocol} ${each.port}`, each]),
  );
  const declared = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const names = new Set(declared.flatMap((each) => (each.protocol === protocol ? each.name : [])));
  return isComplete || slipsOf(port, names).length > 0 ? { destinations, declared } : undefined;
}

/** The pods that a rule lets somebody reach. */
export function destinationsOf(
  context: LintContext,
  policy: PolicyEntry,
  { direction, peers = [] }: DirectedRule,
): Destinations {
  const { facts } = context;
  const meant =
    direction === 'Ingress'
      ? [{ ...policy.rules.subject, kind: 'pods' as const }]
      : peers.flatMap((peer) => (peer.kind === 'pods' ? [peer] : []));
  const sets = direction === 'Ingress' ? [facts.selected(policy)] : meant.map((peer) => facts.meant(peer));
  return {
    pods: sets.map(({ possible }) => possible).reduce((all, each) => all.or(each), facts.setOf([])),
    isComplete:
      peers.every(({ kind }) => direction === 'Ingress' || kind === 'pods') &&
      sets.every(({ sure, possible }) => possible.without(sure).isEmpty) &&
      meant.every((each) => isNaming(each.pods) && meansOnlyKnown(context, each)),
  };
}

type NamedPort = UndeclaredPort['declared'][number];

/** The named ports of a workload and of its running pods, which may have more. */
function namedPorts({ ports, pods }: Workload): readonly NamedPort[] {
  return [ports, ...pods.flatMap((pod) => (pod.ports === undefined ? [] : [pod.ports]))].flatMap((list) =>
    list.filter(isNamed),
  );
}

/** The named ports of init containers that end, which do not count by the specification. */
function initPorts({ initPorts: own = [], pods }: Workload): readonly NamedPort[] {
  return [own, ...pods.map(({ initPorts: live = [] }) => live)].flatMap((list) => list.filter(isNamed));
}

const isNamed = (port: ContainerPort): port is NamedPort => port.name !== undefined;

/** The pods that declare each name, such as `http/TCP`; those on their node's network are left out. */
const declaringPods = oncePerContext(({ cluster, facts }: LintContext): ReadonlyMap<string, WorkloadSet> => {
  const workloads = new Map<string, Workload[]>();
  // Where the engine may look at them, port-name-not-seen tells of them.
  const mayBeSeen = facts.does('init-port-name-may-be-seen') !== 'no';
  for (const workload of cluster.workloads) {
    const named = [...namedPorts(workload), ...(mayBeSeen ? initPorts(workload) : [])];
    for (const { name, protocol } of workload.hostNetwork ? [] : named) {
      append(workloads, `${name}/${protocol}`, workload);
    }
  }
  return new Map([...workloads].map(([name, those]) => [name, facts.setOf(those)]));
});
