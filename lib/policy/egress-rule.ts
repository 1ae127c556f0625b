import type { HttpRequest } from '../model/http-request';
import type { Peer } from './peer';
import type { Port } from './port';
import { checkTraffic, Rule } from './rule';

/** The options of `EgressRule.allow`. */
export interface EgressTraffic {
  /** Allowed destinations; one must match. `[]` allows nobody, as in the portal's form. */
  readonly to: readonly Peer[];
  /**
   * Allowed ports of the destinations.
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

/** The options of `EgressRule.deny`. */
export interface DeniedEgressTraffic {
  /** Denied destinations; one must match. `[]` denies nobody, and like any rule isolates the selected pods. */
  readonly to: readonly Peer[];
  /**
   * Denied ports of the destinations.
   * @default every port of every protocol
   */
  readonly ports?: readonly Port[];
}

/** A rule for traffic that leaves the selected pods. With it, a policy isolates them for egress. */
export class EgressRule extends Rule {
  /** Every destination on every port ("Allow all egress traffic"). */
  public static allowAll(): EgressRule {
    return new EgressRule('allow-all');
  }

  /**
   * No destination ("Deny all egress traffic"). It does not override other rules, in this or any other policy: what they
   * allow stays allowed.
   */
  public static denyAll(): EgressRule {
    return new EgressRule('deny-all');
  }

  /**
   * These destinations on these ports ("Allow custom egress traffic").
   *
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `peer-not-in-rule`, `service-with-ports`, `ports-empty`,
   *   `http-empty`, `http-invalid`, `http-ports-invalid`, `type-mismatch`, `field-unknown`
   */
  public static allow(options: EgressTraffic): EgressRule {
    checkTraffic(options, 'to', 'allow', 'EgressRule.allow');
    const { to: peers, ports, http } = options;
    return new EgressRule('custom', { peers, ports, http });
  }

  /**
   * Denies these destinations on these ports, whatever other rules and policies of any kind allow. Only in
   * Cilium's own policies.
   *
   * Like any rule it isolates the selected pods: beside it, only what some rule allows gets through, unless the policy
   * `leavesOpen` the direction.
   *
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `peer-not-in-rule`, `service-with-ports`, `ports-empty`,
   *   `type-mismatch`, `field-unknown`
   * @see cilium v1.19.5, pkg/policy/repository.go
   */
  public static deny(options: DeniedEgressTraffic): EgressRule {
    checkTraffic(options, 'to', 'deny', 'EgressRule.deny');
    const { to: peers, ports } = options;
    return new EgressRule('custom', { peers, ports }, 'deny');
  }

  public override readonly type = 'Egress';
  protected override readonly side = 'to';
}
