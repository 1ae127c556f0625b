import type { DepartureId } from '../aks/engine-departures';
import { type ContainerPort, type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import { remember } from '../model/collections';
import { defined } from '../model/defined';
import type { AddressRange } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import { type TrafficPort, typesOf } from '../model/policy-rules';
import { describePort } from '../model/policy-text';
import type { Outcome, Question } from '../reachability/answers/verdict';
import type { Outcomes, Reachability } from '../reachability/reachability';
import { factsOf } from './cluster-facts';
import type { DepartureEffect, PartDeparture } from './policy-departures';
import { endIn, firstPorts } from './words';

/** What the profile's engine makes of policies, beside what the specification says of them. */
export class EngineDifferences {
  /** The departures that a rule has spoken of; complete when the rule about all others runs. */
  public readonly told = new Set<PartDeparture>();
  private readonly byPolicy = new Map<PolicyEntry, readonly PartDeparture[]>();

  public constructor(
    /** By the engine. */
    public readonly actual: Reachability,
  ) {}

  /** The same cluster by the specification. */
  public get specified(): Outcomes {
    return this.actual.bySpecification;
  }

  /** The parts of a policy that the engine reads otherwise. */
  public of(policy: PolicyEntry): readonly PartDeparture[] {
    return remember(this.byPolicy, policy, () => factsOf(this.actual).departures(policy));
  }

  /** Those of them that one of these departures explains. */
  public by(policy: PolicyEntry, ...ids: readonly DepartureId[]): PartDeparture[] {
    if (ids.every((id) => factsOf(this.actual).does(id) === 'no')) {
      return [];
    }
    const all = this.of(policy);
    return all.length === 0 ? [] : all.filter(({ by }) => by.some((id) => ids.includes(id)));
  }

  /** A connection that is otherwise because of it, if one is found among a few. */
  public change(policy: PolicyEntry, departure: PartDeparture): Changed | undefined {
    return findChange(this, policy, departure);
  }

  /** The same, as a part of a finding. */
  public witness(policy: PolicyEntry, departure: PartDeparture): { readonly witness?: string } {
    return defined({ witness: this.change(policy, departure)?.text });
  }
}

/** A connection on which the engine and the specification disagree. */
export interface Changed {
  readonly from: string;
  readonly to: string;
  readonly specified: Outcome;
  readonly actual: Outcome;
  /** Whether both ends are workloads, and the destination declares a port that was asked for. */
  readonly isBetweenPods: boolean;
  /** `shop/web → shop/db 5432/TCP is denied, where the specification says allowed` */
  readonly text: string;
}

interface OtherEnd {
  readonly text: string;
  readonly workload?: Workload;
}

/**
 * So many ends are tried on either side, so that a departure costs little where it changes nothing. What an entry
 * of `ports` opens is the same for every pod that the policy selects.
 */
const SELVES = { policy: 2, scope: 2, section: 2, peer: 2, port: 1 };
const OTHERS = 3;

/** A connection that is otherwise because of a departure, if one is found among a few. */
function findChange(
  judges: EngineDifferences,
  policy: PolicyEntry,
  departure: PartDeparture,
): Changed | undefined {
  const { part, direction, rule, port } = departure;
  const ports = port === undefined ? (rule?.ports ?? []) : [port];
  const effect = departure.effect();
  const isHeld = part === 'scope' || part === 'policy';
  const selves = (isHeld ? effect.concerned : factsOf(judges.actual).selected(policy).sure).first(
    SELVES[part],
  );
  for (const way of direction === undefined ? typesOf(policy.rules) : [direction]) {
    for (const self of selves) {
      for (const other of othersOf(judges, part, effect, self)) {
        const found = compare(judges, way, self, other, ports, effect);
        if (found !== undefined) {
          return found;
        }
      }
    }
  }
  return undefined;
}

/** Ends of connections that a departure may change, those first that a reader knows best. */
function othersOf(
  judges: EngineDifferences,
  part: PartDeparture['part'],
  { concerned, addresses, nodes, ports }: DepartureEffect,
  self: Workload,
): OtherEnd[] {
  const isAnybody = part === 'scope' || part === 'policy';
  const workloads = isAnybody ? factsOf(judges.actual).everybody : concerned;
  // Where only the name of a port is read otherwise, nothing changes for addresses.
  const isOfPods = part === 'port' && ports.isEmpty;
  const outside = isAnybody ? ['internet'] : isOfPods ? [] : addressText(addresses.intervals());
  return [
    ...outside.map((text) => ({ text })),
    ...workloads
      .first(OTHERS + 1)
      .filter((workload) => workload !== self)
      .map((workload) => ({ text: qualifiedName(workload), workload })),
    ...factsOf(judges.actual)
      .nodesIn(nodes, OTHERS)
      .map((name) => ({ text: `node:${name}` })),
  ];
}

/** Ends in some ranges: the internet, where the first of them is wide, and that one. */
function addressText([first]: readonly AddressRange[]): string[] {
  if (first === undefined) {
    return [];
  }
  const isWide = first.prefixLength === undefined || first.prefixLength === 0;
  return isWide ? ['internet', endIn(first)] : [endIn(first)];
}

function compare(
  { specified, actual }: EngineDifferences,
  direction: PolicyType,
  self: Workload,
  other: OtherEnd,
  ports: readonly TrafficPort[],
  effect: DepartureEffect,
): Changed | undefined {
  const own = qualifiedName(self);
  const [from, to] = direction === 'Egress' ? [own, other.text] : [other.text, own];
  const destination = direction === 'Egress' ? other.workload : self;
  const declared = declaredPorts(destination, ports);
  for (const port of portsToAsk(declared, ports, effect)) {
    const question: Question = { from, to, ...defined({ port }) };
    const [before, after] = [specified.outcome(question), actual.outcome(question)];
    if (before !== after && before !== 'unknown') {
      const on = port === undefined ? '' : ` ${port}`;
      const text = `${from} → ${to}${on} is ${after}, where the specification says ${before}`;
      const isBetweenPods = other.workload !== undefined && declared.includes(port ?? '');
      return { from, to, specified: before, actual: after, text, isBetweenPods };
    }
  }
  return undefined;
}

/** The first ports that a workload declares and a rule opens. */
function declaredPorts(destination: Workload | undefined, ports: readonly TrafficPort[]): string[] {
  return (destination?.ports ?? [])
    .filter((port) => ports.length === 0 || ports.some((entry) => isOpened(entry, port)))
    .slice(0, 2)
    .map(({ port, protocol }) => `${port}/${protocol}`);
}

/** The ports that change; else those that are declared, or the first that the rule opens. */
function portsToAsk(
  declared: readonly string[],
  [first]: readonly TrafficPort[],
  { ports: changed }: DepartureEffect,
): readonly (string | undefined)[] {
  if (!changed.isEmpty) {
    return [firstPorts(changed)];
  }
  if (declared.length > 0) {
    return declared;
  }
  return typeof first?.port === 'string' ? [] : [first && describePort(first)];
}

/** Whether an entry of `ports` opens a port that a container declares. */
export function isOpened({ port, endPort, protocol }: TrafficPort, declared: ContainerPort): boolean {
  return (
    protocol === declared.protocol &&
    (port === undefined ||
      (typeof port === 'string'
        ? port === declared.name
        : port <= declared.port && declared.port <= (endPort ?? port)))
  );
}
