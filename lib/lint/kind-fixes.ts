import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import type { PodPeer, PodSelection, PolicySubject, TrafficPort } from '../model/policy-rules';
import { ciliumSelector } from './cilium-pieces';
import { type EditFix, write, writeElsewhere } from './fix';
import { podsPeer } from './pieces';

/** Fixes of policies in the words of their kind. */

/** What makes a policy hold, or a peer of it mean, other pods of the same namespaces. */
export function otherPods(
  policy: PolicyEntry,
  selection: PodPeer | PolicySubject,
  pods: PodSelection['pods'],
): EditFix {
  const { at } = selection;
  return isCiliumKind(policy)
    ? writeSelection(policy, { ...selection, pods })
    : write(policy, 'podsAt' in selection ? (selection.podsAt ?? at) : at, pods);
}

/** What makes a peer mean the same pods of other namespaces. */
export function otherNamespaces(
  policy: PolicyEntry,
  peer: PodPeer,
  namespaces: PodSelection['namespaces'],
): EditFix {
  const { at, namespacesAt } = peer;
  return isCiliumKind(policy)
    ? writeSelection(policy, { ...peer, namespaces })
    : namespacesAt === undefined
      ? write(policy, at, podsPeer({ ...peer, namespaces }))
      : write(policy, namespacesAt, namespaces);
}

/** The same for all that a peer means, where the finding is about another entry. */
export function peerElsewhere(policy: PolicyEntry, peer: PodPeer): EditFix {
  return writeElsewhere(
    policy,
    peer.at,
    isCiliumKind(policy) ? ciliumSelector(peer, policy.namespace) : podsPeer(peer),
  );
}

/** A number of a port as a policy has it: Cilium's own kinds have texts. */
export function portValue(policy: PolicyEntry, port: number | undefined): number | string | undefined {
  return isCiliumKind(policy) && port !== undefined ? String(port) : port;
}

/**
 * The ports of a rule by the entries that they come from: an entry of Cilium's own kinds without a protocol is for all
 * protocols.
 */
export function byEntry(ports: readonly TrafficPort[]): readonly (readonly TrafficPort[])[] {
  const found = new Map<TrafficPort['at'], TrafficPort[]>();
  for (const port of ports) {
    found.set(port.at, [...(found.get(port.at) ?? []), port]);
  }
  return [...found.values()];
}

function writeSelection(policy: PolicyEntry, selection: PodSelection & Pick<PodPeer, 'at'>): EditFix {
  return write(policy, selection.at, ciliumSelector(selection, policy.namespace));
}
