import { Construct } from 'constructs';
import { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import { checkNamespaceName } from '../model/names';
import type { PolicyType } from '../model/network-policy';
import { placeOf } from '../model/place';
import { isList, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { AksNetworkPolicy } from '../policy/aks-network-policy';
import { EgressRule } from '../policy/egress-rule';
import { IngressRule } from '../policy/ingress-rule';
import { isKind } from '../policy/kind';
import { checkProps } from '../policy/options';
import { Peer } from '../policy/peer';
import { unreadableShape } from '../policy/shapes';

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
   * Whether the pods may ask the cluster's name servers, on UDP and TCP 53, when egress is not `AllowAll`.
   * @default true
   */
  readonly dns?: boolean;
  /**
   * The cluster, whose name servers `dns` follows: CoreDNS, and LocalDNS where it is on, as `AksTraffic.toDns`.
   * @default not known: CoreDNS alone
   */
  readonly profile?: AksClusterProfile;
  /**
   * What the pods need besides, such as rules of `AksTraffic`. They become a policy of their own.
   * @default nothing
   */
  readonly allow?: readonly (IngressRule | EgressRule)[];
}

/**
 * What holds for every pod of a namespace: `default-deny` isolates the directions that are not `AllowAll`,
 * `allow-same-namespace`, `allow-dns` and `allow-required-traffic` open what stays open.
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
  /** Allows what `allow` lists; undefined when it lists nothing. */
  public readonly allowRequiredTraffic: AksNetworkPolicy | undefined;

  /**
   * @throws NetworkPolicyError `baseline-unknown`, `baseline-direction-open`, `namespace-invalid`,
   *   `type-mismatch`, `field-unknown`; with a profile `profile-field-missing`, `local-dns-not-expressible`
   */
  public constructor(scope: Construct, id: string, props: NamespaceBaselineProps = {}) {
    checkProps(props, ['namespace', 'ingress', 'egress', 'dns', 'profile', 'allow'], 'NamespaceBaseline');
    const { ingress = 'AllowSameNamespace', egress = 'AllowAll', dns = true, profile, allow = [] } = props;
    checkBaseline('ingress', ingress);
    checkBaseline('egress', egress);
    checkAllow(allow, { Ingress: ingress, Egress: egress });
    if (typeof dns !== 'boolean') {
      throw unreadableShape('type-mismatch', 'NamespaceBaseline dns', dns, 'true or false');
    }
    if (props.namespace !== undefined) {
      const { namespace } = props;
      refuseIf((problems) => checkNamespaceName(namespace, 'NamespaceBaseline namespace', problems));
    }
    // Before there is a construct, so that a baseline that is refused leaves nothing behind.
    const toNameServers = egress === 'AllowAll' || !dns ? [] : [nameServers(profile)];
    super(scope, id);
    const policy = (name: string, rules: readonly (IngressRule | EgressRule)[]) =>
      rules.length === 0
        ? undefined
        : new AksNetworkPolicy(this, name, defined({ namespace: props.namespace, rules }));

    this.defaultDeny = policy('default-deny', [
      ...(ingress === 'AllowAll' ? [] : [IngressRule.denyAll()]),
      ...(egress === 'AllowAll' ? [] : [EgressRule.denyAll()]),
    ]);
    this.allowSameNamespace = policy('allow-same-namespace', [
      ...(ingress === 'AllowSameNamespace' ? [IngressRule.allow({ from: [Peer.sameNamespace()] })] : []),
      ...(egress === 'AllowSameNamespace' ? [EgressRule.allow({ to: [Peer.sameNamespace()] })] : []),
    ]);
    this.allowDns = policy('allow-dns', toNameServers);
    this.allowRequiredTraffic = policy('allow-required-traffic', allow);
  }
}

function nameServers(profile: AksClusterProfile | undefined): EgressRule {
  // A baseline that leaves egress open does without.
  const { toCoreDns, toDns } = require('./dns-traffic') as typeof import('./dns-traffic');
  return profile === undefined ? toCoreDns() : toDns(AksClusterProfile.of(profile), 'NamespaceBaseline');
}

/** Refuses rules for a direction that the baseline leaves open: the first one would shut it. */
function checkAllow(allow: unknown, baselines: Readonly<Record<PolicyType, TrafficBaseline>>): void {
  const at = 'NamespaceBaseline allow';
  refuseIf((problems) => isList(allow, at, problems));
  for (const [i, rule] of (allow as readonly unknown[]).entries()) {
    if (!isKind(rule, 'rule')) {
      throw unreadableShape('type-mismatch', placeOf(at, i), rule, 'an IngressRule or an EgressRule');
    }
    const { type } = rule as IngressRule | EgressRule;
    if (baselines[type] === 'AllowAll') {
      throw new NetworkPolicyError({
        code: 'baseline-direction-open',
        at: placeOf(at, i),
        got: `a rule for ${type}`,
        problem: `the baseline leaves ${type.toLowerCase()} open, and a policy with this rule would shut it but for the rule`,
        fix: `leave the rule out, or write ${type.toLowerCase()}: 'DenyAll'`,
      });
    }
  }
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
