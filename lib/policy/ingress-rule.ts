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
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `ports-empty`, `type-mismatch`,
   *   `field-unknown`
   */
  public static allow(options: IngressTraffic): IngressRule {
    checkTraffic(options, 'from', 'IngressRule.allow');
    return new IngressRule('custom', options.from, options.ports);
  }

  public override readonly type = 'Ingress';
  protected override readonly side = 'from';
}
