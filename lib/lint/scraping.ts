import type { Monitor, MonitoredPort } from '../model/callers';
import type { Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { LabelSelector } from '../model/label-selector';
import { PortSet } from '../model/port-set';
import { requirementsOf } from '../model/selector-match';
import { carries } from './completeness';
import type { LintContext } from './context';
import { oncePerContext } from './context';

/** Somebody wants metrics of a workload. */
export interface Scraping {
  /** Left out where the pods ask for it themselves, by annotation. */
  readonly monitor?: Monitor;
  /** Of each set, one port is wanted. */
  readonly ports: readonly PortSet[];
}

/** Whose metrics are wanted, and by whom, as far as ports are known. */
export const scrapings = oncePerContext(
  (context: LintContext): ReadonlyMap<Workload, readonly Scraping[]> => {
    const found = new Map<Workload, Scraping[]>();
    for (const workload of context.cluster.workloads) {
      const ports = askedFor(workload);
      if (!ports.isEmpty) {
        append(found, workload, { ports: [ports] });
      }
    }
    for (const monitor of context.cluster.monitors ?? []) {
      const wanted = new Map<Workload, PortSet[]>();
      for (const endpoint of monitor.endpoints) {
        for (const [workload, ports] of targetsOf(monitor, endpoint, context)) {
          append(wanted, workload, ports);
        }
      }
      for (const [workload, ports] of wanted) {
        append(found, workload, { monitor, ports });
      }
    }
    return found;
  },
);

/** The ports that Prometheus would ask because of a workload's annotations. */
function askedFor({ scrape, ports }: Workload): PortSet {
  return scrape === undefined
    ? PortSet.NONE
    : scrape.port === undefined
      ? PortSet.union(
          ports.flatMap(({ protocol, port }) => (protocol === 'TCP' ? PortSet.range('TCP', port) : [])),
        )
      : PortSet.range('TCP', scrape.port);
}

/** Where somebody reads metrics on one endpoint of a monitor. */
function targetsOf(
  monitor: Monitor,
  endpoint: MonitoredPort,
  context: LintContext,
): Iterable<readonly [Workload, PortSet]> {
  return monitor.kind === 'PodMonitor'
    ? podTargets(monitor, endpoint, context)
    : serviceTargets(monitor, endpoint, context);
}

function* podTargets(
  { namespace, namespaces = [namespace], selector }: Monitor,
  { port, targetPort }: MonitoredPort,
  context: LintContext,
): Generator<readonly [Workload, PortSet]> {
  const there =
    namespaces === 'any'
      ? context.cluster.workloads
      : namespaces.flatMap((each) => context.workloadsIn(each));
  for (const workload of there.filter((each) => surelyFits(each, selector))) {
    yield* declaredAs(workload, port ?? targetPort);
  }
}

function* serviceTargets(
  { namespace, namespaces = [namespace], selector }: Monitor,
  { port, targetPort }: MonitoredPort,
  context: LintContext,
): Generator<readonly [Workload, PortSet]> {
  const { cluster, targets } = context;
  const there =
    namespaces === 'any' ? cluster.services : namespaces.flatMap((each) => context.servicesIn(each));
  for (const service of there.filter((each) => carries(each, selector))) {
    if (port === undefined) {
      for (const workload of new Set(targets.of(service).map((target) => target.workload))) {
        yield* declaredAs(workload, targetPort);
      }
    } else {
      for (const { workload, protocol, ports } of targets.behind(service.namespace, service.name, port)) {
        if (protocol === 'TCP') {
          yield [workload, ports];
        }
      }
    }
  }
}

/** The ports that the containers of a workload declare by a name or number. */
function* declaredAs(
  workload: Workload,
  nameOrNumber: number | string | undefined,
): Generator<readonly [Workload, PortSet]> {
  for (const { name, port, protocol } of workload.ports) {
    if (protocol === 'TCP' && (typeof nameOrNumber === 'number' ? port : name) === nameOrNumber) {
      yield [workload, PortSet.range('TCP', port)];
    }
  }
}

/** Whether a selector surely means the pods of a workload. Labels that they may carry besides may meet an exclusion. */
function surelyFits(workload: Workload, selector: LabelSelector): boolean {
  return (
    carries(workload, selector) &&
    (workload.mayCarryMore !== true ||
      requirementsOf(selector).every(({ operator }) => operator === 'In' || operator === 'Exists'))
  );
}
