import type { HttpRequest } from '../model/http-request';
import type { Peer } from './peer';
import type { Port } from './port';
import { checkTraffic, Rule } from './rule';

/** The options of `IngressRule.allow`. */
export interface IngressTraffic {
  /** Allowed sources; one must match. `[]` allows nobody, as in the portal's form. */
  readonly from: readonly Peer[];
  /**
   * Allowed ports of the selected pods.
   * @default every port of every protocol
   */
  readonly ports?: readonly Port[];
  /**
   * The requests of HTTP that are allowed, on ports of TCP; one must match, and a proxy refuses all others with 403. Only in
   * a CiliumNetworkPolicy; on AKS, the mode of Advanced Container Networking Services must be L7.
   * @default requests are not looked at
   */
  readonly http?: readonly HttpRequest[];
}

/** The options of `IngressRule.deny`. */
export interface DeniedIngressTraffic {
  /** Denied sources; one must match. `[]` denies nobody, and like any rule isolates the selected pods. */
  readonly from: readonly Peer[];
  /**
   * Denied ports of the selected pods.
   * @default every port of every protocol
   */
  readonly ports?: readonly Port[];
}

/** A rule for traffic that reaches the selected pods. With it, a policy isolates them for ingress. */
export class IngressRule extends Rule {
  /** Every source on every port ("Allow all ingress traffic"). */
  public static allowAll(): IngressRule {
    return new IngressRule('allow-all');
  }

  /**
   * No source ("Deny all ingress traffic"). It does not override other rules, in this or any other policy: what they
   * allow stays allowed.
   */
  public static denyAll(): IngressRule {
    return new IngressRule('deny-all');
  }

  /**
   * These sources on these ports ("Allow custom ingress traffic").
   *
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `peer-not-in-rule`, `service-with-ports`, `ports-empty`,
   *   `http-empty`, `http-invalid`, `http-ports-invalid`, `type-mismatch`, `field-unknown`
   */
  public static allow(options: IngressTraffic): IngressRule {
    checkTraffic(options, 'from', 'allow', 'IngressRule.allow');
    const { from: peers, ports, http } = options;
    return new IngressRule('custom', { peers, ports, http });
  }

  /**
   * Denies these sources on these ports, whatever other rules and policies of any kind allow. Only in
   * Cilium's own policies.
   *
   * Like any rule it isolates the selected pods: beside it, only what some rule allows gets through, unless the policy
   * `leavesOpen` the direction. Whoever denies everybody, `cluster` or `host` also denies the kubelet its probes.
   *
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `peer-not-in-rule`, `service-with-ports`, `ports-empty`,
   *   `type-mismatch`, `field-unknown`
   * @see cilium v1.19.5, pkg/policy/repository.go
   */
  public static deny(options: DeniedIngressTraffic): IngressRule {
    checkTraffic(options, 'from', 'deny', 'IngressRule.deny');
    const { from: peers, ports } = options;
    return new IngressRule('custom', { peers, ports }, 'deny');
  }

  public override readonly type = 'Ingress';
  protected override readonly side = 'from';
}
