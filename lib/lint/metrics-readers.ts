import { METRICS_SCRAPERS } from '../aks/system-pods';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import type { PortSet } from '../model/port-set';
import type { LintContext } from './context';
import { type Fix, withMore } from './fix';
import type { GroupReach } from './group-reach';
import { fromMetricsScraper, fromPrometheus } from './lifelines';
import { openForOne, type ShutOne } from './opening-fix';
import { flow, portEntries } from './pieces';
import { isAzuresLet, isOwnLet } from './scrapers-let-in';
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

const { namespace, name } = METRICS_SCRAPERS;

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

/** Who reads what is asked for: an annotation is anybody's. */
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
