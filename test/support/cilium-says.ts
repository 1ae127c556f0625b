import type { LabelSelector } from 'cdk8s-aks-network-policy';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { Section, TrafficFilter, TrafficPeer, TrafficPort } from '../../lib/model/policy-rules';

/* What rules say, as texts to compare. */

/** A selector as a list of what it asks. Each namespace has a name, so to ask for one says nothing. */
export function asked({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string[] {
  const all = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key} In ${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => `${key} ${operator} ${values.join()}`),
  ];
  return [...new Set(all)].filter((each) => each !== `${NAMESPACE_NAME_LABEL} Exists `).sort();
}

export const pods = (namespaces: string | LabelSelector, selector: LabelSelector) =>
  JSON.stringify(['pods', typeof namespaces === 'string' ? namespaces : asked(namespaces), asked(selector)]);

function readPeer(peer: TrafficPeer): string {
  switch (peer.kind) {
    case 'pods':
      return pods(peer.namespaces, peer.pods);
    case 'addresses':
      return `${peer.cidr} except ${peer.except.join()}`;
    case 'entity':
      return peer.entity;
    default:
      return peer.name;
  }
}

const readPort = (
  { protocol, port = '*', endPort, filter }: TrafficPort,
  textOf: (filter: TrafficFilter) => string,
) => `${protocol} ${port} ${endPort ?? port} ${filter === undefined ? 'no filter' : textOf(filter)}`;

/**
 * Each pair of a peer and a port that a section speaks of.
 *
 * @param textOf what to tell of a filter
 */
export function saysIn(
  { rules }: Section,
  textOf: (filter: TrafficFilter) => string = ({ kind }) => kind,
): string[] {
  return rules.flatMap(({ action, peers, ports }) =>
    (peers?.map(readPeer) ?? ['not said']).flatMap((peer) =>
      (ports?.map((port) => readPort(port, textOf)) ?? ['every port no filter']).map(
        (port) => `${action} ${peer} ${port}`,
      ),
    ),
  );
}
