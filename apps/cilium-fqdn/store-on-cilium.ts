import { Chart } from 'cdk8s';
import {
  type AksClusterProfile,
  AksTraffic,
  AllowedConnection,
  CiliumClusterwideNetworkPolicy,
  CiliumNetworkPolicy,
  EgressRule,
  type HttpRequest,
  IngressRule,
  NamespaceBaseline,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import { type Deployment, Namespace, type StatefulSet } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { StoreWorkloads } from '../aks-store/workloads';

/** A cluster with Azure CNI powered by Cilium, and Advanced Container Networking Services in the mode L7. */
export const CLUSTER: AksClusterProfile = {
  engine: 'cilium',
  kubernetesVersion: '1.36',
  acns: 'L7',
  localDns: true,
  cloud: 'AzureCloud',
};

const kind = 'CiliumNetworkPolicy';
const profile = CLUSTER;

/** The AKS store demo on Cilium: Azure by host name, and requests instead of ports where it matters. */
export class StoreOnCilium extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'pets' });
    new Namespace(this, 'namespace', { metadata: { name: 'pets' } });
    const store = new StoreWorkloads(this, 'workloads');

    // Nothing comes in and nothing goes out but name resolution, which is the node's with LocalDNS ...
    new NamespaceBaseline(this, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll', kind, profile });

    // ... and the calls that the store makes.
    this.allow(store.storeAdmin, store.productService, 3002);
    this.allow(store.storeAdmin, store.makelineService, 3001);
    this.allow(store.virtualWorker, store.makelineService, 3001);
    this.allow(store.productService, store.aiService, 5001);
    this.allow(store.orderService, store.rabbitmq, 5672);
    this.allow(store.makelineService, store.rabbitmq, 5672);
    this.allow(store.makelineService, store.mongodb, 27017);

    // Customers read products and place orders, and do nothing else with these services.
    this.allowRequests(store.storeFront, store.productService, 3002, [
      { method: 'GET', path: '/(?:[0-9]+)?' },
    ]);
    this.allowRequests(store.storeFront, store.orderService, 3000, [
      { method: 'POST', path: '/' },
      { method: 'GET', path: '/health' },
    ]);
    this.allowRequests(store.virtualCustomer, store.orderService, 3000, [{ method: 'POST', path: '/' }]);

    // The AI service signs in with its workload identity, reads its vault, and pulls its model from a registry.
    new CiliumNetworkPolicy(this, 'ai-service-to-azure', {
      podSelector: store.aiService,
      profile,
      rules: [
        AksTraffic.on(profile).toEntraId(),
        EgressRule.allow({
          to: [
            Peer.hostName('pets.vault.azure.net'),
            Peer.hostName('pets.azurecr.io'),
            Peer.hostName('*.blob.core.windows.net'), // the layers of the registry
          ],
          ports: [Port.tcp(443)],
        }),
      ],
    });

    // Both front ends are open to everybody; behind a load balancer a client can have the address of a node.
    this.open(store.storeFront, 8080);
    this.open(store.storeAdmin, 8081);

    // Whatever anybody allows, no pod of the cluster gets credentials of its node.
    new CiliumClusterwideNetworkPolicy(this, 'no-node-credentials', {
      podSelector: PodSelector.all(),
      profile,
      rules: [EgressRule.deny({ to: [Peer.ipBlock('169.254.169.254/32')] })],
      leavesOpen: ['Egress'],
    });
  }

  private allow(from: Deployment, to: Deployment | StatefulSet, port: number): void {
    const ports = [Port.tcp(port)];
    new AllowedConnection(this, `${from.name}-${to.name}`, { from, to, ports, kind, profile });
  }

  /** The connection at the source, and the requests at the destination, whose proxy looks at them. */
  private allowRequests(from: Deployment, to: Deployment, port: number, http: readonly HttpRequest[]): void {
    const ports = [Port.tcp(port)];
    new CiliumNetworkPolicy(this, `${from.name}-to-${to.name}-egress`, {
      podSelector: from,
      profile,
      rules: [EgressRule.allow({ to: [Peer.of(to)], ports })],
    });
    new CiliumNetworkPolicy(this, `${from.name}-to-${to.name}-ingress`, {
      podSelector: to,
      profile,
      rules: [IngressRule.allow({ from: [Peer.of(from)], ports, http })],
    });
  }

  private open(frontEnd: Deployment, port: number): void {
    new CiliumNetworkPolicy(this, `${frontEnd.name}-from-load-balancer`, {
      podSelector: frontEnd,
      profile,
      rules: [IngressRule.allow({ from: [Peer.anywhere()], ports: [Port.tcp(port)] })],
    });
  }
}
