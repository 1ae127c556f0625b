import type { Rule } from './rule';
import { acknowledgementExpired } from './rules/acknowledgement-expired';
import { acknowledgementUnused } from './rules/acknowledgement-unused';
import { allNamespacesIncludeOwn } from './rules/all-namespaces-include-own';
import { andOrSlip } from './rules/and-or-slip';
import { blankSelector } from './rules/blank-selector';
import { cidrNotCanonical } from './rules/cidr-not-canonical';
import { customRuleWithoutPeers } from './rules/custom-rule-without-peers';
import { denyPresetVoid } from './rules/deny-preset-void';
import { duplicateName } from './rules/duplicate-name';
import { namespaceLabelMissing } from './rules/namespace-label-missing';
import { peerMatchesNothing } from './rules/peer-matches-nothing';
import { podAddressInIpBlock } from './rules/pod-address-in-ip-block';
import { podRangeInIpBlock } from './rules/pod-range-in-ip-block';
import { redundantRule } from './rules/redundant-rule';
import { rulesOfUnlistedType } from './rules/rules-of-unlisted-type';
import { selectsNoWorkload } from './rules/selects-no-workload';
import { serviceAddressInIpBlock } from './rules/service-address-in-ip-block';
import { servicePortNotTargetPort } from './rules/service-port-not-target-port';
import { shadowedPolicy } from './rules/shadowed-policy';

/** Every rule, in the order in which they are documented and run; those about acknowledgements come last. */
export const RULES: readonly Rule[] = [
  // the portal's own warnings
  customRuleWithoutPeers,
  blankSelector,
  podAddressInIpBlock,
  denyPresetVoid,
  allNamespacesIncludeOwn,

  // hygiene
  selectsNoWorkload,
  peerMatchesNothing,
  namespaceLabelMissing,
  andOrSlip,
  rulesOfUnlistedType,
  duplicateName,
  servicePortNotTargetPort,
  serviceAddressInIpBlock,
  podRangeInIpBlock,
  cidrNotCanonical,
  redundantRule,
  shadowedPolicy,

  // reach

  // lifelines

  // engines

  // what the authors expect and accept
  acknowledgementUnused,
  acknowledgementExpired,
];
