import { isSystemNamespace } from '../../aks/system-namespaces';
import { qualifiedName } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { readersOf } from '../metrics-readers';
import { type Scraping, scrapings } from '../scraping';

export const metricsScraperCutOff: LintRule = {
  id: 'metrics-scraper-cut-off',
  severity: 'warning',
  summary: 'metrics of pods are to be read, and no scraper is let in',
  fix: {
    yaml: 'add an ingress rule from the pods of kube-system with rsName: ama-metrics, or let your own Prometheus in',
    code: 'add the rule AksTraffic.on(profile).fromMetricsScraper({ ports }), or let your own Prometheus in',
  },
  *check(context) {
    const wanted = scrapings(context);
    const asking = [...wanted.keys()].filter(({ namespace }) => !isSystemNamespace(namespace));
    for (const reach of context.facts.reachesOf('Ingress', context.facts.setOf(asking))) {
      for (const workload of reach.isolated === 'yes' && reach.isCertain ? reach.workloads : []) {
        for (const scraping of wanted.get(workload) ?? []) {
          const readers = readersOf(scraping);
          const shut = PortSet.union(scraping.ports.filter((ports) => !readers.isLet(reach, ports, context)));
          if (!shut.isEmpty) {
            const { policies } = reach;
            yield {
              ...about(workload),
              message: `${whatIsAsked(scraping)} on ${shut}, and ${readers.shutBy(policies)}`,
              witness: `${readers.name} → ${qualifiedName(workload)} on ${shut} is denied by ${policies.map(qualifiedName)[0]}`,
              fix: readers.fix(context, { policies, workload }, shut),
            };
          }
        }
      }
    }
  },
};

function whatIsAsked({ monitor }: Scraping): string {
  return monitor === undefined
    ? 'it asks to be scraped'
    : `${monitor.kind} ${qualifiedName(monitor)} of ${monitor.group} has it scraped`;
}
