import { Construct } from 'constructs';
import { CORE_DNS } from '../aks/core-dns';
import { NetworkPolicyError, show } from '../model/problem';
import { AksNetworkPolicy } from '../policy/aks-network-policy';
import { EgressRule } from '../policy/egress-rule';
import { IngressRule } from '../policy/ingress-rule';
import { NamespaceSelector } from '../policy/namespace-selector';
import { Peer } from '../policy/peer';
import { PodSelector } from '../policy/pod-selector';
import { Port } from '../policy/port';

/** The three words that AKS managed namespaces use for a direction's default. */
export type TrafficBaseline = 'AllowAll' | 'AllowSameNamespace' | 'DenyAll';

const BASELINES: readonly TrafficBaseline[] = ['AllowAll', 'AllowSameNamespace', 'DenyAll'];

export interface NamespaceBaselineProps {
  /**
   * The namespace.
   * @default the chart's, else `default`
   */
  readonly namespace?: string;
  /**
   * Who reaches the namespace's pods as long as no other policy allows more.
   * @default AllowSameNamespace, as AKS managed namespaces have it
   */
  readonly ingress?: TrafficBaseline;
  /**
   * Whom the namespace's pods reach as long as no other policy allows more.
   * @default AllowAll, as AKS managed namespaces have it
   */
  readonly egress?: TrafficBaseline;
  /**
   * Whether the pods may ask CoreDNS, on UDP and TCP 53, when egress is not `AllowAll`. LocalDNS on the
   * cilium engine needs a Cilium policy besides: a NetworkPolicy cannot name the node there.
   * @default true
   */
  readonly dns?: boolean;
}

/**
 * What holds for every pod of a namespace: `default-deny` isolates the directions that are not `AllowAll`,
 * `allow-same-namespace` and `allow-dns` open what stays open.
 *
 * `AllowAll` writes nothing: the direction is open until another policy isolates a pod. An explicit
 * allow-all would make every such policy void.
 *
 * The default deny is an object of its own. On the azure engine each update of a policy opens its pods for
 * 29 to 418 ms (six of six updates, observed 2026-11-22); an untouched default deny beside it keeps them
 * shut.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/managed-namespaces.md, read 2026-11-22
 */
export class NamespaceBaseline extends Construct {
  /** Isolates every pod of the namespace; undefined when both directions are `AllowAll`. */
  public readonly defaultDeny: AksNetworkPolicy | undefined;
  /** Allows traffic within the namespace; undefined when no direction is `AllowSameNamespace`. */
  public readonly allowSameNamespace: AksNetworkPolicy | undefined;
  /** Allows name resolution; undefined when egress is open or `dns` is off. */
  public readonly allowDns: AksNetworkPolicy | undefined;

  /** @throws NetworkPolicyError `baseline-unknown`, `namespace-invalid` */
  public constructor(scope: Construct, id: string, props: NamespaceBaselineProps = {}) {
    super(scope, id);
    const { ingress = 'AllowSameNamespace', egress = 'AllowAll', dns = true } = props;
    checkBaseline('ingress', ingress);
    checkBaseline('egress', egress);
    const policy = (name: string, rules: (IngressRule | EgressRule)[]) =>
      rules.length === 0
        ? undefined
        : new AksNetworkPolicy(this, name, {
            ...(props.namespace !== undefined && { namespace: props.namespace }),
            rules,
          });

    this.defaultDeny = policy('default-deny', [
      ...(ingress === 'AllowAll' ? [] : [IngressRule.denyAll()]),
      ...(egress === 'AllowAll' ? [] : [EgressRule.denyAll()]),
    ]);
    this.allowSameNamespace = policy('allow-same-namespace', [
      ...(ingress === 'AllowSameNamespace' ? [IngressRule.allow({ from: [Peer.sameNamespace()] })] : []),
      ...(egress === 'AllowSameNamespace' ? [EgressRule.allow({ to: [Peer.sameNamespace()] })] : []),
    ]);
    this.allowDns = policy('allow-dns', egress === 'AllowAll' || !dns ? [] : [toCoreDns()]);
  }
}

function toCoreDns(): EgressRule {
  const coreDns = Peer.otherNamespaces({
    namespaces: NamespaceSelector.named(CORE_DNS.namespace),
    pods: PodSelector.labels(CORE_DNS.labels),
  });
  return EgressRule.allow({ to: [coreDns], ports: [Port.udp(CORE_DNS.port), Port.tcp(CORE_DNS.port)] });
}

function checkBaseline(direction: 'ingress' | 'egress', baseline: TrafficBaseline): void {
  if (!BASELINES.includes(baseline)) {
    throw new NetworkPolicyError({
      code: 'baseline-unknown',
      at: `NamespaceBaseline ${direction}`,
      got: show(baseline),
      problem: 'there is no such baseline',
      fix: `write ${BASELINES.join(', ')}`,
    });
  }
}
