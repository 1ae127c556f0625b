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

/** Whom one thing that is not known may let through, and on which ports. */
interface Term {
  readonly units: Bits;
  readonly addresses: IpSet;
  readonly ports: PortSet;
}

/** Everything in a group that is in doubt, by its text. */
export type DoubtTerms = ReadonlyMap<string, Term>;

/**
 * Everything in a group that is in doubt, by a text that is the same in two versions when the same is not known
 * there: two doubts with one text are decided together, whatever the truth is.
 *
 * @param toCells turns units of this version into cells
 * @param table of the units of the group
 * @param own stands for what only this version knows: of somebody who looks otherwise in the other, and of `altered`
 *   cells, a policy that nobody has read may say another thing there
 * @param isAltered whether the units of the group look otherwise in the other version
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

/** What a rule says that is in doubt, and why it is; the same text where the same is not known. */
export function textOfDoubt({ selection, rule }: HeldRule, own: string): string {
  const peers = (rule.peers ?? [{ by: [] }]).map(
    ({ by }, i) => `${textOfPeer(selection.policy, rule, i)} ${by}`,
  );
  return `${holdOf(selection, own)} ${peers}`;
}

/** What some policies, of which it is not known whether they isolate, say of whom they hold. */
export function textOfIsolation({ isolated, selections }: Group, own: string): string {
  const may = selections.filter((selection) => mayIsolate(selection, isolated));
  return may.map((selection) => holdOf(selection, own)).join();
}

/** Whether it matters that a policy may isolate; one that is not judged may deny what others allow, too. */
function mayIsolate({ policy, isolates }: Selection, isolated: Tristate): boolean {
  return isolates !== 'no' && (isolated === 'unknown' || policy.unjudged !== undefined);
}

/** Where the doubts of two versions are not the same. */
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

/** What a policy's hold on the units depends on; empty when it holds them for sure. */
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

/** By what selectors ask for, however they are written. */
function textOfPods(pods: PodSelection = { namespaces: {}, pods: {} }): string {
  return PodSet.of(pods)?.key ?? 'nobody';
}

/** Where something stands, in a file or in its object. */
const PLACES = ['source', 'at', 'blockAt'];

/** The text without the place it stands at, because a file that moved is the same. */
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

/** Every number that a name may stand for on some destination. */
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
