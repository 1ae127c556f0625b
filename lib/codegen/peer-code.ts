import { appendAll } from '../model/collections';
import type { NetworkPolicyPeer } from '../model/network-policy';
import type { StoredPort } from '../model/stored-spec';
import { type Code, type CodePart, call, object } from './code';
import { quoted } from './literals';
import { PlacedComments } from './placed-comments';
import { namespaceSelectorCode, podSelectorCode, textsCode } from './selectors';

/**
 * The peers of a rule.
 *
 * @param path of their list, for comments
 */
export function peersCode(
  peers: readonly NetworkPolicyPeer[],
  comments = new PlacedComments([]),
  path: readonly (string | number)[] = [],
): CodePart[] {
  const parts: CodePart[] = [];
  for (let i = 0; i < peers.length; i++) {
    const peer = peers[i] as NetworkPolicyPeer;
    const both = isWhole(peer, '0.0.0.0/0') && isWhole(peers[i + 1], '::/0');
    const above = comments.take(...path, i);
    if (both) {
      i++;
      appendAll(above, comments.take(...path, i));
    }
    parts.push({
      code: both ? call('Peer.allIpBlocks', object([{ name: 'ipv6', code: 'true' }])) : peerCode(peer),
      comments: above,
    });
  }
  return parts;
}

function isWhole(peer: NetworkPolicyPeer | undefined, cidr: string): boolean {
  return peer?.ipBlock?.cidr === cidr && peer.ipBlock.except === undefined;
}

function peerCode(peer: NetworkPolicyPeer): Code {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock !== undefined) {
    const { cidr, except } = ipBlock;
    return isWhole(peer, '0.0.0.0/0')
      ? call('Peer.allIpBlocks')
      : call(
          'Peer.ipBlock',
          quoted(cidr),
          ...(except === undefined ? [] : [object([{ name: 'except', code: textsCode(except) }])]),
        );
  }
  const isEveryPod = Object.keys(podSelector ?? {}).length === 0;
  const pods = isEveryPod ? undefined : podSelectorCode(podSelector ?? {});
  if (namespaceSelector === undefined) {
    return pods === undefined ? call('Peer.sameNamespace') : call('Peer.sameNamespace', pods);
  }
  return call(
    'Peer.otherNamespaces',
    object([
      { name: 'namespaces', code: namespaceSelectorCode(namespaceSelector) },
      ...(pods === undefined ? [] : [{ name: 'pods', code: pods }]),
    ]),
  );
}

export function portCode({ protocol, port, endPort }: StoredPort): Code {
  if (typeof port === 'string') {
    return call('Port.named', quoted(port), ...(protocol === 'TCP' ? [] : [quoted(protocol)]));
  }
  const word = protocol.toLowerCase();
  if (port === undefined) {
    return call(`Port.all${protocol.charAt(0)}${word.slice(1)}`);
  }
  return endPort === undefined
    ? call(`Port.${word}`, String(port))
    : call(`Port.${word}Range`, String(port), String(endPort));
}
