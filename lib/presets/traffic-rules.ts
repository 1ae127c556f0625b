import type { AksClusterProfile } from '../aks/cluster-profile';
import type { SystemPods } from '../aks/system-pods';
import { readAddress, readCidr } from '../model/cidr';
import { defined } from '../model/defined';
import { placeOf } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { NamespaceSelector } from '../policy/namespace-selector';
import { checkList } from '../policy/options';
import { Peer } from '../policy/peer';
import { PodSelector } from '../policy/pod-selector';

/** Pods that AKS runs, as a peer of a policy in any namespace. */
export function systemPods({ namespace, labels }: Pick<SystemPods, 'namespace' | 'labels'>): Peer {
  return Peer.otherNamespaces(
    defined({ namespaces: NamespaceSelector.named(namespace), pods: labels && PodSelector.labels(labels) }),
  );
}

/**
 * Services with fixed addresses, as a peer.
 *
 * @throws NetworkPolicyError `addresses-missing`, `ipv6-not-for-engine`, and the codes of IP blocks
 */
export function fixedAddresses(
  addresses: readonly string[],
  { engine }: AksClusterProfile,
  at: string,
): Peer {
  checkList(addresses, at);
  if (addresses.length === 0) {
    throw new NetworkPolicyError({
      code: 'addresses-missing',
      at,
      got: '[]',
      problem: 'without an address nothing is allowed',
      fix: 'give one or more, each an address or a CIDR',
    });
  }
  const peer = Peer.fixedAddresses(addresses, at);
  const ipv6 = addresses.find((text) => (readAddress(text) ?? readCidr(text))?.family === 6);
  if (engine === 'azure' && ipv6 !== undefined) {
    throw new NetworkPolicyError({
      code: 'ipv6-not-for-engine',
      at,
      got: show(ipv6),
      problem: 'Azure NPM ignores a whole policy with an IPv6 address, and leaves its pods open',
      fix: 'only give IPv4 addresses',
    });
  }
  return peer;
}

/**
 * A field of the profile that a rule needs.
 *
 * @param question what is not known without the field, as the subject of a sentence
 * @throws NetworkPolicyError `profile-field-missing`
 */
export function known<Field extends keyof AksClusterProfile>(
  profile: AksClusterProfile,
  field: Field,
  at: string,
  question: string,
  fix: string,
): NonNullable<AksClusterProfile[Field]> {
  const value = profile[field];
  if (value === undefined) {
    throw new NetworkPolicyError({
      code: 'profile-field-missing',
      at: placeOf(`${at} profile`, field),
      got: 'nothing',
      problem: `${question} is not known`,
      fix,
    });
  }
  return value;
}
