import type { Workload } from '../model/cluster';
import type { IpSet } from '../model/ip-set';
import { compare } from '../model/manifest-problem';
import type { PolicyType } from '../model/network-policy';
import type { PodSelection, TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { meets, meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import type { Tristate } from '../model/tristate';
import { liesIn } from './address-index';
import type { Groupings } from './connections';
import type { Group } from './groups';
import type { Reading } from './hooks';
import { INTERNET_IPV4, INTERNET_IPV6 } from './internet';
import { openFor } from './open-for';
import type { PeerMatch } from './peers';
import type { Unit } from './units';
import type { World } from './world';

/** How far a workload is open to those who are not known today. */
export interface Exposure {
  readonly workload: Workload;
  /** Whether some policy isolates it. */
  readonly isolated: Readonly<Record<PolicyType, Tristate>>;
  /** The ports that some address of the internet may reach. */
  readonly internet: PortSet;
  /** The ports that some pod of another namespace may reach, as far as the workload's own policies go. */
  readonly otherNamespaces: PortSet;
  /** The ports that a pod without labels may reach from a namespace that nobody knows yet. */
  readonly unknownPods: PortSet;
}

/** Where a pod comes from that nobody knows yet: a namespace without labels, and no namespace has this name. */
const UNKNOWN_NAMESPACE = { name: '', labels: {}, declared: true };

const INTERNET: IpSet = INTERNET_IPV4.or(INTERNET_IPV6);

/** The exposure of every workload, sorted by namespace, name and kind. */
export function listExposure(world: World, { Ingress, Egress }: Groupings, addresses: IpSet): Exposure[] {
  const internet = INTERNET.and(addresses);
  const seen = new Map<Workload, Exposure>();
  for (const unit of world.index.units) {
    const { workload } = unit;
    if (!seen.has(workload)) {
      const group = Ingress.at(unit.index);
      const row = world.rows.row(group, unit.ports);
      const others = world.index.all.without(world.index.inNamespace(workload.namespace));
      seen.set(workload, {
        workload,
        isolated: { Ingress: group.isolated, Egress: Egress.at(unit.index).isolated },
        internet: openIn(row.addresses.filter(({ set }) => set.overlaps(internet))),
        otherNamespaces: openIn(row.units.filter(({ set }) => !set.and(others).isEmpty)),
        unknownPods: openForUnknownPods(world, group, unit),
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

/** The ports of a group that a pod without labels may reach from a namespace that nobody knows yet. */
export function openForUnknownPods(world: World, group: Group, unit: Unit): PortSet {
  const { engine } = world;
  const isMeant = (peer: TrafficPeer | undefined, { actual }: Reading<PeerMatch>) => {
    switch (peer?.kind) {
      case 'pods':
        return areMeant(peer);
      case 'addresses':
        return (
          engine.does('ip-block-never-pods') !== 'yes' && liesIn(engine.podRange, actual.addresses) === 'yes'
        );
      case 'entity':
        return peer.entity === 'cluster';
      default:
        return false;
    }
  };
  return openFor(
    world,
    group,
    unit,
    ({ says, peers }) => peers?.some((reading, i) => isMeant(says?.peers?.[i], reading)) ?? true,
  );
}

function areMeant({ namespaces, pods }: PodSelection): boolean {
  return (
    typeof namespaces !== 'string' &&
    requirementsOf(pods).every((requirement) => meets(requirement, undefined)) &&
    meetsAllInNamespace(requirementsOf(namespaces), UNKNOWN_NAMESPACE) === 'yes'
  );
}
