import { ENTITIES } from '../cilium-kinds/cilium-entities';
import { formatCidr, readCidr } from '../model/cidr';
import type { FieldPath } from '../model/field-path';
import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { AddressPeer, PodPeer, TrafficPeer } from '../model/policy-rules';
import type { Problem } from '../model/problem';
import { isNegative } from '../model/selector-match';
import { type Manifest, noTwin } from './conversion';

/** The label of Cilium's that is the name of a pod's namespace. */
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
/** What stands before the labels of a pod's namespace. */
const NAMESPACE_LABELS = 'k8s:io.cilium.k8s.namespace.labels.';
/** Keys that Cilium takes for labels of its own. */
const OWN_KEYS = ['io.kubernetes.pod.namespace', 'io.cilium.'];

/**
 * The other ends of a rule, as fields of rules of Cilium: one for pods, one for addresses.
 *
 * @param side the beginning of their names
 */
export function peersOfTwin(
  peers: readonly TrafficPeer[],
  side: 'from' | 'to',
  problems: Problem[],
): Manifest[] {
  const pods = peers.filter((peer) => peer.kind === 'pods');
  const blocks = peers.filter((peer) => peer.kind === 'addresses');
  return [
    ...(pods.length === 0
      ? []
      : [{ [`${side}Endpoints`]: pods.map((peer) => endpointsOfTwin(peer, problems)) }]),
    ...(blocks.length === 0
      ? []
      : [{ [`${side}CIDRSet`]: blocks.map((block) => blockOfTwin(block, problems)) }]),
  ];
}

/** A selector of pods; Cilium adds the namespace of the policy to one that names none. */
export function podsOfTwin(
  { ...selector }: LabelSelector,
  at: FieldPath,
  problems: Problem[],
): LabelSelector {
  return renamed(selector, (key) => {
    if (OWN_KEYS.some((own) => key.startsWith(own))) {
      problems.push(
        noTwin(at, key, 'Cilium takes this key for a label of its own', 'select the pods by another label'),
      );
    }
    // A label of any source could be one of Cilium's own.
    return ENTITIES.has(key) ? `k8s:${key}` : key;
  });
}

function endpointsOfTwin({ namespaces, pods, at }: PodPeer, problems: Problem[]): LabelSelector {
  const own = podsOfTwin(pods, at, problems);
  if (typeof namespaces === 'string') {
    return own;
  }
  if (isBlankSelector(namespaces)) {
    return joined(own, { matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] });
  }
  if (isNegative(namespaces) && (isBlankSelector(pods) || isNegative(pods))) {
    problems.push(
      noTwin(
        at,
        namespaces,
        'on Cilium a peer that only excludes may also mean nodes and addresses outside the cluster, so it is not known what its twin has to say',
        `add { key: ${NAMESPACE_NAME_LABEL}, operator: Exists } to the namespaceSelector`,
      ),
    );
  }
  return joined(renamed(namespaces, namespaceKey), own);
}

function namespaceKey(key: string): string {
  return key === NAMESPACE_NAME_LABEL ? NAMESPACE : `${NAMESPACE_LABELS}${key}`;
}

function renamed(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  rename: (key: string) => string,
): LabelSelector {
  return selectorOf(
    Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [rename(key), value])),
    matchExpressions.map(({ key, operator, values = [] }) => ({
      key: rename(key),
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  );
}

function joined(a: LabelSelector, b: LabelSelector): LabelSelector {
  return selectorOf({ ...a.matchLabels, ...b.matchLabels }, [
    ...(a.matchExpressions ?? []),
    ...(b.matchExpressions ?? []),
  ]);
}

function selectorOf(
  matchLabels: Readonly<Record<string, string>>,
  matchExpressions: readonly LabelSelectorRequirement[],
): LabelSelector {
  return {
    ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
    ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
  };
}

function blockOfTwin({ cidr, except, blockAt }: AddressPeer, problems: Problem[]): Manifest {
  const canonical = (text: string) => {
    const read = readCidr(text);
    if (read === undefined || read.flaw === 'leading-zeros' || read.flaw === 'ipv4-mapped') {
      problems.push(
        noTwin(
          blockAt,
          text,
          'it is not known how Cilium reads such an address',
          read === undefined ? 'write a CIDR' : `write ${formatCidr(read)}`,
        ),
      );
      return text;
    }
    return formatCidr(read);
  };
  return {
    cidr: canonical(cidr),
    ...(except.length === 0 ? {} : { except: except.map(canonical) }),
  };
}
