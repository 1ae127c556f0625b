import { IpSet } from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import type { Group } from '../reachability/judging/groups';
import { openPortsFor } from '../reachability/judging/open-for';
import type { World } from '../reachability/judging/world';
import type { Unit } from '../reachability/sets/units';

/** From where outside a workload's pods are reached, as far as its own policies surely say. */
export interface Admitted {
  readonly isolated: Tristate;
  /** Addresses that are no pod's and no node's, by the ports that are open for them. */
  readonly addresses: readonly { readonly set: IpSet; readonly ports: PortSet }[];
  /** The ports that are open for every node, or may be. */
  readonly nodes: PortSet;
}

export function admittedTo(world: World, group: Group, unit: Unit): Admitted {
  const addresses = world.rows
    .row(group, unit.ports)
    .addresses.filter(({ ports }) => !ports.sure.isEmpty)
    .map(({ set, ports }) => ({ set, ports: ports.sure }));
  const everyNode = nodesOf(world);
  const nodes = openPortsFor(
    world,
    group,
    unit,
    ({ peers }) =>
      peers === undefined || IpSet.union(peers.map(({ actual }) => actual.nodes.possible)).covers(everyNode),
  );
  return { isolated: group.isolated, addresses, nodes };
}

/** Where the nodes of the cluster lie: at the addresses that are known of them, else anywhere they can be. */
function nodesOf({ cluster, engine }: World): IpSet {
  const known = cluster.nodes.flatMap(({ addresses }) =>
    addresses.flatMap((each) => IpSet.ofAddress(each) ?? []),
  );
  return known.length === 0 ? engine.nodeRange : known.reduce((all, each) => all.or(each));
}
