import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSelection } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';

/** Pieces of policies of Cilium's own kinds as a person writes them: what fixes are made of. */

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'k8s:io.cilium.k8s.namespace.labels.';

/**
 * Pods as an entry of `fromEndpoints` or `toEndpoints`.
 *
 * @param home the namespace of the policy; left out for a clusterwide one
 */
export function ciliumSelector({ namespaces, pods }: PodSelection, home: string | undefined): LabelSelector {
  const places =
    typeof namespaces === 'string'
      ? namespaces === home
        ? {}
        : { matchLabels: { [NAMESPACE_NAME_LABEL]: namespaces } }
      : namespaces;
  const isAnywhere = typeof namespaces !== 'string' && requirementsOf(namespaces).length === 0;
  const labels = { ...renamed(places.matchLabels), ...pods.matchLabels };
  const expressions = [
    // Without a word of namespaces a policy of one means its own.
    ...(isAnywhere && home !== undefined ? [{ key: NAMESPACE, operator: 'Exists' as const }] : []),
    ...(places.matchExpressions ?? []).map((each) => ({ ...each, key: keyOf(each.key) })),
    ...(pods.matchExpressions ?? []),
  ];
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  };
}

function renamed(labels: LabelSelector['matchLabels'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [keyOf(key), value]));
}

/** What Cilium calls a label of a namespace. */
function keyOf(key: string): string {
  return key === NAMESPACE_NAME_LABEL ? NAMESPACE : `${NAMESPACE_LABELS}${key}`;
}

/** The entries of `ports`. */
export function ciliumPorts(ports: PortSet) {
  return ports.ranges().map(({ protocol, first, last }) => ({
    port: first === 1 && last === 65535 ? '0' : String(first),
    ...(first === last || (first === 1 && last === 65535) ? {} : { endPort: last }),
    protocol,
  }));
}
