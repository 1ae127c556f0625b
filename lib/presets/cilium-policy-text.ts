import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS } from '../aks/system-pods';

/*
 * CiliumNetworkPolicies for what a NetworkPolicy cannot express, as JSON in one line, which kubectl accepts. Each selects
 * every pod of its namespace; narrow endpointSelector as needed.
 */

const dnsPort = { port: String(CORE_DNS.port), protocol: 'ANY' };

/**
 * Hosts by name, on one TCP port. The policy needs both entries: without the first, Cilium's agent does not learn the
 * addresses of the names, and the second matches nothing.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/container-network-security-fqdn-filtering-concepts.md, read
 *   2026-11-22
 */
export function hostNamesPolicyText(name: string, hosts: readonly string[], port: number): string {
  const matches = hosts.map((host) => (host.includes('*') ? { matchPattern: host } : { matchName: host }));
  const labels = Object.entries(CORE_DNS.labels).map(([key, value]) => [`k8s:${key}`, value]);
  const matchLabels = {
    'k8s:io.kubernetes.pod.namespace': CORE_DNS.namespace,
    ...Object.fromEntries(labels),
  };
  return policyText(name, [
    { toEndpoints: [{ matchLabels }], toPorts: [{ ports: [dnsPort], rules: { dns: matches } }] },
    { toFQDNs: matches, toPorts: [{ ports: [{ port: String(port), protocol: 'TCP' }] }] },
  ]);
}

/**
 * LocalDNS, which Cilium 1.17 and later treat as the node itself.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/localdns-custom.md, read 2026-11-22
 */
export function localDnsPolicyText(): string {
  const ports = [{ port: String(LOCAL_DNS.port), protocol: 'ANY' }];
  return policyText('allow-local-dns', [{ toEntities: ['host'], toPorts: [{ ports }] }]);
}

function policyText(name: string, egress: readonly object[]): string {
  return JSON.stringify({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name },
    spec: { endpointSelector: {}, egress },
  });
}
