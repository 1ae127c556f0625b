import { Chart } from 'cdk8s';
import {
  AksNetworkPolicy,
  AllowedConnection,
  IngressRule,
  NamespaceBaseline,
  Peer,
  Port,
} from 'cdk8s-aks-network-policy';
import { type Deployment, Namespace, type StatefulSet } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { StoreWorkloads } from './workloads';

/** The AKS store demo with the least that it needs of the network. */
export class AksStore extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'pets' });
    new Namespace(this, 'namespace', { metadata: { name: 'pets' } });
    const store = new StoreWorkloads(this, 'workloads');

    // Nothing comes in and nothing goes out but name resolution ...
    new NamespaceBaseline(this, 'baseline', { ingress: 'DenyAll', egress: 'DenyAll' });

    // ... and the calls that the store makes,
    this.allow(store.storeFront, store.orderService, 3000);
    this.allow(store.storeFront, store.productService, 3002);
    this.allow(store.storeAdmin, store.productService, 3002);
    this.allow(store.storeAdmin, store.makelineService, 3001);
    this.allow(store.virtualCustomer, store.orderService, 3000);
    this.allow(store.virtualWorker, store.makelineService, 3001);
    this.allow(store.productService, store.aiService, 5001);
    this.allow(store.orderService, store.rabbitmq, 5672);
    this.allow(store.makelineService, store.rabbitmq, 5672);
    this.allow(store.makelineService, store.mongodb, 27017);

    // the model behind the AI service, but not the node's metadata endpoint,
    new AllowedConnection(this, 'ai-model', {
      from: store.aiService,
      to: Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] }),
      ports: [Port.tcp(443)],
      name: 'ai-service-to-model',
    });

    // and the two front ends for everybody. Not by IP block: behind a load balancer a client can have the
    // address of a node, which an IP block does not match on the cilium engine.
    this.open(store.storeFront, 8080);
    this.open(store.storeAdmin, 8081);
  }

  private allow(from: Deployment, to: Deployment | StatefulSet, port: number): void {
    new AllowedConnection(this, `${from.name}-${to.name}`, { from, to, ports: [Port.tcp(port)] });
  }

  private open(frontEnd: Deployment, port: number): void {
    new AksNetworkPolicy(this, `${frontEnd.name}-from-load-balancer`, {
      podSelector: frontEnd,
      rules: [IngressRule.allow({ from: [Peer.anywhere()], ports: [Port.tcp(port)] })],
    });
  }
}
