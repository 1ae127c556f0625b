import { canonicalText } from '../model/canonical-text';
import { IpSet } from '../model/ip-set';
import { PodSet } from '../model/pod-set';
import type { PodSelection } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import type { Group } from '../reachability/judging/groups';
import type { HeldRule, Selection } from '../reachability/judging/selection';
import type { World } from '../reachability/judging/world';
import type { JudgedPolicy, JudgedRule } from '../reachability/reading/judged-policy';
import type { PeerMatch } from '../reachability/reading/read-peers';
import type { PortByName } from '../reachability/reading/rule-ports';
import type { Bits } from '../reachability/sets/bits';
import type { PortBounds } from '../reachability/sets/port-bounds';
import type { PortTable } from '../reachability/sets/units';
import type { DoubtPart } from './overlay';

/** Everybody whom one doubt may let through, and on which ports. */
interface Term {
  readonly units: Bits;
  readonly addresses: IpSet;
  readonly ports: PortSet;
}

/** The doubts of a group by their texts. */
export type DoubtTerms = ReadonlyMap<string, Term>;

/**
 * The doubts of a group. A doubt has the same text in two versions if the same is unknown there: both are then
 * decided together, whatever the truth is.
 *
 * @param toCells turns units of this version into cells
 * @param table the port table of the group's units
 * @param own marks doubts of this version only: a policy that nobody has read may say something else in the other
 *   version about `altered` cells, and about the group if it `isAltered`
 */
export function doubtTerms(
  world: World,
  { direction, isolated, selections }: Group,
  table: PortTable | undefined,
  toCells: (units: Bits) => Bits,
  { own, altered, isAltered }: { readonly own: string; readonly altered: Bits; readonly isAltered: boolean },
): DoubtTerms {
  const { everybody } = world.peers;
  const terms = new Map<string, Term>();
  const put = (text: string, units: Bits, addresses: IpSet, ports: PortSet) => {
    if (!ports.isEmpty && !(units.isEmpty && addresses.isEmpty)) {
      terms.set(text, { units, addresses, ports });
    }
  };
  for (const selection of selections.filter(({ holds }) => holds !== 'no')) {
    const hold = holdOf(selection, isAltered ? own : '');
    const isRead = selection.policy.entry !== undefined;
    const add = (text: string, { units, addresses }: Pick<Term, 'units' | 'addresses'>, ports: PortSet) => {
      const cells = toCells(units);
      put(text, cells, addresses, ports);
      if (!isRead) {
        put(`${text} ${own}`, cells.and(altered), IpSet.NONE, ports);
      }
    };
    if (mayIsolate(selection, isolated)) {
      add(`isolates ${hold}`, possibly(everybody), PortSet.ALL);
    }
    for (const { rule } of selection.rules) {
      const ports = portsOf(world, rule, direction === 'Ingress' ? table : undefined);
      for (const [i, peer] of (rule.peers ?? [{ actual: everybody, by: [] }]).entries()) {
        // Hosts are compared by themselves.
        if (rule.says?.peers?.[i]?.kind === 'name') {
          continue;
        }
        const text = `${hold} ${textOfPeer(selection.policy, rule, i)} ${peer.by}`;
        if (hold !== '') {
          add(text, possibly(peer.actual), ports.possible);
        } else {
          add(text, inDoubt(peer.actual), ports.possible);
          add(`${text} ports`, possibly(peer.actual), ports.possible.without(ports.sure));
        }
      }
    }
  }
  return terms;
}

/** A rule that is in doubt, and why; the same text if the same is unknown. */
export function textOfDoubt({ selection, rule }: HeldRule, own: string): string {
  const peers = (rule.peers ?? [{ by: [] }]).map(
    ({ by }, i) => `${textOfPeer(selection.policy, rule, i)} ${by}`,
  );
  return `${holdOf(selection, own)} ${peers}`;
}

/** The policies of which it is unknown whether they isolate; the same text if the same is unknown. */
export function textOfIsolation({ isolated, selections }: Group, own: string): string {
  const may = selections.filter((selection) => mayIsolate(selection, isolated));
  return may.map((selection) => holdOf(selection, own)).join();
}

