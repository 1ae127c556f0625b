import type { Workload } from '../../model/cluster';
import { append, compare } from '../../model/collections';
import { type EntryPoint, entryPointsOf } from '../../model/entry-points';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { PolicyType } from '../../model/network-policy';
import { PodSet } from '../../model/pod-set';
import { PortSet } from '../../model/port-set';
import type { Tristate } from '../../model/tristate';
import { openPortsFor } from '../judging/fold-tiers';
import type { JudgedCluster } from '../judging/judged-cluster';
import type { Unit } from '../sets/units';
import { type ExposureFilter, exchangesOf, type Reached } from './exchanges';
import { hasInternet } from './parties';

/**
 * How far a known workload is open; what is unknown counts as open. Pods that policies select and nobody declares
 * have no exposure: `connections` has their rows, and `connections({ to: 'shop/app=db' })` those of some.
 */
export interface Exposure {
  readonly workload: Workload;
  /** Whether some policy isolates it. */
  readonly isolated: Readonly<Record<PolicyType, Tristate>>;
  /** Who can reach it. Workloads that are treated alike share an array. */
  readonly from: readonly Reached[];
  /** Whom it can reach. */
  readonly to: readonly Reached[];
  /** The objects that lead to it from outside, with the ports that they send to; policies may deny these. */
  readonly entryPoints: readonly Entry[];
  /** The ports that some address of the internet may reach. */
  readonly internet: PortSet;
  /** The ports on which it may reach some address of the internet. */
  readonly toInternet: PortSet;
  /**
   * The ports that the workload's own policies open for some pod of another namespace: a known pod, or one that could
   * be there, such as a pod of a namespace that nobody declares.
   */
  readonly otherNamespaces: PortSet;
  /** The ports that a pod without labels may reach from an unknown namespace. */
  readonly unknownPods: PortSet;
}

/** A way to a workload from outside the cluster. */
export interface Entry extends Omit<EntryPoint, 'leadsTo'> {
  readonly ports: PortSet;
}

/**
 * The exposure of every known workload, sorted by namespace, name and kind; AKS's own pods have none. With a filter,
 * without the workloads that exchange nothing of it.
 */
export function listExposure(judged: JudgedCluster, filter: ExposureFilter): Exposure[] {
  const { world, groupings } = judged;
  const exchanges = exchangesOf(judged, filter);
  const entries = entriesOf(judged);
  const isFiltered = filter.from !== undefined || filter.to !== undefined;
  return [...world.index.byWorkload]
    .filter(([workload]) => workload.assumed !== true)
    .map(([workload, own]): Exposure => {
      const { from, to } = exchanges(workload);
      const [first] = own as readonly [Unit];
      return {
        workload,
        isolated: {
          Ingress: groupings.Ingress.at(first.index).isolated,
          Egress: groupings.Egress.at(first.index).isolated,
        },
        from,
        to,
        entryPoints: entries.get(workload) ?? [],
        internet: withInternet(from),
        toInternet: withInternet(to),
        otherNamespaces: PortSet.union(own.map((unit) => fromOtherNamespaces(judged, unit))),
        unknownPods: PortSet.union(own.map((unit) => fromNewcomers(judged, unit))),
      };
    })
    .filter(({ from, to }) => !isFiltered || from.length + to.length > 0)
    .sort(
      ({ workload: a }, { workload: b }) =>
        compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind),
    );
}

function entriesOf({ cluster }: JudgedCluster): ReadonlyMap<Workload, readonly Entry[]> {
  const found = new Map<Workload, Entry[]>();
  for (const { leadsTo, ...entry } of entryPointsOf(cluster)) {
    for (const { workload, ports } of leadsTo) {
      append(found, workload, { ...entry, ports });
    }
  }
  return found;
}

function withInternet(reached: readonly Reached[]): PortSet {
  return PortSet.union(reached.filter(({ party }) => hasInternet(party)).map(({ ports }) => ports));
}

function fromOtherNamespaces({ world, groupings }: JudgedCluster, unit: Unit): PortSet {
  const { index, possibleRows, knownOnly, rows } = world;
  const { namespace } = unit.workload;
  const group = groupings.Ingress.at(unit.index);
  const others = index.all.without(index.inNamespace(namespace));
  const own = PodSet.inNamespace(namespace);
  const possible = knownOnly ? [] : possibleRows.row(group, unit.ports);
  return openIn([
    ...rows.row(group, unit.ports).units.filter(({ set }) => set.overlaps(others)),
    ...possible.filter(({ set }) => !set.isWithin(own)),
  ]);
}

function fromNewcomers({ world, groupings }: JudgedCluster, unit: Unit): PortSet {
  const { possibleRows } = world;
  const group = groupings.Ingress.at(unit.index);
  const newcomer = newcomerTo(possibleRows.setsOf(group));
  return openPortsFor(world, group, unit, (rule) => possibleRows.means(rule, newcomer, true) === 'yes');
}

function openIn(parts: readonly { readonly ports: { readonly possible: PortSet } }[]): PortSet {
  return PortSet.union(parts.map(({ ports }) => ports.possible));
}

/** A pod without the labels that sets name, in a namespace without such labels and with another name. */
function newcomerTo(sets: readonly PodSet[]): PodSet {
  const without = (keys: readonly string[]) =>
    [...new Set(keys)].map((key) => ({ key, operator: 'DoesNotExist' as const }));
  const keys = sets.flatMap(({ namespaces }) => [...namespaces.keys()]);
  const names = sets.flatMap(({ namespaces }) => namespaces.get(NAMESPACE_NAME_LABEL)?.listed ?? []);
  return PodSet.meeting(
    [
      { key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: names },
      ...without(keys.filter((key) => key !== NAMESPACE_NAME_LABEL)),
    ],
    without(sets.flatMap(({ pods }) => [...pods.keys()])),
  ) as PodSet;
}
