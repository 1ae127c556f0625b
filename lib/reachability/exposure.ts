import type { Workload } from '../model/cluster';
import type { IpSet } from '../model/ip-set';
import type { LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { compare } from '../model/manifest-problem';
import type { PolicyType } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import { meets, requirementsOf } from '../model/selector-match';
import { liesIn } from './address-index';
import type { Tristate } from './bounds';
import type { Groupings } from './connections';
import type { Group } from './groups';
import { INTERNET_IPV4, INTERNET_IPV6 } from './internet';
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

/** Where a pod comes from that nobody knows yet; no namespace has this name. */
const NAMELESS = '';

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
        internet: openFor(row.addresses.filter(({ set }) => set.overlaps(internet))),
        otherNamespaces: openFor(row.units.filter(({ set }) => !set.and(others).isEmpty)),
        unknownPods: openForUnknownPods(world, group, unit),
      });
    }
  }
  return [...seen.values()].sort(
    ({ workload: a }, { workload: b }) =>
      compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind),
  );
}

function openFor(parts: readonly { readonly ports: { readonly possible: PortSet } }[]): PortSet {
  return parts.reduce((sum, { ports }) => sum.or(ports.possible), PortSet.NONE);
}

/** The ports of a group that a pod without labels may reach from a namespace that nobody knows yet. */
export function openForUnknownPods(world: World, group: Group, { ports: table }: Unit): PortSet {
  if (group.isolated !== 'yes') {
    return PortSet.ALL;
  }
  let open = PortSet.NONE;
  for (const { policy, isolates } of group.selections) {
    for (const rule of isolates === 'no' ? [] : (policy.rules.Ingress.actual ?? [])) {
      const meansThem = rule.peers?.some(({ actual }, i) => {
        const peer = rule.written?.peers[i];
        return peer?.ipBlock == null
          ? peer?.namespaceSelector != null && areMeant(peer.namespaceSelector, peer.podSelector ?? {})
          : world.engine.does('ip-block-never-pods') !== 'yes' &&
              liesIn(world.engine.podRange, actual.addresses) === 'yes';
      });
      if (meansThem ?? true) {
        const ports = (rule.ports ?? []).map(({ actual }) => world.ports.openOn(actual, table).possible);
        open = open.or(
          rule.ports === undefined ? PortSet.ALL : ports.reduce((a, b) => a.or(b), PortSet.NONE),
        );
      }
    }
  }
  return open;
}

function areMeant(namespaces: LabelSelector, pods: LabelSelector): boolean {
  return (
    requirementsOf(pods).every((requirement) => meets(requirement, undefined)) &&
    requirementsOf(namespaces).every((requirement) =>
      meets(requirement, requirement.key === NAMESPACE_NAME_LABEL ? NAMELESS : undefined),
    )
  );
}
