import { isSystemNamespace } from '../aks/system-namespaces';
import { METRICS_SCRAPERS } from '../aks/system-pods';
import { type Maker, type PolicyEntry, qualifiedName } from '../model/cluster';
import { remembered } from '../model/collections';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { PodSet } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import { orTunnel } from './ambient';
import { carries } from './completeness';
import { type LintContext, oncePerContext } from './context';
import { type Fix, withMore } from './fix';
import type { GroupReach } from './group-reach';
import { namedAddresses } from './ip-blocks';
import { fromMetricsScraper, fromPrometheus } from './lifelines';
import { openForOne, type ShutOne } from './opening-fix';
import { flow, portEntries } from './pieces';
import type { Scraping } from './scraping';
import { portsCode, whatPoliciesDo } from './words';

/** Who reads metrics that are asked for. */
export interface Readers {
  readonly name: string;
  /** Whether one of them may be let in on one of some ports. */
  isLet(reach: GroupReach, ports: PortSet, context: LintContext): boolean;
  /** That policies let none of them in, as words. */
  shutBy(policies: readonly PolicyEntry[]): string;
  fix(context: LintContext, shut: ShutOne, ports: PortSet): Fix;
}

const { namespace, name, labels = {} } = METRICS_SCRAPERS;

const azures: Readers = {
  name: qualifiedName({ namespace, name }),
  isLet: isAzuresLet,
  shutBy: (policies) =>
    `${whatPoliciesDo(policies, 'does', 'do')} not let in ${namespace}/${name}, which alone reads it`,
  fix: (context, shut, ports) => openForOne(context, shut, fromMetricsScraper(ports)),
};

const own: Readers = {
  name: 'a Prometheus',
  isLet: isOwnLet,
  shutBy: (policies) =>
    `${whatPoliciesDo(policies, 'lets', 'let')} no pod in there that looks like a scraper which reads it`,
  fix(context, shut, ports) {
    const [only, ...others] = (context.cluster.makers ?? []).filter(({ kind }) => kind === 'Prometheus');
    return only?.podNamespace === undefined || others.length > 0
      ? {
          yaml: `let the Prometheus in that reads it, on ports: ${flow(portEntries(ports))}`,
          code: `let the Prometheus in that reads it, on ports: ${portsCode(ports)}`,
        }
      : openForOne(context, shut, fromPrometheus(only.podNamespace, only.podLabels, ports));
  },
};

const anybody: Readers = {
  name: azures.name,
  isLet: (...asked) => isAzuresLet(...asked) || isOwnLet(...asked),
  shutBy: (policies) =>
    `${whatPoliciesDo(policies, 'lets', 'let')} no pod of ${namespace} in there, nor any other that looks like a scraper`,
  fix: (context, shut, ports) =>
    withMore(openForOne(context, shut, fromMetricsScraper(ports)), ', or let your own Prometheus in'),
};

/** Who reads the metrics that are asked for. An annotation may be for any reader. */
export function readersOf({ monitor }: Scraping): Readers {
  switch (monitor?.group) {
    case 'azmonitoring.coreos.com':
      return azures;
    case 'monitoring.coreos.com':
      return own;
    default:
      return anybody;
  }
}

/** Words in names and labels of what reads metrics. */
const METRICS =
  /prom|metric|monitor|scrap|ama-|grafana|otel|telemetry|collector|agent|datadog|victoria|thanos/i;

/** Namespaces of controllers that send users' requests on and read no metrics. */
const INGRESS = /ingress|gateway|routing/i;

const AZURES_OWN = PodSet.of({ namespaces: namespace, pods: { matchLabels: labels } }) as PodSet;

/** Whether Azure Monitor's scraper is let in on one of these ports, or may be let in by its address. */
function isAzuresLet(reach: GroupReach, ports: PortSet, context: LintContext): boolean {
  return (
    reach.openWithPods(METRICS_SCRAPERS).overlaps(ports) ||
    // On cilium an address is never that of a pod.
    (context.profile.engine !== 'cilium' && reach.openTo(namedAddresses(reach, context)).overlaps(ports))
  );
}

/** Whether something that may well be a scraper of your own is let in on one of these ports. */
function isOwnLet(reach: GroupReach, asked: PortSet, context: LintContext): boolean {
  const ports = orTunnel(asked);
  const [{ namespace: own } = { namespace: '' }] = reach.workloads;
  const { byName, byPlace } = scrapers(context);
  const elsewhere = byPlace.without(context.facts.setOf(context.workloadsIn(own)));
  return (
    reach.openWith(byName.or(elsewhere)).overlaps(ports) ||
    reach.openTo(namedAddresses(reach, context)).overlaps(ports) ||
    reach.withPossible.some(
      ({ set, ports: open }) => open.possible.overlaps(ports) && maySendScrapers(set, own, context),
    )
  );
}

/** The workloads that look like scrapers, and those of namespaces where one is to be expected. */
const scrapers = oncePerContext(({ cluster, facts }: LintContext) => {
  const own = cluster.workloads.filter(
    (each) => each.namespace !== namespace || !carries(each, { matchLabels: labels }),
  );
  return {
    byName: facts.setOf(own.filter(({ name, labels }) => METRICS.test(JSON.stringify([name, labels])))),
    byPlace: facts.setOf(own.filter(({ namespace }) => !isNoPlaceOfScrapers(namespace))),
  };
});

function maySendScrapers(set: PodSet, own: string, context: LintContext): boolean {
  const names = set.namespaces.get(NAMESPACE_NAME_LABEL);
  return (
    context.facts.remains(set, [AZURES_OWN]) &&
    (METRICS.test(JSON.stringify(set.podSelector)) ||
      names === undefined ||
      names.but ||
      !names.listed.every((name) => name === own || isNoPlaceOfScrapers(name)) ||
      context.facts.mayBeMade(set, mayMakeScrapers))
  );
}

/** Whether an object makes scrapers, such as a Prometheus, or nothing is known of its pods, such as a HelmRelease. */
const mayMakeScrapers = remembered(
  ({ kind, name, podLabels }: Maker) =>
    Object.keys(podLabels).length === 0 || METRICS.test(JSON.stringify([kind, name, podLabels])),
);

/** Whether a pod in a namespace is a scraper only where its name or labels say so. */
function isNoPlaceOfScrapers(name: string): boolean {
  return INGRESS.test(name) || (isSystemNamespace(name) && name !== namespace);
}
