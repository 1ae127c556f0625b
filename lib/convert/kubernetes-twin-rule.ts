import { formatCidr, readCidr } from '../model/cidr';
import { defined } from '../model/defined';
import { withoutNeedlessName } from '../model/every-namespace';
import { isBlankSelector } from '../model/label-selector';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../model/network-policy';
import type { AddressPeer, PodPeer, TrafficPeer, TrafficPort, TrafficRule } from '../model/policy-rules';
import type { Problem } from '../model/problem';
import { noTwin } from './conversion';

/** A rule of a NetworkPolicy, whatever its direction. */
export interface RuleOfTwin {
  /** Left out: everybody. */
  readonly peers?: readonly NetworkPolicyPeer[];
  readonly ports: { readonly ports?: readonly NetworkPolicyPort[] };
}

/** All addresses outside the cluster. */
const WORLD: readonly NetworkPolicyPeer[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({ ipBlock: { cidr } }));

/** A rule, or none where it allows nobody or nothing. */
export function ruleOfTwin({ peers, ports }: TrafficRule, problems: Problem[]): RuleOfTwin[] {
  const isEverybody =
    peers === undefined || peers.some((peer) => peer.kind === 'entity' && peer.entity === 'all');
  const all = (peers ?? []).flatMap((peer) => networkPolicyPeers(peer, problems));
  // Entities may be named twice, or beside the addresses that they stand for.
  const written = [...new Map(all.map((peer) => [JSON.stringify(peer), peer])).values()];
  const isNobody = !isEverybody && written.length === 0;
  if (isNobody || ports?.length === 0) {
    return [];
  }
  return [
    {
      ...(isEverybody ? {} : { peers: written }),
      ports: ports === undefined ? {} : { ports: ports.map(portOfTwin) },
    },
  ];
}

function networkPolicyPeers(peer: TrafficPeer, problems: Problem[]): readonly NetworkPolicyPeer[] {
  switch (peer.kind) {
    case 'pods':
      return [podsOf(peer)];
    case 'addresses':
      return blockOf(peer);
    case 'entity':
      if (peer.entity === 'all' || peer.entity === 'none') {
        return [];
      }
      if (peer.entity === 'world') {
        return WORLD;
      }
      problems.push(
        noTwin(
          peer.at,
          peer.entity,
          'a NetworkPolicy names pods and addresses outside the cluster, and neither nodes nor the API server',
          peer.entity === 'cluster'
            ? 'keep the Cilium policy, or name { key: k8s:io.kubernetes.pod.namespace, operator: Exists } in place of the entity if pods are all that is meant'
            : 'keep the Cilium policy',
        ),
      );
      return [];
    default:
      problems.push(noTwin(peer.at, peer.kind, 'a NetworkPolicy has no such rule', 'keep the Cilium policy'));
      return [];
  }
}

function podsOf({ namespaces: asked, pods }: PodPeer): NetworkPolicyPeer {
  const namespaces = withoutNeedlessName(asked);
  return {
    ...(typeof namespaces === 'string' ? {} : { namespaceSelector: namespaces }),
    ...(typeof namespaces === 'string' || !isBlankSelector(pods) ? { podSelector: pods } : {}),
  };
}

/** A block, or none where nothing of it is left. */
function blockOf({ cidr, except }: AddressPeer): NetworkPolicyPeer[] {
  if (except.some((each) => canonical(each) === canonical(cidr))) {
    return [];
  }
  return [{ ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) } }];
}

function canonical(text: string): string {
  const cidr = readCidr(text);
  return cidr === undefined ? text : formatCidr(cidr);
}

function portOfTwin({ protocol, port, endPort }: TrafficPort): NetworkPolicyPort {
  return { protocol, ...defined({ port, endPort }) };
}
