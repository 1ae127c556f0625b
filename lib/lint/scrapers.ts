import { isSystemNamespace } from '../aks/system-namespaces';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { TrafficPeer } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { portsOf } from './strangers';

/** Words in names and labels of what reads metrics. */
const METRICS =
  /prom|metric|monitor|scrap|ama-|grafana|otel|telemetry|collector|agent|datadog|victoria|thanos/i;

/** Namespaces of what sends users' requests, not of what reads metrics. */
const INGRESS = /ingress|gateway|routing/i;

/** Whether something that may well be a scraper is let in on one of these ports. */
export function isScraperLet(reach: Reach, ports: PortSet, context: LintContext): boolean {
  const [workload] = reach.workloads;
  const scrapers = context.workloadsIn(workload?.namespace ?? '').filter(({ name }) => METRICS.test(name));
  return (
    reach.openWith(context.survey.setOf(scrapers)).overlaps(ports) ||
    reach.policies.some((policy) =>
      context
        .allowing(policy, 'Ingress')
        .filter((rule) => portsOf(rule, workload).overlaps(ports))
        .some(({ peers }) => peers === undefined || peers.some((peer) => mayScrape(peer, policy.namespace))),
    )
  );
}

function mayScrape(peer: TrafficPeer, own: string | undefined): boolean {
  return (
    peer.kind !== 'pods' ||
    METRICS.test(JSON.stringify(peer.pods)) ||
    (typeof peer.namespaces !== 'string' && !namesOnly(peer.namespaces, own))
  );
}

/** Whether a selector names namespaces in none of which a scraper is to be expected. */
function namesOnly(selector: LabelSelector, own: string | undefined): boolean {
  return requirementsOf(selector).some(
    ({ key, operator, values = [] }) =>
      key === NAMESPACE_NAME_LABEL &&
      operator === 'In' &&
      values.every(
        (name) => name === own || INGRESS.test(name) || (isSystemNamespace(name) && name !== 'kube-system'),
      ),
  );
}