/** One text of several doubts: of the same ones, however often and in which order rules raise them. */
export function textOfDoubts(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join();
}

/** Whether it matters that a policy may isolate. One that is not judged may deny what others allow, too. */
function mayIsolate({ policy, isolates }: Selection, isolated: Tristate): boolean {
  return isolates !== 'no' && (isolated === 'unknown' || policy.unjudged !== undefined);
}

/** The members whose doubts differ between two versions. */
export function compareDoubts(
  before: DoubtTerms,
  after: DoubtTerms,
): { readonly units: DoubtPart<Bits>[]; readonly addresses: DoubtPart<IpSet>[] } {
  const found: Term[] = [];
  for (const text of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(text), after.get(text)];
    if (was === undefined || is === undefined) {
      found.push((was ?? is) as Term);
    } else if (was.ports.key !== is.ports.key) {
      found.push(was, is);
    } else {
      const { ports } = was;
      const units = was.units.without(is.units).or(is.units.without(was.units));
      const addresses = was.addresses.without(is.addresses).or(is.addresses.without(was.addresses));
      found.push({ units, addresses, ports });
    }
  }
  return {
    units: found.map(({ units, ports }) => ({ set: units, ports })).filter(({ set }) => !set.isEmpty),
    addresses: found
      .map(({ addresses, ports }) => ({ set: addresses, ports }))
      .filter(({ set }) => !set.isEmpty),
  };
}

/** The reason for which a policy's hold on the units is in doubt; empty if it is not. */
function holdOf({ policy, holds }: Selection, own: string): string {
  if (holds === 'yes') {
    return '';
  }
  const { namespace, name, unreadable, unjudged, entry, scope, inForce } = policy;
  if (unjudged !== undefined) {
    const { kind, group, content } = unjudged;
    return `${kind}.${group} ${namespace}/${name} ${content} ${own}`;
  }
  return unreadable === undefined
    ? `${namespace}/ ${textOfPods(entry?.rules.subject)} ${scope.by} ${inForce.by}`
    : `${namespace}/${name} ${textOf(unreadable)} ${own}`;
}

function textOfPeer({ level }: JudgedPolicy, { action, says }: JudgedRule, peer: number): string {
  const meant = says?.peers?.[peer];
  const who = meant?.kind === 'pods' ? textOfPods(meant) : textOf(meant);
  return `${level.tier} ${level.priority} ${action} ${who} ${textOf(says?.ports)}`;
}

/** The same text for selectors that ask for the same. */
function textOfPods(pods: PodSelection = { namespaces: {}, pods: {} }): string {
  return PodSet.of(pods)?.key ?? 'nobody';
}

/** The fields that say where something stands. */
const PLACES = ['source', 'at', 'blockAt'];

/** The text without where it stands, because a file may move. */
function textOf(what: object = {}): string {
  return canonicalText(what, PLACES);
}

function portsOf(world: World, { ports }: JudgedRule, table: PortTable | undefined) {
  const { pool } = world;
  return ports === undefined
    ? pool.all
    : pool.union(ports, ({ actual }) =>
        actual.named === undefined || table !== undefined
          ? world.ports.openOn(actual, table)
          : anyOf(world, actual.named),
      );
}

/** Every port for which a name may stand on some destination. */
function anyOf({ pool }: World, { protocol, inDoubt: isInDoubt }: PortByName): PortBounds {
  const every = pool.exactly(PortSet.ofProtocol(protocol));
  return isInDoubt ? pool.inDoubt(every) : every;
}

function possibly({ units, addresses }: PeerMatch): Pick<Term, 'units' | 'addresses'> {
  return { units: units.possible, addresses: addresses.possible };
}

function inDoubt({ units, addresses }: PeerMatch): Pick<Term, 'units' | 'addresses'> {
  return {
    units: units.possible.without(units.sure),
    addresses: addresses.isExact ? IpSet.NONE : addresses.possible.without(addresses.sure),
  };
}
