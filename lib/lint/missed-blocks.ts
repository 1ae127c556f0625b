import { isPrivate, readCidr } from '../model/cidr';
import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import { remember } from '../model/collections';
import { defined } from '../model/defined';
import { type FieldPath, fieldText, liesIn } from '../model/field-path';
import { IpSet, positionOf } from '../model/ip-set';
import { type LintContext, oncePerContext } from './context';
import type { Changed } from './engine-differences';
import { add, type EditFix, write } from './fix';
import { ipBlocksOf, podRange, podsByAddress } from './ip-blocks';
import type { PartDeparture } from './policy-departures';

/** An IP block that is to reach pods or nodes, none of which it matches on Cilium. */
export interface MissedBlock {
  readonly policy: PolicyEntry;
  readonly cidr: string;
  /** `spec.egress[0].to[0].ipBlock.cidr` */
  readonly field: FieldPath;
  /** Whether it lies where pods or nodes are, so that they must be meant. */
  readonly isInside: boolean;
  /** What to write in its place or beside it; left out where nodes may be meant, or nobody knows which pods. */
  readonly fix?: EditFix;
  /** Left out for a policy of Cilium's own kinds, of which no specification tells. */
  readonly departure?: PartDeparture;
  readonly change: Changed | undefined;
}

/** Every pod, as a peer. */
const EVERY_POD = { namespaceSelector: {} };

/** Those of the whole cluster; none on an engine that matches pods by address. */
export const missedBlocks = oncePerContext((context: LintContext): readonly MissedBlock[] => {
  const { cluster, differences, profile } = context;
  const { nodeCidrs = [], engine } = profile;
  const pods = podRange(context);
  // A subnet of nodes may hold other things, but a block that is just this subnet means the nodes. Whether Cilium of
  // your own lets IP blocks match nodes depends on a setting.
  const subnets = engine === 'cilium' ? nodeCidrs.map((each) => IpSet.ofCidrs([each]).key) : [];
  const hasRanges = !pods.isEmpty || subnets.length > 0;
  const found: MissedBlock[] = [];
  for (const policy of cluster.policies) {
    for (const departure of differences.by(policy, 'ip-block-never-pods', 'ip-block-never-nodes')) {
      const { peer } = departure;
      if (peer?.kind !== 'addresses') {
        continue;
      }
      const change = differences.change(policy, departure);
      const isCutOff = change !== undefined && change.specified !== 'denied' && change.actual === 'denied';
      const mayBeRange = hasRanges && change === undefined && isNobodyKnown(context, departure);
      const cidr = isCutOff || mayBeRange ? readCidr(peer.cidr) : undefined;
      if (cidr === undefined) {
        continue;
      }
      // One address that is cut off is that of a known pod or node.
      const isOne = isCutOff && cidr.first === cidr.last;
      const block = IpSet.ofBlock(peer);
      const isRange = !block.isEmpty && (pods.covers(block) || subnets.includes(block.key));
      const isInside = isOne || isRange;
      const isMeant = isInside || isPrivate(cidr) || change?.isBetweenPods;
      if (isCutOff ? isMeant : isRange) {
        const field = [...peer.blockAt, 'cidr'];
        const isEgress = liesIn(peer.at, policy.rules.egress.at);
        const fix = !isInside
          ? // To let every pod in is for a person to choose.
            isEgress
            ? add(policy, peer.at.slice(0, -1), EVERY_POD)
            : undefined
          : !pods.isEmpty && block.covers(pods)
            ? write(policy, peer.at, EVERY_POD)
            : undefined;
        found.push({ policy, cidr: peer.cidr, field, isInside, ...defined({ fix }), departure, change });
      }
    }
  }
  return [...found, ...missedByCilium(context, subnets)];
});

/** Those of Cilium's own kinds: only a block in which nothing but pods or nodes lies must mean them. */
function missedByCilium(context: LintContext, subnets: readonly string[]): readonly MissedBlock[] {
  const pods = podRange(context);
  const nodes = new Set(context.cluster.nodes.flatMap(({ addresses }) => addresses.flatMap(positionOf)));
  return context.policies.filter(isCiliumKind).flatMap((policy) =>
    ipBlocksOf(context, policy).flatMap(({ peer, cidrAt: field, range }) => {
      const block = IpSet.ofBlock(peer);
      const [first] = block.boundaries;
      const isOne =
        range !== undefined &&
        range.first === range.last &&
        first !== undefined &&
        (podsByAddress(context).has(first) || nodes.has(first));
      const isInside = isOne || (!block.isEmpty && (pods.covers(block) || subnets.includes(block.key)));
      return isInside ? [{ policy, cidr: peer.cidr, field, isInside, change: undefined }] : [];
    }),
  );
}

const fields = oncePerContext((context: LintContext) => {
  const byPolicy = new Map<PolicyEntry, Set<string>>();
  for (const { policy, field } of missedBlocks(context)) {
    remember(byPolicy, policy, () => new Set<string>()).add(fieldText(field));
  }
  return byPolicy;
});

/** Whether the block at a field is one of them, of which only the rule about them speaks. */
export function isMissedBlock(context: LintContext, policy: PolicyEntry, field: FieldPath): boolean {
  return fields(context).get(policy)?.has(fieldText(field)) ?? false;
}

/** Whether nothing is known of the cluster that could show what the block is to reach. */
function isNobodyKnown({ facts }: LintContext, departure: PartDeparture): boolean {
  const { concerned, nodes } = departure.effect();
  return concerned.declared.isEmpty && facts.nodesIn(nodes, 1).length === 0;
}
