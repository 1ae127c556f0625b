import { formatCidr, readCidr } from '../model/cidr';
import type { PolicyEntry, Workload } from '../model/cluster';
import { remember } from '../model/collections';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { sectionOf, type TrafficPort, type TrafficRule } from '../model/policy-rules';
import type { LintContext } from './context';

/**
 * How many entries Cilium needs at least for the policies of a pod: each range of addresses is an identity of its own, and
 * takes an entry for each of its ports. What pods and names of hosts need comes on top.
 */

/** A range of ports of one range of addresses, as text: `6 80 80`; `*` for every port. */
type Keys = Map<string, Set<string>>;

const EVERY_PORT = '*';

/** The workloads whose policies need more entries than fit, with the number that they need at least. */
export function overflowing(context: LintContext, most: number): ReadonlyMap<Workload, Overflow> {
  const byDirection = POLICY_TYPES.map((direction) => entriesByWorkload(context, direction, most));
  const found = new Map<Workload, Overflow>();
  for (const workload of new Set(byDirection.flatMap((each) => [...each.keys()]))) {
    const needs = byDirection.flatMap((each) => each.get(workload) ?? []);
    const entries = needs.reduce((sum, each) => sum + countOf(each.keys), 0);
    const [largest] = needs.sort((a, b) => b.size - a.size);
    if (entries > most && largest !== undefined) {
      found.set(workload, { entries, policy: largest.policy });
    }
  }
  return found;
}

export interface Overflow {
  readonly entries: number;
  /** The policy that needs the most of them. */
  readonly policy: PolicyEntry;
}

interface Need {
  readonly keys: Keys;
  readonly policy: PolicyEntry;
  readonly size: number;
}

function entriesByWorkload(
  context: LintContext,
  direction: PolicyType,
  most: number,
): ReadonlyMap<Workload, Need> {
  const found = new Map<Workload, Need>();
  const sizes = context.policies.map((policy) => sizeOf(policy, direction));
  if (sizes.reduce((sum, each) => sum + each, 0) * 2 <= most) {
    return found;
  }
  for (const [i, policy] of context.policies.entries()) {
    const size = sizes[i] as number;
    for (const workload of size === 0 ? [] : context.facts.held(policy).list()) {
      const known = remember(found, workload, (): Need => ({ keys: new Map(), policy, size }));
      add(known.keys, policy, direction);
      if (size > known.size) {
        found.set(workload, { ...known, policy, size });
      }
    }
  }
  // One rule for everybody, or a denial, may spare entries of others.
  for (const [workload] of found) {
    const reaches = context.facts.reachesOf(direction, context.facts.setOf([workload]));
    const rules = reaches
      .flatMap(({ policies }) => policies)
      .flatMap(({ rules: all }) => sectionOf(all, direction).rules);
    if (rules.some(maySpare)) {
      found.delete(workload);
    }
  }
  return found;
}

function maySpare({ action, peers }: TrafficRule): boolean {
  return action !== 'allow' || peers === undefined || peers.some(({ kind }) => kind === 'entity');
}

/** No more than so many. */
function sizeOf({ rules }: PolicyEntry, direction: PolicyType): number {
  return sectionOf(rules, direction).rules.reduce(
    (sum, { peers = [], ports }) =>
      sum + peers.filter(({ kind }) => kind === 'addresses').length * Math.max(ports?.length ?? 1, 1),
    0,
  );
}

function add(keys: Keys, { rules }: PolicyEntry, direction: PolicyType): void {
  for (const { peers = [], ports } of sectionOf(rules, direction).rules) {
    const texts = ports === undefined ? [EVERY_PORT] : ports.flatMap(textOf);
    for (const peer of peers) {
      const cidr = peer.kind === 'addresses' ? readCidr(peer.cidr) : undefined;
      if (cidr !== undefined) {
        const of = remember(keys, formatCidr(cidr), () => new Set<string>());
        for (const text of texts) {
          of.add(text);
        }
      }
    }
  }
}

/** A name may stand for no number, and a range may hold other ports. SCTP is off on AKS. */
function textOf({ protocol, port, endPort }: TrafficPort): readonly string[] {
  if (typeof port === 'string' || protocol === 'SCTP') {
    return [];
  }
  return [port === undefined || (endPort ?? port) !== port ? EVERY_PORT : `${protocol} ${port}`];
}

/** Every port of a range takes one entry, and those of single ports are then spared. */
function countOf(keys: Keys): number {
  return [...keys.values()].reduce((sum, texts) => sum + (texts.has(EVERY_PORT) ? 1 : texts.size), 0);
}
