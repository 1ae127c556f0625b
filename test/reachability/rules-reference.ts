/**
 * Policies of any kind, judged slowly and plainly: one connection at a time, level by level, the first word counts.
 * It shares nothing with the evaluator in `lib` but the types.
 */
import type { Cluster } from '../../lib/model/cluster';
import type { PodSelection, PolicyRules, TrafficPeer, TrafficRule } from '../../lib/model/policy-rules';
import { type Endpoint, type Flow, isInBlock, matchesLabels, matchesPort } from './reference';

/** Both sides must allow a connection; a pod always reaches itself. */
export function areAllowing(cluster: Cluster, flow: Flow): boolean {
  return (
    flow.from.name === flow.to.name ||
    (sideAllows(cluster, 'egress', flow.from, flow.to, flow) &&
      sideAllows(cluster, 'ingress', flow.to, flow.from, flow))
  );
}

function sideAllows(
  cluster: Cluster,
  direction: 'ingress' | 'egress',
  self: Endpoint,
  other: Endpoint,
  flow: Flow,
): boolean {
  if (self.pod === undefined || self.pod.hostNetwork) {
    return true;
  }
  const concerned = cluster.policies
    .map(({ rules }) => rules)
    .filter(({ subject }) => isAmong(cluster, subject, self));
  for (const tier of ['admin', undefined, 'baseline']) {
    const within = concerned.filter((rules) => rules.tier === tier);
    const word = wordOf(within, direction, (rule) => speaksOf(cluster, rule, other, flow));
    if (word !== undefined && word !== 'pass') {
      return word === 'allow';
    }
    if (within.some((rules) => rules[direction].isolates)) {
      return false;
    }
  }
  return true;
}

/** The action of the first level of a tier that speaks of a connection; a denial wins. */
function wordOf(
  policies: readonly PolicyRules[],
  direction: 'ingress' | 'egress',
  speaks: (rule: TrafficRule) => boolean,
): TrafficRule['action'] | undefined {
  const priorities = [...new Set(policies.map(({ priority = 0 }) => priority))].sort((a, b) => a - b);
  for (const level of priorities) {
    const said = policies
      .filter(({ priority = 0 }) => priority === level)
      .flatMap((policy) => (policy[direction].unlisted === true ? [] : policy[direction].rules))
      .filter(speaks)
      .map(({ action }) => action);
    const word = (['deny', 'allow', 'pass'] as const).find((each) => said.includes(each));
    if (word !== undefined) {
      return word;
    }
  }
  return undefined;
}

function speaksOf(cluster: Cluster, { peers, ports }: TrafficRule, other: Endpoint, flow: Flow): boolean {
  return (
    (peers === undefined || peers.some((peer) => isMeant(cluster, peer, other))) &&
    (ports === undefined || ports.some((each) => matchesPort(each, flow)))
  );
}

function isMeant(cluster: Cluster, peer: TrafficPeer, end: Endpoint): boolean {
  switch (peer.kind) {
    case 'pods':
      return isAmong(cluster, peer, end);
    case 'addresses':
      return end.addresses.some((address) => isInBlock(address, peer));
    case 'entity':
      return (end.pod !== undefined) === (peer.entity === 'cluster');
    case 'name':
      return (end.lookedUp ?? []).some((name) => isNamed(name, peer.name));
  }
}

/** "`*` inside a label = [-a-zA-Z0-9_]*, never a dot": a name that `matchName` or `matchPattern` has. */
function isNamed(name: string, pattern: string): boolean {
  const expression = pattern.replaceAll('.', '[.]').replaceAll('*', '[-a-zA-Z0-9_]*');
  return new RegExp(`^${expression}$`, 'i').test(name);
}

/**
 * Whether a pod has a name looked up by the proxy: "matches nothing until some policy on the pod has `rules.dns`". An allow
 * without a filter "for the same peer and port widens": `mayWiden` decides for one with other ports.
 */
export function hasLookedUp(
  { cluster, server, mayWiden }: { cluster: Cluster; server: Endpoint; mayWiden: boolean },
  pod: Endpoint,
  name: string,
): boolean {
  const flow: Flow = { from: pod, to: server, port: 53, protocol: 'UDP' };
  const allowing = cluster.policies
    .map(({ rules }) => rules)
    .filter(({ subject }) => isAmong(cluster, subject, pod))
    .flatMap(({ egress }) => egress.rules)
    .filter((rule) => rule.action === 'allow' && speaksOf(cluster, rule, server, flow));
  const entries = allowing.flatMap(
    ({ ports }) => ports?.filter((each) => matchesPort(each, flow)) ?? [undefined],
  );
  const patterns = entries.flatMap((each) => (each?.filter?.kind === 'dns' ? each.filter.names : []));
  const plain = entries.filter((each) => each?.filter === undefined);
  const isWidened = plain.some((each) => (each?.port === 53 && each.endPort === undefined) || mayWiden);
  return patterns.length > 0 && (isWidened || patterns.some((each) => isNamed(name, each)));
}

function isAmong(
  { namespaces: all }: Cluster,
  { namespaces, pods }: PodSelection,
  { pod }: Endpoint,
): boolean {
  if (pod === undefined || pod.hostNetwork) {
    return false;
  }
  const { labels = {} } = all.find(({ name }) => name === pod.namespace) ?? {};
  const isThere =
    typeof namespaces === 'string'
      ? pod.namespace === namespaces
      : matchesLabels(namespaces, { ...labels, 'kubernetes.io/metadata.name': pod.namespace });
  return isThere && matchesLabels(pods, pod.labels);
}
