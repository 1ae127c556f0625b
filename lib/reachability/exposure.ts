import type { Workload } from '../model/cluster';
import type { IpSet } from '../model/ip-set';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { compare } from '../model/manifest-problem';
import type { PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import type { Groupings } from './connections';
import { INTERNET } from './internet';
import { openFor } from './open-for';
import type { World } from './world';

/**
 * How far a declared workload is open to those who are not known today. Pods that policies select and nobody declares
 * have none: `connections` has their rows, and `connections({ to: 'shop/app=db' })` those of some.
 */
export interface Exposure {
  readonly workload: Workload;
  /** Whether some policy isolates it. */
  readonly isolated: Readonly<Record<PolicyType, Tristate>>;
  /** The ports that some address of the internet may reach. */
  readonly internet: PortSet;
  /**
   * The ports that some pod of another namespace may reach, as far as the workload's own policies go: a known one, or one
   * that could be there, such as those of a namespace that nobody declares.
   */
  readonly otherNamespaces: PortSet;
  /** The ports that a pod without labels may reach from a namespace that nobody knows yet. */
  readonly unknownPods: PortSet;
}

/** The exposure of every workload, sorted by namespace, name and kind. */
export function listExposure(world: World, { Ingress, Egress }: Groupings, addresses: IpSet): Exposure[] {
  const internet = INTERNET.and(addresses);
  const seen = new Map<Workload, Exposure>();
  for (const unit of world.index.units) {
    const { workload } = unit;
    if (!seen.has(workload) && workload.assumed !== true) {
      const group = Ingress.at(unit.index);
      const row = world.rows.row(group, unit.ports);
      const newcomer = newcomerTo(world.possibleRows.setsOf(group));
      const others = world.index.all.without(world.index.inNamespace(workload.namespace));
      const own = PodSet.inNamespace(workload.namespace);
      const possible = world.knownOnly ? [] : world.possibleRows.row(group, unit.ports);
      seen.set(workload, {
        workload,
        isolated: { Ingress: group.isolated, Egress: Egress.at(unit.index).isolated },
        internet: openIn(row.addresses.filter(({ set }) => set.overlaps(internet))),
        otherNamespaces: openIn([
          ...row.units.filter(({ set }) => !set.and(others).isEmpty),
          ...possible.filter(({ set }) => !set.isWithin(own)),
        ]),
        unknownPods: openFor(
          world,
          group,
          unit,
          (rule) => world.possibleRows.means({ rule }, newcomer, true) === 'yes',
        ),
      });
    }
  }
  return [...seen.values()].sort(
    ({ workload: a }, { workload: b }) =>
      compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind),
  );
}

function openIn(parts: readonly { readonly ports: { readonly possible: PortSet } }[]): PortSet {
  return parts.reduce((sum, { ports }) => sum.or(ports.possible), PortSet.NONE);
}

/** A pod that carries none of the labels that sets name, in a namespace that has no such labels and no name of theirs. */
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
