import { isSystemNamespace } from '../aks/system-namespaces';
import { METRICS_SCRAPERS } from '../aks/system-pods';
import type { Workload } from '../model/cluster';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSet } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { namedAddresses } from './named-addresses';

/** Words in names and labels of what reads metrics. */
const METRICS =
  /prom|metric|monitor|scrap|ama-|grafana|otel|telemetry|collector|agent|datadog|victoria|thanos/i;

/** Namespaces of what sends users' requests, not of what reads metrics. */
const INGRESS = /ingress|gateway|routing/i;

/** Whether Azure Monitor's scraper, or something that may well be one, is let in on one of these ports. */
export function isScraperLet(reach: Reach, ports: PortSet, context: LintContext): boolean {
  const [{ namespace: own } = { namespace: '' }] = reach.workloads;
  const scrapers = context.cluster.workloads.filter((workload) => scrapes(workload, own));
  return (
    reach.openWithPods(METRICS_SCRAPERS).overlaps(ports) ||
    reach.openWith(context.survey.setOf(scrapers)).overlaps(ports) ||
    reach.openTo(namedAddresses(reach, context)).overlaps(ports) ||
    reach.withPossible.some(
      ({ set, ports: open }) => maySendScrapers(set, own) && open.possible.overlaps(ports),
    )
  );
}

function scrapes({ namespace, name, labels }: Workload, own: string): boolean {
  return METRICS.test(JSON.stringify([name, labels])) || !isNoPlaceOfScrapers(namespace, own);
}

function maySendScrapers({ podSelector, namespaces }: PodSet, own: string): boolean {
  const names = namespaces.get(NAMESPACE_NAME_LABEL);
  return (
    METRICS.test(JSON.stringify(podSelector)) ||
    names === undefined ||
    names.but ||
    !names.listed.every((name) => isNoPlaceOfScrapers(name, own))
  );
}

/** Whether no scraper is to be expected in a namespace, but by its name or labels. */
function isNoPlaceOfScrapers(name: string, own: string): boolean {
  return (
    name === own || INGRESS.test(name) || (isSystemNamespace(name) && name !== METRICS_SCRAPERS.namespace)
  );
}
