import { INJECTED_PORT_NAMES } from '../aks/injected-ports';
import type { ContainerPort, PolicyEntry, Workload } from '../model/cluster';
import type { DirectedRule, TrafficPort } from '../model/policy-rules';
import { slipsOf } from '../model/word-slip';
import type { WorkloadSet } from '../reachability/workload-set';
import type { LintContext } from './context';
import { isNaming, meansOnlyKnown } from './known';
import { oncePerContext } from './once';

/** A port name that none of a rule's destinations declares. */
export interface UndeclaredPort {
  readonly destinations: readonly Workload[];
  /** The ports to which they give a name, each once, sorted. */
  readonly declared: readonly (ContainerPort & { readonly name: string })[];
}

/** The pods that a rule lets somebody reach, as far as they are known. */
interface Destinations {
  readonly workloads: readonly Workload[];
  /** Whether it names them, and all of them are known. */
  readonly isComplete: boolean;
}

/**
 * Judges the port names of a rule, given its destinations. Where others may be meant than are known, they may declare
 * the name; then only a slip is told.
 */
export function undeclaredPort(
  context: LintContext,
  direction: DirectedRule['direction'],
  { workloads, isComplete }: Destinations,
  { port, protocol }: TrafficPort,
): UndeclaredPort | undefined {
  if (typeof port !== 'string' || workloads.length === 0 || INJECTED_PORT_NAMES.includes(port)) {
    return undefined;
  }
  const ports = workloads.flatMap(portsOf);
  const named = ports.filter((each) => each.name !== undefined) as UndeclaredPort['declared'];
  const names = named.filter((each) => each.protocol === protocol).map(({ name }) => name);
  const isOneNumber =
    direction === 'Egress' && context.survey.does('egress-port-name-is-one-number') !== 'no';
  if (
    names.includes(port) ||
    // Cilium asks the whole cluster, which has a rule of its own.
    (isOneNumber && declaredAnywhere(context).has(`${port}/${protocol}`)) ||
    (!isComplete && slipsOf(port, names).length === 0)
  ) {
    return undefined;
  }
  const byText = new Map(named.map((each) => [`${each.name}/${each.protocol} ${each.port}`, each]));
  return {
    destinations: workloads,
    declared: [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
  };
}

/** The pods that a rule lets somebody reach. */
export function destinationsOf(
  context: LintContext,
  policy: PolicyEntry,
  { direction, peers = [] }: DirectedRule,
): Destinations {
  const { survey } = context;
  const pods =
    direction === 'Ingress'
      ? [{ ...policy.rules.subject, kind: 'pods' as const }]
      : peers.flatMap((peer) => (peer.kind === 'pods' ? [peer] : []));
  const sets = direction === 'Ingress' ? [survey.selected(policy)] : pods.map((peer) => survey.meant(peer));
  const [first, ...others] = sets.map(({ possible }): WorkloadSet => possible);
  return {
    workloads: first === undefined ? [] : others.reduce((all, each) => all.or(each), first).list(),
    isComplete:
      peers.every(({ kind }) => direction === 'Ingress' || kind === 'pods') &&
      sets.every(({ sure, possible }) => possible.without(sure).isEmpty) &&
      pods.every((each) => isNaming(each.pods) && meansOnlyKnown(context, each)),
  };
}

/** Those of its pods included: a running one may have more. */
function portsOf({ ports, pods }: Workload): readonly ContainerPort[] {
  return [ports, ...pods.map((pod) => pod.ports ?? [])].flat();
}

const declaredAnywhere = oncePerContext(
  ({ cluster }: LintContext) =>
    new Set(
      cluster.workloads
        .flatMap((workload) => (workload.hostNetwork ? [] : portsOf(workload)))
        .flatMap(({ name, protocol }) => (name === undefined ? [] : `${name}/${protocol}`)),
    ),
);
