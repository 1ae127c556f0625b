import { remembered } from '../model/collections';
import { IpSet } from '../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { impliesSelector, meets, requirementsOf } from '../model/selector-match';
import type { Reading } from '../reachability/reading/hooks';
import type { JudgedPolicy, JudgedRule } from '../reachability/reading/judged-policy';
import type { PeerMatch } from '../reachability/reading/read-peers';
import type { PortMatch } from '../reachability/reading/rule-ports';
import type { Bits } from '../reachability/sets/bits';

/** What opens all that a rule opens. */
export interface Cover<Place> {
  readonly by: readonly Place[];
  /** Whether the entries themselves say so, or only the pods that there are today. */
  readonly always: boolean;
}

interface RuleOfPolicy {
  readonly policy: JudgedPolicy;
  readonly rule: JudgedRule;
}

/**
 * The rules among others, in their order, that open all that a rule opens. Ports must be covered by each of them;
 * peers may be covered by several together.
 *
 * @param today the units that there are
 */
export function coverOf<Place extends RuleOfPolicy>(
  rule: JudgedRule,
  others: readonly Place[],
  today: Bits,
): Cover<Place> | undefined {
  const usable = others.filter((other) => coversPorts(other.rule, rule));
  const everybody = usable.find(({ rule: { peers } }) => peers === undefined);
  if (everybody !== undefined) {
    return { by: [everybody], always: true };
  }
  if (usable.length === 0 || rule.peers === undefined) {
    return undefined;
  }
  const by = new Set<Place>();
  let always = true;
  for (const [i, peer] of rule.peers.entries()) {
    const says = rule.says?.peers?.[i];
    const wider = usable.find((other) => says !== undefined && holdsWider(other, peer, says));
    const covers = wider === undefined ? coverToday(peer, usable, today) : [wider];
    if (covers === undefined) {
      return undefined;
    }
    always &&= wider !== undefined;
    for (const place of covers) {
      by.add(place);
    }
  }
  return { by: others.filter((place) => by.has(place)), always };
}

function holdsWider({ rule }: RuleOfPolicy, peer: Reading<PeerMatch>, says: TrafficPeer): boolean {
  return (rule.peers ?? []).some(
    ({ by }, i) =>
      (by.length === 0 ? peer.by.length === 0 : by.join() === peer.by.join()) &&
      isWider(rule.says?.peers?.[i] as TrafficPeer, says),
  );
}

/** Whether everybody that one peer can ever mean is meant by the other. */
function isWider(wide: TrafficPeer, narrow: TrafficPeer): boolean {
  if (wide.kind !== 'pods' || narrow.kind !== 'pods') {
    return (
      (wide.kind === 'addresses' &&
        narrow.kind === 'addresses' &&
        IpSet.ofBlock(wide).covers(IpSet.ofBlock(narrow))) ||
      (wide.kind === 'entity' && narrow.kind === 'entity' && wide.entity === narrow.entity)
    );
  }
  const there = wide.namespaces;
  const here = narrow.namespaces;
  const isWiderPlace =
    typeof there === 'string'
      ? here === there
      : typeof here !== 'string'
        ? impliesSelector(here, there)
        : requirementsOf(there).every((each) => each.key === NAMESPACE_NAME_LABEL && meets(each, here));
  return isWiderPlace && impliesSelector(narrow.pods, wide.pods);
}

/** The places that together mean everybody whom a peer means today; undefined when it means nobody yet. */
function coverToday<Place extends RuleOfPolicy>(
  { specified, by }: Reading<PeerMatch>,
  usable: readonly Place[],
  today: Bits,
): Place[] | undefined {
  let units = specified.units.possible.and(today);
  let addresses = specified.addresses.possible;
  let nodes = specified.nodes.possible;
  if (units.isEmpty || by.length > 0) {
    return undefined;
  }
  const found: Place[] = [];
  for (const place of usable) {
    for (const peer of (place.rule.peers ?? []).filter((each) => each.by.length === 0)) {
      const covers = peer.specified;
      if (covers.units.sure.overlaps(units) || covers.addresses.sure.overlaps(addresses)) {
        units = units.without(covers.units.sure);
        addresses = addresses.without(covers.addresses.sure);
        nodes = nodes.without(covers.nodes.sure);
        found.push(place);
      }
    }
  }
  return units.isEmpty && addresses.isEmpty && nodes.isEmpty ? [...new Set(found)] : undefined;
}

interface RulePorts {
  readonly fixed: PortSet;
  readonly named: readonly string[];
  readonly by: string;
}

/** What a rule's ports open by the specification; undefined for every port. */
function portsOf({ ports }: JudgedRule): RulePorts | undefined {
  return ports === undefined ? undefined : openedBy(ports);
}

const openedBy = remembered(
  (ports: readonly Reading<PortMatch>[]): RulePorts => ({
    fixed: PortSet.union(ports.map(({ specified }) => specified.fixed.possible)),
    named: ports.flatMap(({ specified: { named } }) =>
      named === undefined ? [] : [`${named.name}/${named.protocol}`],
    ),
    by: ports.flatMap(({ by }) => by).join(),
  }),
);

function coversPorts(wide: JudgedRule, narrow: JudgedRule): boolean {
  const all = portsOf(wide);
  if (all === undefined) {
    return true;
  }
  const some = portsOf(narrow);
  return (
    some !== undefined &&
    all.by === some.by &&
    some.named.every((name) => all.named.includes(name)) &&
    (all.fixed.key === some.fixed.key || all.fixed.covers(some.fixed))
  );
}
