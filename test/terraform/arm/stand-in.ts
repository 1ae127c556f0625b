import { rmSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { loopbackCertificate } from './certificate';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const TENANT = '11111111-1111-1111-1111-111111111111';

/** What the provider asks Azure for when it reads a cluster, answered on the loopback address. */
export interface AzureStandIn {
  /** `127.0.0.1:PORT`, with HTTPS: the metadata of the cloud and ARM itself. */
  readonly host: string;
  /** The file of the certificate to trust. */
  readonly certFile: string;
  /** The endpoint that gives tokens to a managed identity. */
  readonly identityEndpoint: string;
  /** Every request to ARM, as `METHOD path`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the stand-in.
 *
 * @param networkProfile what ARM shows of the network of any cluster that is asked for
 */
export async function azureStandIn(networkProfile: () => object): Promise<AzureStandIn> {
  const { cert, key, certFile } = loopbackCertificate();
  const requests: string[] = [];
  let host = '';
  const arm = createHttpsServer({ cert, key }, (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    requests.push(`${request.method} ${path}`);
    if (path === '/metadata/endpoints') {
      return answer(response, cloudMetadata(host));
    }
    if (path.endsWith('/listClusterUserCredential')) {
      return answer(response, { kubeconfigs: [] });
    }
    const [, resourceGroup, name] = /resourceGroups\/([^/]+)\/.*managedClusters\/([^/]+)$/i.exec(path) ?? [];
    return name === undefined
      ? answer(response, { error: { code: 'NotFound', message: `nothing at ${path}` } }, 404)
      : answer(response, cluster(resourceGroup as string, name, networkProfile()));
  });
  const identity = createHttpServer((_request, response) => answer(response, token()));
  host = `127.0.0.1:${await listen(arm)}`;
  return {
    host,
    certFile,
    identityEndpoint: `http://127.0.0.1:${await listen(identity)}/token`,
    requests,
    close: async () => {
      await Promise.all([arm, identity].map(closed));
      rmSync(dirname(certFile), { recursive: true });
    },
  };
}

function cloudMetadata(host: string): object {
  const url = `https://${host}`;
  return {
    name: 'AzureCloud',
    portal: url,
    graph: url,
    microsoftGraphResourceId: url,
    resourceManager: url,
    authentication: { loginEndpoint: url, audiences: [url], tenant: 'common', identityProvider: 'AAD' },
    media: url,
    batch: url,
    sqlManagement: url,
    suffixes: {
      storage: 'core.windows.net',
      keyVaultDns: 'vault.azure.net',
      acrLoginServer: 'azurecr.io',
      sqlServerHostname: 'database.windows.net',
    },
  };
}

function cluster(resourceGroup: string, name: string, networkProfile: object): object {
  return {
    id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    location: 'westeurope',
    sku: { name: 'Base', tier: 'Free' },
    type: 'Microsoft.ContainerService/managedClusters',
    identity: { type: 'SystemAssigned', principalId: TENANT, tenantId: TENANT },
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      kubernetesVersion: '1.33',
      currentKubernetesVersion: '1.33.2',
      dnsPrefix: name,
      fqdn: `${name}.hcp.westeurope.azmk8s.io`,
      agentPoolProfiles: [
        {
          name: 'system',
          count: 3,
          vmSize: 'Standard_D4ds_v5',
          osDiskSizeGB: 128,
          maxPods: 110,
          type: 'VirtualMachineScaleSets',
          mode: 'System',
          osType: 'Linux',
          orchestratorVersion: '1.33.2',
        },
      ],
      networkProfile,
    },
  };
}

/** The provider reads who it is from the claims; nobody checks the signature. */
function token(): object {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const soon = Math.floor(Date.now() / 1000) + 3600;
  const claims = { tid: TENANT, oid: TENANT, appid: TENANT, exp: soon, aud: 'https://management.azure.com/' };
  return {
    access_token: `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`,
    expires_in: '3600',
    expires_on: String(soon),
    resource: 'https://management.azure.com/',
    token_type: 'Bearer',
  };
}

function answer(response: ServerResponse<IncomingMessage>, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
