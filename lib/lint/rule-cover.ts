import type { PolicyEntry } from '../model/cluster';
import { remembered } from '../model/collections';
import { IpSet } from '../model/ip-set';
import type { TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { impliesSelector } from '../model/selector-match';
import type { Reading } from '../reachability/reading/hooks';
import type { JudgedPolicy, JudgedRule } from '../reachability/reading/judged-policy';
import { type PeerMatch, peerKey } from '../reachability/reading/read-peers';
import type { PortMatch } from '../reachability/reading/rule-ports';
import type { Bits } from '../reachability/sets/bits';
import { isElsewhere } from './peers-elsewhere';
import { areWiderNamespaces } from './wider-selection';

/** What opens, or shuts, all that a rule does. */
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
 * The rules among others, in their order, that open, or shut, all that a rule does. Ports must be covered by each of
 * them; peers may be covered by several together. What proxies filter is not looked at.
 *
 * @param today the units that there are
 */
export function coverOf<Place extends RuleOfPolicy>(
  { policy, rule }: RuleOfPolicy,
  others: readonly Place[],
  today: Bits,
): Cover<Place> | undefined {
  const usable = others.filter((other) => other.rule.action === rule.action && coversPorts(other.rule, rule));
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
    const isFixed = says !== undefined && !isElsewhere(policy.entry as PolicyEntry, says);
    const wider = isFixed ? usable.find((other) => holdsWider(other, peer, says)) : undefined;
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

function holdsWider({ policy, rule }: RuleOfPolicy, peer: Reading<PeerMatch>, says: TrafficPeer): boolean {
  return (rule.peers ?? []).some(({ by }, i) => {
    const wide = rule.says?.peers?.[i] as TrafficPeer;
    const areReadAlike = by.length === 0 ? peer.by.length === 0 : by.join() === peer.by.join();
    return (
      !isElsewhere(policy.entry as PolicyEntry, wide) &&
      ((areReadAlike && isWider(wide, says)) || peerKey(wide) === peerKey(says))
    );
  });
}

/** Whether everybody that one peer can ever mean is meant by the other. */
function isWider(wide: TrafficPeer, narrow: TrafficPeer): boolean {
  if (wide.kind !== 'pods' || narrow.kind !== 'pods') {
    return (
      (wide.kind === 'addresses' &&
        narrow.kind === 'addresses' &&
        IpSet.ofBlock(wide).covers(IpSet.ofBlock(narrow))) ||
      (wide.kind === 'entity' && wide.entity === 'all')
    );
  }
  return areWiderNamespaces(wide.namespaces, narrow.namespaces) && impliesSelector(narrow.pods, wide.pods);
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
  /** By number, on every destination. */
  readonly fixed: PortSet;
  /** The others, of which only the same entry opens as much. */
  readonly others: ReadonlySet<PortMatch>;
}

const portsOf = remembered((ports: readonly Reading<PortMatch>[]): RulePorts => {
  const isFixed = ({ by, specified: { fixed, named } }: Reading<PortMatch>) =>
    by.length === 0 && named === undefined && fixed.sure.key === fixed.possible.key;
  return {
    fixed: PortSet.union(ports.filter(isFixed).map(({ specified }) => specified.fixed.sure)),
    others: new Set(ports.filter((each) => !isFixed(each)).map(({ actual }) => actual)),
  };
});

function coversPorts(wide: JudgedRule, narrow: JudgedRule): boolean {
  if (wide.ports === undefined) {
    return true;
  }
  // A rule without any port is about messages of ICMP.
  if (narrow.ports === undefined || narrow.ports.length === 0) {
    return false;
  }
  const [all, some] = [portsOf(wide.ports), portsOf(narrow.ports)];
  return (
    [...some.others].every((each) => all.others.has(each)) &&
    (all.fixed.key === some.fixed.key || all.fixed.covers(some.fixed))
  );
}
