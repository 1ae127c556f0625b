/**
 * Cilium takes so many ports, or kinds of ICMP messages, in one list.
 *
 * @see cilium v1.19.5, pkg/policy/api/rule_validation.go, maxPorts and MaxICMPFields
 */
export const MOST_IN_A_LIST = 40;
