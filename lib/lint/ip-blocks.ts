import { type Cidr, readCidr } from '../model/cidr';
import type { Pod, PolicyEntry, Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { FieldPath } from '../model/field-path';
import { type AddressPosition, IpSet, positionOf } from '../model/ip-set';
import type { PolicyType } from '../model/network-policy';
import type { AddressPeer } from '../model/policy-rules';
import { type LintContext, oncePerContext } from './context';
import type { GroupReach } from './group-reach';
import { isOfGroup } from './peers-elsewhere';

/** An IP block of a rule. */
export interface RuleBlock {
  readonly direction: PolicyType;
  readonly peer: AddressPeer;
  readonly cidrAt: FieldPath;
  /** What its `cidr` says; undefined for what cannot be read. */
  readonly range: Cidr | undefined;
}

const blocks = oncePerContext((context: LintContext) => {
  const found = new Map<PolicyEntry, RuleBlock[]>();
  for (const policy of context.policies) {
    for (const { direction, peers = [] } of context.rulesOf(policy)) {
      for (const peer of peers) {
        if (peer.kind === 'addresses') {
          const cidrAt = cidrField(peer);
          append(found, policy, { direction, peer, cidrAt, range: readCidr(peer.cidr) });
        }
      }
    }
  }
  return found;
});

/** The field of its CIDR. In a list of Cilium's own kinds it may be the entry itself. */
export function cidrField({ blockAt }: AddressPeer): FieldPath {
  return isPlain(blockAt) ? blockAt : [...blockAt, 'cidr'];
}

/** Whether a block can have exceptions of its own. */
export function hasExceptions(policy: PolicyEntry, { blockAt }: AddressPeer): boolean {
  return !isPlain(blockAt) && !isOfGroup(policy, blockAt);
}

function isPlain(blockAt: FieldPath): boolean {
  const list = blockAt.at(-2);
  return list === 'fromCIDR' || list === 'toCIDR';
}

/** The IP blocks of a policy. */
export function ipBlocksOf(context: LintContext, policy: PolicyEntry): readonly RuleBlock[] {
  return blocks(context).get(policy) ?? [];
}

/** A CIDR of an IP block, or of one of its exceptions. */
export interface WrittenCidr {
  readonly text: string;
  /** `spec.ingress[0].from[0].ipBlock.except[1]` */
  readonly field: FieldPath;
  /** The block that it is, or whose exception. */
  readonly block: string;
}

/** The CIDRs that a policy has written, in their order. */
export function cidrsOf(context: LintContext, policy: PolicyEntry): readonly WrittenCidr[] {
  return ipBlocksOf(context, policy).flatMap(({ peer: { cidr, except, blockAt }, cidrAt }) => [
    { text: cidr, field: cidrAt, block: cidr },
    ...except.map((text, i) => ({ text, field: [...blockAt, 'except', i], block: cidr })),
  ]);
}

/** The ranges that pods' addresses come from, as far as they are known. */
export const podRange = oncePerContext(({ profile, cluster }: LintContext) =>
  IpSet.ofCidrs(profile.podCidrs ?? cluster.nodes.flatMap(({ podCidrs }) => podCidrs ?? [])),
);

/** The addresses of nodes, as far as they are known: in some clusters they lie between those of pods. */
export const nodeRange = oncePerContext(({ profile, cluster }: LintContext) =>
  IpSet.ofCidrs(profile.nodeCidrs ?? []).or(setOf(cluster.nodes.flatMap(({ addresses }) => addresses))),
);

/** The addresses on which pods reach the API server, as far as they are known. */
export const apiServerRange = oncePerContext(({ profile }: LintContext) =>
  setOf(profile.apiServerAddresses ?? []),
);

function setOf(addresses: readonly string[]): IpSet {
  return IpSet.union(addresses.flatMap((each) => IpSet.ofAddress(each) ?? []));
}

/** The addresses of services. */
export const serviceAddresses = oncePerContext(
  ({ cluster }: LintContext) =>
    new Map(
      cluster.services.flatMap((service) =>
        service.addresses.flatMap((address) => {
          const position = positionOf(address);
          return position === undefined ? [] : [[position, service] as const];
        }),
      ),
    ),
);

/** Whether a CIDR is the address of the API server's service, which is the first of the range of services. */
export function isOfApiServer(range: Cidr, { profile, cluster }: LintContext): boolean {
  const { family, first, last } = range;
  const [position] = IpSet.of(range).boundaries;
  const ranges = (profile.serviceCidrs ?? []).map((each) => readCidr(each));
  return (
    first === last &&
    (ranges.some((each) => each?.family === family && each.first + 1n === first) ||
      cluster.services.some(
        ({ namespace, name, clusterIps = [] }) =>
          namespace === 'default' &&
          name === 'kubernetes' &&
          clusterIps.some((ip) => positionOf(ip) === position),
      ))
  );
}

/** Which pod has which address now. Pods on their node's network have none of their own, and neither have completed ones. */
export const podsByAddress = oncePerContext(({ cluster }: LintContext) => {
  const found = new Map<AddressPosition, { readonly workload: Workload; readonly pod: Pod }>();
  for (const workload of cluster.workloads) {
    for (const pod of workload.hostNetwork ? [] : workload.pods) {
      for (const address of pod.phase === 'Succeeded' || pod.phase === 'Failed' ? [] : pod.addresses) {
        const position = positionOf(address);
        if (position !== undefined) {
          found.set(position, { workload, pod });
        }
      }
    }
  }
  return found;
});

/**
 * The addresses that the rules for some workloads write down as IP blocks, to ask the evaluator what is open there.
 *
 * @param of the part of a block that counts. @default all of it
 */
export function namedAddresses(
  { policies, direction }: GroupReach,
  context: LintContext,
  of: (block: IpSet) => IpSet = (block) => block,
): IpSet {
  const rules = policies.flatMap((policy) => context.allowing(policy, direction));
  const peers = rules.flatMap((rule) => rule.peers ?? []);
  return IpSet.union(peers.flatMap((peer) => (peer.kind === 'addresses' ? of(IpSet.ofBlock(peer)) : [])));
}
