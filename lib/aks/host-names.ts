import type { AzureCloud } from './clouds';
import { aksDocs, type FactSource } from './fact-source';

/** A service of Azure that pods reach by host name. */
export type HostPurpose = 'entra-id' | 'resource-manager' | 'key-vault' | 'container-registry' | 'monitor';

export interface Hosts {
  /** As the subject of a sentence. */
  readonly label: string;
  /** TCP. */
  readonly port: number;
  /** `*` stands for any label, also where the page has a placeholder for the region. */
  readonly names: Readonly<Record<AzureCloud, readonly string[]>>;
  readonly source: FactSource;
}

const PAGE = aksDocs('outbound-rules-control-egress.md');

/**
 * The hosts on the page on outbound rules (of 2026-06-18); it has none for some services of some clouds.
 *
 * For Key Vault in the global cloud the page has `vault.azure.net`; vaults are subdomains of it.
 */
export const HOSTS: Readonly<Record<HostPurpose, Hosts>> = {
  'entra-id': {
    label: 'Entra ID',
    port: 443,
    names: {
      AzureCloud: ['login.microsoftonline.com'],
      AzureChinaCloud: ['login.chinacloudapi.cn', 'login.microsoftonline.cn'],
      AzureUSGovernment: ['login.microsoftonline.us'],
    },
    source: PAGE,
  },
  'resource-manager': {
    label: 'Azure Resource Manager',
    port: 443,
    names: {
      AzureCloud: ['management.azure.com'],
      AzureChinaCloud: ['management.chinacloudapi.cn'],
      AzureUSGovernment: ['management.usgovcloudapi.net'],
    },
    source: PAGE,
  },
  'key-vault': {
    label: 'Key Vault',
    port: 443,
    names: {
      AzureCloud: ['*.vault.azure.net'],
      AzureChinaCloud: [],
      AzureUSGovernment: ['*.vault.usgovcloudapi.net'],
    },
    source: PAGE,
  },
  'container-registry': {
    label: 'the Microsoft container registry',
    port: 443,
    names: {
      AzureCloud: ['mcr.microsoft.com', '*.data.mcr.microsoft.com', 'mcr-0001.mcr-msedge.net'],
      AzureChinaCloud: [
        'mcr.microsoft.com',
        '*.data.mcr.microsoft.com',
        'mcr.azure.cn',
        '*.data.mcr.azure.cn',
      ],
      AzureUSGovernment: ['mcr.microsoft.com', '*.data.mcr.microsoft.com'],
    },
    source: PAGE,
  },
  monitor: {
    label: 'Azure Monitor',
    port: 443,
    names: {
      AzureCloud: [
        '*.ods.opinsights.azure.com',
        '*.oms.opinsights.azure.com',
        'dc.services.visualstudio.com',
        '*.in.applicationinsights.azure.com',
        '*.monitoring.azure.com',
        'global.handler.control.monitor.azure.com',
        '*.handler.control.monitor.azure.com',
        '*.ingest.monitor.azure.com',
        '*.metrics.ingest.monitor.azure.com',
      ],
      AzureChinaCloud: [
        '*.ods.opinsights.azure.cn',
        '*.oms.opinsights.azure.cn',
        'dc.services.visualstudio.com',
        '*.in.applicationinsights.azure.com',
        'global.handler.control.monitor.azure.cn',
        '*.handler.control.monitor.azure.cn',
        '*.ingest.monitor.azure.cn',
        '*.metrics.ingest.monitor.azure.cn',
      ],
      AzureUSGovernment: [
        '*.ods.opinsights.azure.us',
        '*.oms.opinsights.azure.us',
        'dc.services.visualstudio.com',
        '*.in.applicationinsights.azure.com',
        'global.handler.control.monitor.azure.us',
        '*.handler.control.monitor.azure.us',
        '*.ingest.monitor.azure.us',
        '*.metrics.ingest.monitor.azure.us',
      ],
    },
    source: PAGE,
  },
};
