/** The Azure clouds that run AKS, by the names that `az cloud list` shows. */
export type AzureCloud = 'AzureCloud' | 'AzureChinaCloud' | 'AzureUSGovernment';

/**
 * The end of an API server's name in each cloud.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
 */
const API_SERVER_DOMAINS: Readonly<Record<AzureCloud, string>> = {
  AzureCloud: '.azmk8s.io',
  AzureChinaCloud: '.azk8s.cn',
  AzureUSGovernment: '.aks.containerservice.azure.us',
};

export const AZURE_CLOUDS = Object.keys(API_SERVER_DOMAINS) as readonly AzureCloud[];

/** The cloud of a cluster, from the name of its API server; `undefined` when the name is of none. */
export function cloudOfApiServer(fqdn: string): AzureCloud | undefined {
  return AZURE_CLOUDS.find((cloud) => fqdn.endsWith(API_SERVER_DOMAINS[cloud]));
}
