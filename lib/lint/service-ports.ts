import type { PolicyEntry, Service, Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { Protocol } from '../model/network-policy';
import type { DirectedRule, TrafficPort } from '../model/policy-rules';
import { isBehind, targetOf } from '../model/service-pods';
import type { WorkloadSet } from '../reachability/sets/workload-set';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import { type EditFix, instead, write } from './fix';
import { portValue } from './kind-fixes';

/** A port of a service whose pods listen on another one, and the workloads behind the service. */
interface TranslatedPort {
  readonly service: Service;
  readonly behind: WorkloadSet;
}

/** The services whose port a rule names by mistake, and the ports on which their pods listen, ascending. */
export interface ServicePortSlip {
  readonly services: readonly Service[];
  readonly targets: readonly number[];
}

/** By number and protocol, such as `80/TCP`: the services whose pods listen on another port than they do. */
const translatedPorts = oncePerContext(({ cluster, facts }: LintContext) => {
  const found = new Map<string, TranslatedPort[]>();
  for (const service of cluster.services) {
    for (const { port, protocol, targetPort = port } of service.ports) {
      // Without a selector the endpoints are kept by hand, and an empty one selects nothing.
      if (targetPort !== port && Object.keys(service.selector ?? {}).length > 0) {
        const behind = facts.matching({
          namespaces: service.namespace,
          pods: { matchLabels: service.selector ?? {} },
        }).sure;
        append(found, `${port}/${protocol}`, { service, behind });
      }
    }
  }
  return found;
});

/**
 * Judges an entry of a rule's ports. It is a slip when every workload that it concerns stands behind a service
 * with this port and listens on another.
 */
export function servicePortSlip(
  context: LintContext,
  policy: PolicyEntry,
  rule: DirectedRule,
  { port, protocol, endPort }: TrafficPort,
): ServicePortSlip | undefined {
  const candidates = endPort === undefined ? (translatedPorts(context).get(`${port}/${protocol}`) ?? []) : [];
  const concerned = candidates.length === 0 ? undefined : workloadsConcerned(context, policy, rule);
  const translated = candidates.filter(({ behind }) => concerned?.overlaps(behind));
  const [first, ...others] = translated;
  if (typeof port !== 'number' || concerned === undefined || first === undefined) {
    return undefined;
  }
  const behind = others.reduce((all, each) => all.or(each.behind), first.behind);
  if (!concerned.without(behind).isEmpty) {
    return undefined;
  }
  const targets = concerned.list().flatMap((workload) => targetsOn(context, workload, port, protocol));
  const isOpened = (target: number | undefined) =>
    target === undefined ||
    target === port ||
    rule.ports?.some((each) => opens(each, target, protocol)) === true;
  return targets.some(isOpened)
    ? undefined
    : {
        services: [...new Set(translated.map(({ service }) => service))],
        targets: [...new Set(targets as number[])].sort((a, b) => a - b),
      };
}

/** What to write in place of a service's port: the ports of its pods, each of which may listen on another one. */
export function portsInstead(
  policy: PolicyEntry,
  { at, protocol }: TrafficPort,
  targets: readonly number[],
): EditFix {
  const [port, second] = targets;
  return second === undefined
    ? write(policy, [...at, 'port'], portValue(policy, port))
    : instead(
        policy,
        at,
        targets.map((each) => ({ protocol, port: portValue(policy, each) })),
      );
}

/** The ports on which a workload listens behind a service's port, and that port where it listens there; undefined: not known. */
function targetsOn(
  context: LintContext,
  workload: Workload,
  number: number,
  protocol: Protocol,
): (number | undefined)[] {
  const isHere = (each: { readonly port: number; readonly protocol: Protocol }) =>
    each.port === number && each.protocol === protocol;
  const services = context.servicesIn(workload.namespace).filter((each) => isBehind(each, workload));
  const targets = services.flatMap(({ ports }) =>
    ports.flatMap((port) => {
      const target = targetOf(port, workload.ports);
      return isHere(port) || (target === number && port.protocol === protocol) ? [target] : [];
    }),
  );
  return workload.ports.some(isHere) ? [...targets, number] : targets;
}

function opens({ protocol, port, endPort }: TrafficPort, target: number, of: Protocol): boolean {
  // A name may stand for the target.
  const isOpen = typeof port !== 'number' || (target >= port && target <= (endPort ?? port));
  return protocol === of && isOpen;
}

/** The destinations of a rule; undefined when some of them are no known pods. */
function workloadsConcerned(
  { facts }: LintContext,
  policy: PolicyEntry,
  { direction, peers }: DirectedRule,
): WorkloadSet | undefined {
  if (direction === 'Egress' && (peers === undefined || peers.some(({ kind }) => kind !== 'pods'))) {
    return undefined;
  }
  const sets =
    direction === 'Ingress' ? [facts.selected(policy)] : (peers ?? []).map((peer) => facts.meant(peer));
  return sets.every(({ sure, possible }) => possible.without(sure).isEmpty)
    ? sets.map(({ sure }) => sure).reduce((a, b) => a.or(b), facts.setOf([]))
    : undefined;
}
