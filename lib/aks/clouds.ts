/** The Azure clouds with AKS, as `az cloud list` names them. */
export type AzureCloud = 'AzureCloud' | 'AzureChinaCloud' | 'AzureUSGovernment';

/**
 * The domain of API servers in each cloud.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/outbound-rules-control-egress.md, read 2026-11-22
 */
const API_SERVER_DOMAINS: Readonly<Record<AzureCloud, string>> = {
  AzureCloud: '.azmk8s.io',
  AzureChinaCloud: '.azk8s.cn',
  AzureUSGovernment: '.aks.containerservice.azure.us',
};

export const AZURE_CLOUDS = Object.keys(API_SERVER_DOMAINS) as readonly AzureCloud[];

/** The cloud of a cluster with this API server; `undefined` if the name belongs to no cloud. */
export function cloudOfApiServer(fqdn: string): AzureCloud | undefined {
  return AZURE_CLOUDS.find((cloud) => fqdn.endsWith(API_SERVER_DOMAINS[cloud]));
}
