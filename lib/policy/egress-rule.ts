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
   * @throws NetworkPolicyError `peers-missing`, `peer-unreadable`, `ports-empty`, `type-mismatch`,
   *   `field-unknown`
   */
  public static allow(options: EgressTraffic): EgressRule {
    checkTraffic(options, 'to', 'EgressRule.allow');
    return new EgressRule('custom', options.to, options.ports);
  }

  public override readonly type = 'Egress';
  protected override readonly side = 'to';
}
