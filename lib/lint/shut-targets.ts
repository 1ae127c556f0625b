import type { Service, Workload } from '../model/cluster';
import { remember } from '../model/remember';
import type { Target } from '../model/service-targets';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { portsCode } from './words';

/** A port of a workload that no policy opens, and the services that send there and are mended alike. */
export interface ShutTarget extends Pick<Target, 'workload' | 'ports'> {
  readonly services: readonly Service[];
  readonly reach: Reach;
  readonly fix: string;
}

type Growing = ShutTarget & { readonly services: Service[] };

/** Many services may have many workloads behind them: what they share is one finding. */
export function shutTargets(context: LintContext): Iterable<ShutTarget> {
  const reaches = new Map<Workload, readonly Reach[]>();
  const found = new Map<Workload, Map<string, Growing>>();
  for (const service of context.cluster.services) {
    for (const target of isPartlyUnfiltered(service, context) ? [] : context.targets.of(service)) {
      const { workload, ports } = target;
      const own = remember(reaches, workload, () => reachesOf(workload, context));
      const [reach] = own;
      if (reach === undefined || own.some(({ opened }) => opened.overlaps(ports))) {
        continue;
      }
      const fix = fixOf(target, reach);
      const ofWorkload = remember(found, workload, () => new Map<string, Growing>());
      const { services } = remember(ofWorkload, `${ports} ${fix}`, () => ({
        services: [],
        workload,
        ports,
        reach,
        fix,
      }));
      // It may send there from two ports of its own.
      if (services.at(-1) !== service) {
        services.push(service);
      }
    }
  }
  return [...found.values()].flatMap((targets) => [...targets.values()]);
}

/** What the workload's pods exchange, each with those that are treated alike. */
function reachesOf(workload: Workload, { survey }: LintContext): readonly Reach[] {
  return survey.reachesOf('Ingress', survey.setOf([workload]));
}

/** The likely mistake is a rule for the service's port, unless the pods listen on that one, too. */
function fixOf({ service, workload, port, ports }: Target, { opened }: Reach): string {
  const own = service.ports.find(
    (each) =>
      each.port !== port &&
      opened.has(each.protocol, each.port) &&
      !workload.ports.some((other) => other.port === each.port && other.protocol === each.protocol),
  );
  return own === undefined
    ? `open the pods' port: IngressRule.allow({ from, ports: ${portsCode(ports)} })`
    : `write the pods' port ${ports} where a rule opens the service's port ${own.port}`;
}

/** Azure NPM lets traffic in that comes through the pod's own node by a port of nodes. */
function isPartlyUnfiltered({ type, externalTrafficPolicy }: Service, { profile }: LintContext): boolean {
  return (
    profile.engine === 'azure' &&
    (type === 'LoadBalancer' || type === 'NodePort') &&
    externalTrafficPolicy !== 'Local'
  );
}
