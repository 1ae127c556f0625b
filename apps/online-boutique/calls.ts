import { AksNetworkPolicy, AllowedConnection, IngressRule, Peer, Port } from 'cdk8s-aks-network-policy';
import type { Deployment } from 'cdk8s-plus-28';
import type { Back, Front } from './boutique';

/** The shop's call graph: caller, callee, port. */
export function allowCalls(front: Front, back: Back): void {
  const calls: [Deployment, Deployment, number][] = [
    [front.loadgenerator, front.frontend, 8080],
    [front.frontend, back.adservice, 9555],
    [front.frontend, back.cartservice, 7070],
    [front.frontend, back.checkoutservice, 5050],
    [front.frontend, back.currencyservice, 7000],
    [front.frontend, back.productcatalogservice, 3550],
    [front.frontend, back.recommendationservice, 8080],
    [front.frontend, back.shippingservice, 50051],
    [back.checkoutservice, back.cartservice, 7070],
    [back.checkoutservice, back.currencyservice, 7000],
    [back.checkoutservice, back.emailservice, 8080],
    [back.checkoutservice, back.paymentservice, 50051],
    [back.checkoutservice, back.productcatalogservice, 3550],
    [back.checkoutservice, back.shippingservice, 50051],
    [back.recommendationservice, back.productcatalogservice, 3550],
    [back.cartservice, back.rediscart, 6379],
  ];
  for (const [from, to, port] of calls) {
    new AllowedConnection(front, `${from.name}-to-${to.name}`, { from, to, ports: [Port.tcp(port)] });
  }
  new AksNetworkPolicy(front, 'frontend-from-load-balancer', {
    podSelector: front.frontend,
    rules: [IngressRule.allow({ from: [Peer.anywhere()], ports: [Port.tcp(8080)] })],
  });
}
