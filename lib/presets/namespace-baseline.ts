import { Construct } from 'constructs';
import { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import { checkNamespaceName } from '../model/names';
import type { PolicyType } from '../model/network-policy';
import { placeOf } from '../model/place';
import { isList, NetworkPolicyError, refuseIf, show } from '../model/problem';
import type { AksNetworkPolicy } from '../policy/aks-network-policy';
import type { CiliumNetworkPolicy } from '../policy/cilium-network-policy';
import { EgressRule } from '../policy/egress-rule';
import { IngressRule } from '../policy/ingress-rule';
import { isKind } from '../policy/kind';
import { checkProps } from '../policy/options';
import { Peer } from '../policy/peer';
import { unreadableShape } from '../policy/shapes';
import { checkWrittenKind, type NamespacedPolicyKind, policyOfKind } from './written-kind';

/** The default of a direction, in the words of AKS managed namespaces. */
export type TrafficBaseline = 'AllowAll' | 'AllowSameNamespace' | 'DenyAll';

const BASELINES: readonly TrafficBaseline[] = ['AllowAll', 'AllowSameNamespace', 'DenyAll'];

export interface NamespaceBaselineProps {
  /**
   * The namespace.
   * @default the chart's, else `default`
   */
  readonly namespace?: string;
  /**
   * Who may reach the namespace's pods, unless another policy allows more.
   * @default AllowSameNamespace, as for AKS managed namespaces
   */
  readonly ingress?: TrafficBaseline;
  /**
   * Whom the namespace's pods may reach, unless another policy allows more.
   * @default AllowAll, as for AKS managed namespaces
   */
  readonly egress?: TrafficBaseline;
  /**
   * Whether the pods may query the cluster's name servers, on UDP and TCP 53, if egress is not `AllowAll`.
   * @default true
   */
  readonly dns?: boolean;
  /**
   * The cluster. It decides about the name servers of `dns`: CoreDNS, and LocalDNS if it is on, as in `AksTraffic.toDns`; and
   * what a `CiliumNetworkPolicy` refuses.
   * @default not known: only CoreDNS
   */
  readonly profile?: AksClusterProfile;
  /**
   * More rules that the pods need, such as those of `AksTraffic`. They become a separate policy.
   * @default nothing
   */
  readonly allow?: readonly (IngressRule | EgressRule)[];
  /**
   * The kind of the policies. With `CiliumNetworkPolicy` the rules of `allow` can say what only Cilium's own
   * policies can, such as host names.
   * @default NetworkPolicy
   */
  readonly kind?: NamespacedPolicyKind;
}

/**
 * The policies for every pod of a namespace: `default-deny` isolates the directions that are not `AllowAll`;
 * `allow-same-namespace`, `allow-dns` and `allow-required-traffic` allow what stays open.
 *
 * `AllowAll` writes no policy: the direction is open until another policy isolates a pod. An explicit allow-all would make
 * all such policies ineffective.
 *
 * The default deny is a separate policy. On the engine azure, each update of a policy opens its pods for 29 to 418 ms (six
 * of six updates, observed 2026-11-22); a default deny that is not updated keeps them closed.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/managed-namespaces.md, read 2026-11-22
 */
export class NamespaceBaseline extends Construct {
  /** Isolates every pod of the namespace; undefined if both directions are `AllowAll`. */
  public readonly defaultDeny: AksNetworkPolicy | CiliumNetworkPolicy | undefined;
  /** Allows traffic within the namespace; undefined if no direction is `AllowSameNamespace`. */
  public readonly allowSameNamespace: AksNetworkPolicy | CiliumNetworkPolicy | undefined;
  /** Allows name resolution; undefined if egress is open or `dns` is off. */
  public readonly allowDns: AksNetworkPolicy | CiliumNetworkPolicy | undefined;
  /** The rules of `allow`; undefined if there are none. */
  public readonly allowRequiredTraffic: AksNetworkPolicy | CiliumNetworkPolicy | undefined;

  /**
   * @throws NetworkPolicyError `baseline-unknown`, `baseline-direction-open`, `namespace-invalid`,
   *   `type-mismatch`, `field-unknown`, `value-unknown`, and the codes of the policies; with a profile
   *   `profile-field-missing`, `local-dns-not-expressible`
   */
  public constructor(scope: Construct, id: string, props: NamespaceBaselineProps = {}) {
    checkProps(
      props,
      ['namespace', 'ingress', 'egress', 'dns', 'profile', 'allow', 'kind'],
      'NamespaceBaseline',
    );
    const { ingress = 'AllowSameNamespace', egress = 'AllowAll', dns = true, profile, allow = [] } = props;
    const { kind = 'NetworkPolicy' } = props;
    checkWrittenKind(kind, 'NamespaceBaseline kind');
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
    // Made before the construct exists, so that an invalid baseline leaves nothing behind.
    const toNameServers = egress === 'AllowAll' || !dns ? [] : [nameServers(profile, kind)];
    super(scope, id);
    const policy = (name: string, rules: readonly (IngressRule | EgressRule)[]) =>
      rules.length === 0
        ? undefined
        : policyOfKind(kind, this, name, defined({ namespace: props.namespace, rules }), profile);

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

/** @throws NetworkPolicyError `profile-field-missing`, `local-dns-not-expressible` */
function nameServers(profile: AksClusterProfile | undefined, kind: NamespacedPolicyKind): EgressRule {
  // Loaded here because a baseline with open egress does not need it.
  const { toCoreDns, toDns } = require('./dns-traffic') as typeof import('./dns-traffic');
  const rule =
    profile === undefined ? toCoreDns() : toDns(AksClusterProfile.of(profile), 'NamespaceBaseline');
  if (kind === 'NetworkPolicy' && rule.peers?.some((peer) => peer.toParts().kind === 'entity')) {
    throw new NetworkPolicyError({
      code: 'local-dns-not-expressible',
      at: 'NamespaceBaseline',
      got: show(profile),
      problem: 'LocalDNS runs on the node, and no NetworkPolicy reaches a node on this Cilium',
      fix: "write kind: 'CiliumNetworkPolicy', whose policies can name the node",
    });
  }
  return rule;
}

/** Refuses rules for a direction that the baseline leaves open: the first one would close it. */
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
        problem: `the baseline leaves ${type.toLowerCase()} open, and a policy with this rule would close it except for the rule`,
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
