import type { AksClusterProfile } from '../aks/cluster-profile';
import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS } from '../aks/system-pods';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { placeOf, type Spot } from '../model/place';
import { NetworkPolicyError } from '../model/problem';
import { endpointSelector } from './cilium-endpoints';
import { nameEntry } from './cilium-entries';
import type { ListedEntry } from './policy-construct';
import type { Rule } from './rule';

/** The host names that a rule is written with; everybody needs none. */
export function hostNamesIn({ peers = [] }: Rule): readonly string[] {
  const parts = peers.map((peer) => peer.toParts());
  return parts.some(({ kind }) => kind === 'anywhere')
    ? []
    : parts.flatMap((each) => (each.kind === 'name' ? [each.name] : []));
}

/**
 * The entries with which pods may ask the cluster's name servers for names. Without them Cilium does not learn the addresses,
 * and the names match nothing; AKS wants both in one policy.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/how-to-apply-fqdn-filtering-policies.md (CoreDNS), read 2026-11-30, and
 *   localdns-custom.md (LocalDNS is the node to Cilium from 1.17 on), read 2026-11-22
 */
export function entriesForNames(
  rules: readonly Rule[],
  profile: AksClusterProfile | undefined,
  at: Spot,
): readonly ListedEntry[] {
  const names = [...new Set(rules.flatMap(hostNamesIn))];
  if (names.length === 0) {
    return [];
  }
  const { port, namespace, labels } = CORE_DNS;
  const coreDns = endpointSelector(
    { matchLabels: labels },
    { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    at,
  );
  const servers = [
    { toEndpoints: [coreDns] },
    ...(asksLocalDns(profile, at) ? [{ toEntities: ['host'] }, { toCIDR: LOCAL_DNS.cidrs }] : []),
  ];
  const ports = ['UDP', 'TCP'].map((protocol) => ({ port: String(port), protocol }));
  const toPorts = [{ ports, rules: { dns: names.map(nameEntry) } }];
  return servers.map((server) => ({ list: 'egress', entry: { ...server, toPorts } }));
}

/** Without a profile, pods ask CoreDNS alone. */
function asksLocalDns(profile: AksClusterProfile | undefined, at: Spot): boolean {
  if (profile !== undefined && profile.localDns === undefined) {
    throw new NetworkPolicyError({
      code: 'profile-field-missing',
      at: placeOf(at),
      got: 'nothing',
      problem: 'whether pods ask LocalDNS for the host name is not known',
      fix: 'write localDns: true or false in the profile',
    });
  }
  return profile?.localDns === true;
}
