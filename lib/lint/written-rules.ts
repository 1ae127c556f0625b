import type { PolicyEntry } from '../model/cluster';
import {
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  POLICY_TYPES,
  type PolicyType,
} from '../model/network-policy';
import { rulesOf } from '../reachability/policy';
import type { PartDeparture } from '../reachability/policy-departures';
import type { LintContext } from './context';

/** A value in a policy, and the path of its field. */
export interface Written<T> {
  readonly value: T;
  /** `spec.ingress[0].from[1]` */
  readonly at: string;
}

/** One rule of a policy as it is written. */
export interface WrittenRule {
  readonly direction: PolicyType;
  /** Its place in `ingress` or `egress`, from 0. */
  readonly index: number;
  /** `spec.ingress[0]` */
  readonly at: string;
  /** Whether it counts: one of a direction that the policy's types leave out does nothing. */
  readonly isInForce: boolean;
  /** Empty for everybody. */
  readonly peers: readonly Written<NetworkPolicyPeer>[];
  /** Empty for every port. */
  readonly ports: readonly Written<NetworkPolicyPort>[];
}

const FIELDS = {
  Ingress: { rules: 'ingress', peers: 'from' },
  Egress: { rules: 'egress', peers: 'to' },
} as const;

/** The rules of a policy, ingress first, whether or not its types list their direction. */
export function writtenRules(policy: PolicyEntry): WrittenRule[] {
  const types = typesOf(policy);
  return POLICY_TYPES.flatMap((direction) => {
    const { rules, peers: side } = FIELDS[direction];
    const isInForce = types.includes(direction);
    return rulesOf(policy, direction).map(({ peers, ports }, index) => {
      const at = `spec.${rules}[${index}]`;
      return {
        direction,
        index,
        at,
        isInForce,
        peers: peers.map((value, i) => ({ value, at: `${at}.${side}[${i}]` })),
        ports: ports.map((value, i) => ({ value, at: `${at}.ports[${i}]` })),
      };
    });
  });
}

/** The directions that a policy isolates by the specification. */
export function typesOf({ policy }: PolicyEntry): readonly PolicyType[] {
  const { policyTypes = [], egress } = policy.spec ?? {};
  return policyTypes !== null && policyTypes.length > 0
    ? POLICY_TYPES.filter((type) => policyTypes.includes(type))
    : (egress ?? []).length > 0
      ? POLICY_TYPES
      : ['Ingress'];
}

/** The rules of one direction, at their places. */
export function rulesOfDirection(rules: readonly WrittenRule[], direction: PolicyType): WrittenRule[] {
  return rules.filter((rule) => rule.direction === direction);
}

/** The peer that a departure is about, as it is written. */
export function peerAt(
  policy: PolicyEntry,
  { part, direction, rule, entry }: PartDeparture,
): NetworkPolicyPeer | undefined {
  return part !== 'peer' || direction === undefined
    ? undefined
    : rulesOf(policy, direction)[rule as number]?.peers[entry as number];
}

/** The rules of a policy that count. */
export function rulesInForce(context: LintContext, policy: PolicyEntry): readonly WrittenRule[] {
  const rules = context.rulesOf(policy);
  return rules.every(({ isInForce }) => isInForce) ? rules : rules.filter(({ isInForce }) => isInForce);
}
