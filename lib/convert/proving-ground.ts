import { changeWords } from '../diff/change-words';
import type { ConnectionChange, OpenPorts } from '../diff/connection-change';
import { diffConnections } from '../diff/diff-connections';
import type { Cluster, PolicyEntry } from '../model/cluster';
import { remember } from '../model/collections';
import { withoutNeedlessName } from '../model/every-namespace';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import {
  type PolicyRules,
  type Section,
  sectionOf,
  type TrafficPeer,
  type TrafficRule,
} from '../model/policy-rules';
import { Reachability } from '../reachability/reachability';

/** What a policy says, seen so that a difference cannot hide behind something else. */
interface View {
  /** What is left of the rules of the direction. */
  readonly rules: (rules: readonly TrafficRule[]) => readonly TrafficRule[];
  /** Whether a policy stands beside it that denies all other connections of the direction. */
  readonly isBesideDenial: boolean;
}

const VIEWS: readonly View[] = [
  { rules: (rules) => rules, isBesideDenial: false },
  // Who allows everything isolates nobody, unless others do.
  { rules: (rules) => rules, isBesideDenial: true },
  // ICMP passes where a rule has no ports, and ports alone do not tell.
  { rules: (rules) => rules.filter(({ ports }) => ports === undefined), isBesideDenial: true },
];

const NOBODY: Cluster = {
  namespaces: [],
  workloads: [],
  nodes: [],
  services: [],
  ingresses: [],
  policies: [],
  unreadable: [],
};

/** A pod and a node, for connections between the two are in no difference. */
const NODE = 'node';
const PROBE = { namespace: 'default', name: 'probe' };
const WITH_NODE: Cluster = {
  ...NOBODY,
  namespaces: [{ name: PROBE.namespace, labels: {}, declared: true }],
  workloads: [{ kind: 'Pod', ...PROBE, labels: {}, ports: [], hostNetwork: false, pods: [] }],
  nodes: [{ name: NODE, labels: {}, addresses: ['192.0.2.1'] }],
};

const EVERY_POD = { namespaces: {}, pods: {}, at: ['spec', 'podSelector'] };

/**
 * Clusters in which a policy and its twins are compared, all of them on Cilium: the one that was read, and one of which
 * nothing is known, so that a twin that is right by accident is found out. Pods that no manifest tells of count in both.
 */
export class ProvingGround {
  private readonly grounds: readonly Reachability[];
  private readonly besideDenial = new Map<string, Reachability>();
  private readonly withNode = judged(WITH_NODE);

  /** @param cluster without policies it is the ground */
  public constructor(cluster: Cluster = NOBODY) {
    const { unjudged: _, ...known } = cluster;
    // What could not be read could be anything, and would hide differences.
    const here = { ...known, policies: [], unreadable: [] };
    this.grounds = cluster === NOBODY ? [judged(NOBODY)] : [judged(here), judged(NOBODY)];
  }

  /** A connection that the twins treat otherwise than the policy, or perhaps do; undefined if there is none. */
  public differenceBetween(
    policy: readonly PolicyRules[],
    twins: readonly PolicyRules[],
  ): string | undefined {
    for (const direction of POLICY_TYPES) {
      for (const [ground, open] of this.grounds.entries()) {
        for (const { rules, isBesideDenial } of VIEWS) {
          const base = isBesideDenial ? this.denying(`${ground} ${direction}`, open, direction) : open;
          const [before, after] = [policy, twins].map((parts) =>
            base.with({ put: parts.map((part, i) => entryOf(seen(part, direction, rules), i)) }),
          ) as [Reachability, Reachability];
          const changes = diffConnections(before, after);
          const change = changes.find(isOfWorkloads) ?? changes[0];
          if (change !== undefined) {
            return describe(change, before, after);
          }
        }
      }
      const difference = this.differenceForNodes(policy, twins, direction);
      if (difference !== undefined) {
        return difference;
      }
    }
    return undefined;
  }

  private denying(key: string, open: Reachability, direction: PolicyType): Reachability {
    return remember(this.besideDenial, key, () => {
      const denial = { isolates: true, rules: [], at: [] };
      return open.with({
        put: [entryOf({ subject: EVERY_POD, ...only(direction, denial), at: ['spec'] }, 'denial')],
      });
    });
  }

  private differenceForNodes(
    policy: readonly PolicyRules[],
    twins: readonly PolicyRules[],
    direction: PolicyType,
  ): string | undefined {
    const ends = [`node:${NODE}`, `${PROBE.namespace}/${PROBE.name}`] as const;
    const [from, to] = direction === 'Ingress' ? ends : [ends[1], ends[0]];
    const [before, after] = [policy, twins].map((parts) => {
      const put = parts.map((part, i) =>
        entryOf({ ...seen(part, direction, (rules) => rules), subject: EVERY_POD }, i),
      );
      const { ports, possiblePorts } = this.withNode.with({ put }).verdict({ from, to });
      return { allowed: ports, unknown: possiblePorts.without(ports) };
    }) as [OpenPorts, OpenPorts];
    return before.allowed.key === after.allowed.key && before.unknown.key === after.unknown.key
      ? undefined
      : `${direction === 'Ingress' ? 'from nodes to pods' : 'from pods to nodes'}: ${openText(before)} before, ${openText(after)} after`;
  }
}

function judged(cluster: Cluster): Reachability {
  return Reachability.of(cluster, { profile: { engine: 'cilium' } });
}

/** One direction of a policy, with a rule for each peer: however peers are put together, the same is in doubt. */
function seen(part: PolicyRules, direction: PolicyType, view: View['rules']): PolicyRules {
  const section = sectionOf(part, direction);
  const rules = view(section.rules).flatMap(
    (rule) => rule.peers?.map((peer) => ({ ...rule, peers: [normal(peer)] })) ?? [rule],
  );
  return { ...part, ...only(direction, { ...section, rules }) };
}

function normal(peer: TrafficPeer): TrafficPeer {
  return peer.kind === 'pods' ? { ...peer, namespaces: withoutNeedlessName(peer.namespaces) } : peer;
}

function only(direction: PolicyType, section: Section): Pick<PolicyRules, 'ingress' | 'egress'> {
  const silent: Section = { isolates: false, rules: [], at: [] };
  return direction === 'Ingress'
    ? { ingress: section, egress: silent }
    : { ingress: silent, egress: section };
}

/** Kinds do not matter here; names tell the parts apart. */
function entryOf(rules: PolicyRules, id: number | string): PolicyEntry {
  const named = { namespace: PROBE.namespace, name: `part-${id}` };
  const written = { apiVersion: 'v1', kind: 'NetworkPolicy', metadata: named };
  return { kind: written.kind, ...named, rules, written };
}

/** A person knows workloads best. */
function isOfWorkloads({ from, to }: ConnectionChange): boolean {
  return from.workloads !== undefined && to.workloads !== undefined;
}

function describe(change: ConnectionChange, before: Reachability, after: Reachability): string {
  const words = changeWords(before, after);
  return `from ${words.party(change.from)} to ${words.party(change.to)}: ${openText(change.before)} before, ${openText(change.after)} after`;
}

function openText({ allowed, unknown }: OpenPorts): string {
  return unknown.isEmpty ? `${allowed}` : `${allowed}, perhaps ${unknown}`;
}
