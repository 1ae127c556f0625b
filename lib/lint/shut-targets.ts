import type { Service, ServicePort, Workload } from '../model/cluster';
import { append, remember } from '../model/collections';
import type { TrafficPort } from '../model/policy-rules';
import { isOutward, targetOf } from '../model/service-pods';
import type { Target } from '../model/service-targets';
import { orTunnel } from './ambient';
import type { LintContext } from './context';
import { add, type EditFix, say, together, withMore, writeElsewhere } from './fix';
import type { GroupReach } from './group-reach';
import { portValue } from './kind-fixes';
import { openForOne, selectsThese } from './opening-fix';
import { portsPart } from './pieces';
import { isNpm } from './rule-engines';

/** A port of a workload that no policy opens, and the services that send there and that one fix mends. */
export interface ShutTarget extends Pick<Target, 'workload' | 'ports'> {
  /** Shared by all to which the same send. */
  readonly services: readonly Service[];
  readonly reach: GroupReach;
  readonly fix: EditFix;
}

/** The places of services among all that send to the same ports of the same pods, and are mended alike. */
type Alike = readonly number[];

/** One with the services so far. */
type Growing = Omit<ShutTarget, 'services'> & { readonly senders: Alike[] };

/** The ports that are shut. Where many services send to many workloads, those that one fix mends are one finding. */
export function shutTargets(context: LintContext): Iterable<ShutTarget> {
  const reaches = new Map<Workload, readonly GroupReach[]>();
  const namedBy = new Map<GroupReach, ReadonlySet<unknown>>();
  const found = new Map<
    Workload,
    { readonly byFix: Map<string, Growing>; readonly byPorts: Map<string, Growing> }
  >();
  const services = context.cluster.services.filter((service) => !isPartlyUnfiltered(service, context));
  for (const alike of alikeAmong(services, context)) {
    for (const target of context.targets.of(services[alike[0] as number] as Service)) {
      const { workload, ports } = target;
      const exchanged = remember(reaches, workload, () => reachesOf(workload, context));
      const [reach] = exchanged;
      if (reach === undefined || exchanged.some(({ opened }) => opened.overlaps(orTunnel(ports)))) {
        continue;
      }
      const named = remember(namedBy, reach, () => portsNamedBy(reach, context));
      const own = portsOfItsOwn(target).filter(({ port }) => named.has(port));
      const { byFix, byPorts } = remember(found, workload, () => ({ byFix: new Map(), byPorts: new Map() }));
      const { senders } = remember(byPorts, `${ports.key} ${own.map(({ port }) => port).join()}`, () => {
        const fix = fixOf(target, own, reach, context);
        const shut: Growing = { senders: [], workload, ports, reach, fix };
        return remember(byFix, `${ports.key} ${say(fix.yaml)}`, () => shut);
      });
      // They may send there from two ports of their own.
      if (senders.at(-1) !== alike) {
        senders.push(alike);
      }
    }
  }
  const together = new Map<string, readonly Service[]>();
  return [...found.values()].flatMap(({ byFix }) =>
    [...byFix.values()].map(({ senders, ...shut }) => ({
      ...shut,
      services: remember(together, senders.map(([first]) => first).join(), () =>
        senders
          .flat()
          .sort((a, b) => a - b)
          .map((place) => services[place] as Service),
      ),
    })),
  );
}

function alikeAmong(services: readonly Service[], { policies }: LintContext): Iterable<Alike> {
  const named = new Set(
    policies.flatMap(({ rules }) =>
      rules.ingress.rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port)),
    ),
  );
  const found = new Map<string, number[]>();
  for (const [place, { namespace, selector, ports }] of services.entries()) {
    // A port that no rule names is nobody's mistake, whatever its number.
    const sending = ports.map(({ port, targetPort = port, protocol }) => [
      targetPort,
      protocol,
      named.has(port) ? port : null,
    ]);
    append(found, JSON.stringify([namespace, selector, sending]), place);
  }
  return found.values();
}

/** What the workload's pods exchange, each with those that are treated alike. */
function reachesOf(workload: Workload, { facts }: LintContext): readonly GroupReach[] {
  return facts.reachesOf('Ingress', facts.setOf([workload]));
}

/** The ports that rules name for pods that are treated alike. */
function portsNamedBy({ policies }: GroupReach, context: LintContext): ReadonlySet<unknown> {
  const rules = policies.flatMap((policy) => context.allowing(policy, 'Ingress'));
  return new Set(rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port)));
}

/** The ports of a service that send to a target, unless the pods listen on these as well. */
function portsOfItsOwn({ service, workload, port, protocol }: Target): readonly ServicePort[] {
  return service.ports.filter(
    (each) =>
      each.protocol === protocol &&
      targetOf(each, workload.ports) === port &&
      !workload.ports.some((other) => other.port === each.port && other.protocol === protocol),
  );
}

/**
 * The likely mistake is a rule for the port of the service that sends there.
 *
 * @param own the ports of the service that send there, as far as rules name them
 */
function fixOf(
  { workload, port, protocol, ports }: Target,
  own: readonly ServicePort[],
  { policies }: GroupReach,
  context: LintContext,
): EditFix {
  const entries = policies.flatMap((policy) =>
    context
      .allowing(policy, 'Ingress')
      .flatMap((rule) => rule.ports ?? [])
      .filter((entry) => own.some((each) => isFor(entry, each)))
      .map((entry) => ({ policy, entry })),
  );
  return entries.length > 0
    ? together(
        ...entries.map(({ policy, entry: { at } }) =>
          // Other pods that the policy selects may listen on the port that the entry names.
          selectsThese(context, policy, context.facts.setOf([workload]))
            ? writeElsewhere(policy, [...at, 'port'], portValue(policy, port))
            : add(policy, at.slice(0, -1), { protocol, port: portValue(policy, port) }),
        ),
      )
    : withMore(
        openForOne(
          context,
          { policies, workload },
          {
            direction: 'Ingress',
            name: `allow-${workload.name}`,
            rule: { from: [{ podSelector: {} }], ...portsPart(ports) },
          },
        ),
        ', with whoever uses it as peers',
      );
}

/** Whether an entry of a rule names the port of a service. */
function isFor({ port, endPort, protocol }: TrafficPort, of: ServicePort): boolean {
  return port === of.port && endPort === undefined && protocol === of.protocol;
}

/** Whether Azure NPM lets some traffic of a service in unfiltered: what enters on the pod's own node. */
function isPartlyUnfiltered(service: Service, context: LintContext): boolean {
  return isNpm(context) && isOutward(service) && service.externalTrafficPolicy !== 'Local';
}
