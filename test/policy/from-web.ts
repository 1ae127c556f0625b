import { IngressRule, Peer, PodSelector } from 'cdk8s-aks-network-policy';

/** The pods of the web, and a rule that lets them in. */

export const web = PodSelector.labels({ app: 'web' });
export const fromWeb = IngressRule.allow({ from: [Peer.sameNamespace(web)] });
