import type { Peer } from './peer';
import type { Port } from './port';
import { checkTraffic, Rule } from './rule';

/** What `IngressRule.allow` takes. */
export interface IngressTraffic {
  /** Allowed sources. Any one suffices; `[]` allows nobody, as the portal's form says. */
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
   * No source at all ("Deny all ingress traffic"). It takes nothing away: another rule, in this or any
   * other policy, still allows what it allows.
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
