import { IN_ANY_NAMESPACE, joinSelectors, namespaceLabelKey, withKeys } from '../model/cilium-selector';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSelection } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';

/** Pieces of policies of Cilium's own kinds as a person writes them: what fixes are made of. */

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
  // Without a word of namespaces a policy of one means its own.
  const place =
    isAnywhere && home !== undefined
      ? { matchExpressions: [IN_ANY_NAMESPACE] }
      : withKeys(places, namespaceLabelKey);
  return joinSelectors(place, pods);
}

/** The entries of `ports`. */
export function ciliumPorts(ports: PortSet) {
  return ports.ranges().map(({ protocol, first, last }) => ({
    port: first === 1 && last === 65535 ? '0' : String(first),
    ...(first === last || (first === 1 && last === 65535) ? {} : { endPort: last }),
    protocol,
  }));
}
