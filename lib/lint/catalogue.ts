import type { Rule } from './rule';
import { acknowledgementExpired } from './rules/acknowledgement-expired';
import { acknowledgementUnused } from './rules/acknowledgement-unused';
import { apiServerCutOff } from './rules/api-server-cut-off';
import { egressCannotResolveNames } from './rules/egress-cannot-resolve-names';
import { ingressControllerCutOff } from './rules/ingress-controller-cut-off';
import { metricsScraperCutOff } from './rules/metrics-scraper-cut-off';
import { mustNotReach } from './rules/must-not-reach';
import { mustReach } from './rules/must-reach';
import { noDefaultDeny } from './rules/no-default-deny';
import { oneSidedAllow } from './rules/one-sided-allow';
import { onlyFrom } from './rules/only-from';
import { reachableFromEverywhere } from './rules/reachable-from-everywhere';
import { reachableFromInternet } from './rules/reachable-from-internet';
import { rulesOfUnlistedType } from './rules/rules-of-unlisted-type';
import { selectsNoWorkload } from './rules/selects-no-workload';
import { unreachableWorkload } from './rules/unreachable-workload';
import { webhookCutOff } from './rules/webhook-cut-off';
import { wideEgressIncludesImds } from './rules/wide-egress-includes-imds';
import { workloadIdentityCutOff } from './rules/workload-identity-cut-off';

/** Every rule, in the order in which they are documented and run; those about acknowledgements come last. */
export const RULES: readonly Rule[] = [
  // the portal's own warnings

  // hygiene
  selectsNoWorkload,
  rulesOfUnlistedType,

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

  // engines

  // what the authors expect and accept
  mustReach,
  mustNotReach,
  onlyFrom,
  acknowledgementUnused,
  acknowledgementExpired,
];
