import { Chart, type ChartProps } from 'cdk8s';
import {
  AksNetworkPolicy,
  EgressRule,
  Findings,
  IngressRule,
  NamespaceSelector,
  Peer,
  PodSelector,
  Port,
} from 'cdk8s-aks-network-policy';
import { Namespace } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** One policy for each choice of the portal's page "Create a network policy". */
export class PortalForm extends Chart {
  public constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    this.scope();
    this.presets();
    this.sources();
    this.destinations();
    this.ports();
  }

  /** Name, namespace, pod selector. */
  private scope(): void {
    // Nothing but a name: every pod of the namespace, all ingress denied, egress untouched.
    new AksNetworkPolicy(this, 'no-rules');

    new Namespace(this, 'shop', { metadata: { name: 'shop' } });
    new AksNetworkPolicy(this, 'pod-selector', {
      namespace: 'shop',
      podSelector: PodSelector.labels({ app: 'web', tier: 'front' }),
      labels: { team: 'store' },
    });
  }

  /** Rule type × rule preset. */
  private presets(): void {
    new AksNetworkPolicy(this, 'allow-all-ingress', { rules: [IngressRule.allowAll()] });
    new AksNetworkPolicy(this, 'deny-all-ingress', { rules: [IngressRule.denyAll()] });
    new AksNetworkPolicy(this, 'allow-all-egress', { rules: [EgressRule.allowAll()] });
    new AksNetworkPolicy(this, 'deny-all-egress', { rules: [EgressRule.denyAll()] });
    new AksNetworkPolicy(this, 'deny-all', { rules: [IngressRule.denyAll(), EgressRule.denyAll()] });

    // "Allow custom ingress traffic" without a source denies, as the form says.
    const noSource = new AksNetworkPolicy(this, 'custom-without-sources', {
      rules: [IngressRule.allow({ from: [] })],
    });
    Findings.of(noSource).acknowledge('custom-rule-without-peers', {
      reason: 'shows what the form does with an empty list',
    });
  }

  /** Allowed sources. */
  private sources(): void {
    this.allowFrom('from-same-namespace', Peer.sameNamespace());
    this.allowFrom('from-same-namespace-pods', Peer.sameNamespace(PodSelector.labels({ app: 'web' })));

    const everyNamespace = this.allowFrom('from-all-namespaces', Peer.otherNamespaces());
    Findings.of(everyNamespace).acknowledge('all-namespaces-include-own', {
      reason: 'the form offers it, and the own namespace may come in here',
    });
    this.allowFrom(
      'from-every-other-namespace',
      Peer.otherNamespaces({ namespaces: NamespaceSelector.except('default') }),
    );
    this.allowFrom(
      'from-other-namespace',
      Peer.otherNamespaces({ namespaces: NamespaceSelector.named('monitoring') }),
    );
    // One source with both selectors: pods labelled so, in namespaces labelled so.
    this.allowFrom(
      'from-pods-of-other-namespaces',
      Peer.otherNamespaces({
        namespaces: NamespaceSelector.labels({ team: 'platform' }),
        pods: PodSelector.labels({ app: 'prometheus' }),
      }),
    );

    this.allowFrom('from-all-ip-blocks', Peer.allIpBlocks());
    this.allowFrom('from-all-ip-blocks-dual-stack', Peer.allIpBlocks({ ipv6: true }));
    this.allowFrom('from-ip-block', Peer.ipBlock('203.0.113.0/24'));
    this.allowFrom('from-ip-block-except', Peer.ipBlock('203.0.113.0/24', { except: ['203.0.113.128/25'] }));

    // Two sources: any one suffices.
    this.allowFrom(
      'from-several',
      Peer.sameNamespace(PodSelector.labels({ app: 'web' })),
      Peer.ipBlock('198.51.100.0/24'),
    );
    this.allowFrom('from-anywhere', Peer.anywhere());
  }

  /** Allowed destinations. */
  private destinations(): void {
    new AksNetworkPolicy(this, 'to-same-namespace', {
      podSelector: PodSelector.labels({ app: 'web' }),
      rules: [EgressRule.allow({ to: [Peer.sameNamespace()] })],
    });
    new AksNetworkPolicy(this, 'to-dns', {
      podSelector: PodSelector.labels({ app: 'web' }),
      rules: [
        EgressRule.allow({
          to: [
            Peer.otherNamespaces({
              namespaces: NamespaceSelector.named('kube-system'),
              pods: PodSelector.labels({ 'k8s-app': 'kube-dns' }),
            }),
          ],
          ports: [Port.udp(53), Port.tcp(53)],
        }),
      ],
    });
    new AksNetworkPolicy(this, 'to-ip-block', {
      podSelector: PodSelector.matching([{ key: 'tier', operator: 'NotIn', values: ['front'] }]),
      rules: [
        EgressRule.allow({
          to: [Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] })],
          ports: [Port.tcp(443)],
        }),
      ],
    });
  }

  /** Allowed ports. Left out: "Allow all ports", as in every policy above without them. */
  private ports(): void {
    this.allowOn('on-protocol', Port.allTcp());
    this.allowOn('on-port', Port.tcp(8080));
    this.allowOn('on-port-range', Port.tcpRange(8000, 8100));
    this.allowOn('on-several-ports', Port.tcp(80), Port.udp(53), Port.sctp(7777));
    // Not on the form, but in Kubernetes: a container port by its name.
    this.allowOn('on-named-port', Port.named('http'));
  }

  private allowFrom(name: string, ...from: Peer[]): AksNetworkPolicy {
    return new AksNetworkPolicy(this, name, {
      podSelector: PodSelector.labels({ app: 'db' }),
      rules: [IngressRule.allow({ from })],
    });
  }

  private allowOn(name: string, ...ports: Port[]): AksNetworkPolicy {
    return new AksNetworkPolicy(this, name, {
      podSelector: PodSelector.labels({ app: 'web' }),
      rules: [IngressRule.allow({ from: [Peer.sameNamespace()], ports })],
    });
  }
}
