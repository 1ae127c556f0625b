import type { LintRule } from './lint-rule';
import { acknowledgementExpired } from './rules/acknowledgement-expired';
import { acknowledgementUnused } from './rules/acknowledgement-unused';
import { allNamespacesIncludeOwn } from './rules/all-namespaces-include-own';
import { ambientMeshCutOff } from './rules/ambient-mesh-cut-off';
import { andOrSlip } from './rules/and-or-slip';
import { apiServerCutOff } from './rules/api-server-cut-off';
import { blankSelector } from './rules/blank-selector';
import { calicoLeadingZeros } from './rules/calico-leading-zeros';
import { cidrNotCanonical } from './rules/cidr-not-canonical';
import { ciliumEgressPortName } from './rules/cilium-egress-port-name';
import { ciliumEndPort } from './rules/cilium-end-port';
import { ciliumIpBlockMissesPods } from './rules/cilium-ip-block-misses-pods';
import { ciliumLabelNotInIdentity } from './rules/cilium-label-not-in-identity';
import { customRuleWithoutPeers } from './rules/custom-rule-without-peers';
import { denyPresetVoid } from './rules/deny-preset-void';
import { duplicateName } from './rules/duplicate-name';
import { egressCannotResolveNames } from './rules/egress-cannot-resolve-names';
import { endOfSupport } from './rules/end-of-support';
import { engineChangesConnections } from './rules/engine-changes-connections';
import { hostNetworkPod } from './rules/host-network-pod';
import { ingressControllerCutOff } from './rules/ingress-controller-cut-off';
import { ipv4OnlyIpBlock } from './rules/ipv4-only-ip-block';
import { loadBalancerHidesSource } from './rules/load-balancer-hides-source';
import { managedNamespacePolicy } from './rules/managed-namespace-policy';
import { metricsScraperCutOff } from './rules/metrics-scraper-cut-off';
import { misspeltWord } from './rules/misspelt-word';
import { mustNotReach } from './rules/must-not-reach';
import { mustReach } from './rules/must-reach';
import { namespaceLabelMissing } from './rules/namespace-label-missing';
import { noDefaultDeny } from './rules/no-default-deny';
import { noEngine } from './rules/no-engine';
import { npmIpv6NotFiltered } from './rules/npm-ipv6-not-filtered';
import { npmManyIpBlocks } from './rules/npm-many-ip-blocks';
import { npmNegativeNamespaceSelector } from './rules/npm-negative-namespace-selector';
import { npmPolicySkipped } from './rules/npm-policy-skipped';
import { npmScaleLimits } from './rules/npm-scale-limits';
import { npmUpdateGap } from './rules/npm-update-gap';
import { npmWindowsPolicySkipped } from './rules/npm-windows-policy-skipped';
import { oneSidedAllow } from './rules/one-sided-allow';
import { onlyFrom } from './rules/only-from';
import { ownNodeEgress } from './rules/own-node-egress';
import { peerMatchesNothing } from './rules/peer-matches-nothing';
import { podAddressInIpBlock } from './rules/pod-address-in-ip-block';
import { podRangeInIpBlock } from './rules/pod-range-in-ip-block';
import { portNameNotSeen } from './rules/port-name-not-seen';
import { reachableFromEverywhere } from './rules/reachable-from-everywhere';
import { reachableFromInternet } from './rules/reachable-from-internet';
import { redundantRule } from './rules/redundant-rule';
import { rulesOfUnlistedType } from './rules/rules-of-unlisted-type';
import { sctpNotCarried } from './rules/sctp-not-carried';
import { selectsNoWorkload } from './rules/selects-no-workload';
import { serviceAddressInIpBlock } from './rules/service-address-in-ip-block';
import { servicePortNotTargetPort } from './rules/service-port-not-target-port';
import { shadowedPolicy } from './rules/shadowed-policy';
import { systemNamespacePolicy } from './rules/system-namespace-policy';
import { undeclaredPortName } from './rules/undeclared-port-name';
import { unreachableWorkload } from './rules/unreachable-workload';
import { webhookCutOff } from './rules/webhook-cut-off';
import { wideEgressIncludesImds } from './rules/wide-egress-includes-imds';
import { workloadIdentityCutOff } from './rules/workload-identity-cut-off';

/** Every rule, in the order in which they are documented and run; those about acknowledgements come last. */
export const RULES: readonly LintRule[] = [
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
  misspeltWord,
  andOrSlip,
  rulesOfUnlistedType,
  duplicateName,
  servicePortNotTargetPort,
  undeclaredPortName,
  serviceAddressInIpBlock,
  podRangeInIpBlock,
  cidrNotCanonical,
  redundantRule,
  shadowedPolicy,

  // reach
  noDefaultDeny,
  reachableFromEverywhere,
  reachableFromInternet,
  unreachableWorkload,
  wideEgressIncludesImds,
  oneSidedAllow,

  // lifelines
  egressCannotResolveNames,
  workloadIdentityCutOff,
  apiServerCutOff,
  metricsScraperCutOff,
  webhookCutOff,
  ingressControllerCutOff,
  ambientMeshCutOff,

  // engines
  noEngine,
  endOfSupport,
  ciliumIpBlockMissesPods,
  ciliumEndPort,
  ciliumEgressPortName,
  portNameNotSeen,
  ciliumLabelNotInIdentity,
  sctpNotCarried,
  ownNodeEgress,
  loadBalancerHidesSource,
  npmPolicySkipped,
  npmWindowsPolicySkipped,
  npmNegativeNamespaceSelector,
  npmManyIpBlocks,
  npmScaleLimits,
  npmUpdateGap,
  npmIpv6NotFiltered,
  calicoLeadingZeros,
  ipv4OnlyIpBlock,
  hostNetworkPod,
  systemNamespacePolicy,
  managedNamespacePolicy,
  engineChangesConnections,

  // what the authors expect and accept
  mustReach,
  mustNotReach,
  onlyFrom,
  acknowledgementUnused,
  acknowledgementExpired,
];
