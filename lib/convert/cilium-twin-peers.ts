import { ENTITIES } from '../cilium-kinds/cilium-entities';
import { formatCidr, readCidr } from '../model/cidr';
import {
  IN_ANY_NAMESPACE,
  joinSelectors,
  NAMESPACE_KEY,
  namespaceLabelKey,
  withKeys,
} from '../model/cilium-selector';
import type { FieldPath } from '../model/field-path';
import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { AddressPeer, PodPeer, TrafficPeer } from '../model/policy-rules';
import type { Problem } from '../model/problem';
import { isNegative } from '../model/selector-match';
import { type Manifest, noTwin } from './conversion';

/** Keys that Cilium takes for labels of its own. */
const OWN_KEYS = [NAMESPACE_KEY, 'io.cilium.'];

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
  return withKeys(selector, (key) => {
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
    return joinSelectors(own, { matchExpressions: [IN_ANY_NAMESPACE] });
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
  return joinSelectors(withKeys(namespaces, namespaceLabelKey), own);
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
