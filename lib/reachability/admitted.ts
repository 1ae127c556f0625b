import { IpSet } from '../model/ip-set';
import { PortSet } from '../model/port-set';
import type { Tristate } from './bounds';
import type { Group } from './groups';
import type { Unit } from './units';
import type { World } from './world';

/** From where outside a workload's pods are reached, as far as its own policies surely say. */
export interface Admitted {
  readonly isolated: Tristate;
  /** Addresses that are no pod's and no node's, by the ports that are open for them. */
  readonly addresses: readonly { readonly set: IpSet; readonly ports: PortSet }[];
  /** The ports that are open for every node, or may be. */
  readonly nodes: PortSet;
}

export function admittedTo(world: World, group: Group, { ports: table }: Unit): Admitted {
  const { isolated, selections } = group;
  const addresses = world.rows
    .row(group, table)
    .addresses.filter(({ ports }) => !ports.sure.isEmpty)
    .map(({ set, ports }) => ({ set, ports: ports.sure }));
  if (isolated !== 'yes') {
    return { isolated, addresses, nodes: PortSet.ALL };
  }
  let nodes = PortSet.NONE;
  const everyNode = nodesOf(world);
  for (const { policy } of selections.filter(({ isolates }) => isolates !== 'no')) {
    for (const { peers, ports } of policy.rules.Ingress.actual ?? []) {
      const meant =
        peers?.reduce((all, { actual }) => all.or(actual.nodes.possible), IpSet.NONE) ?? IpSet.ALL;
      if (meant.covers(everyNode)) {
        const open = (ports ?? []).map(({ actual }) => world.ports.openOn(actual, table).possible);
        nodes = nodes.or(ports === undefined ? PortSet.ALL : open.reduce((a, b) => a.or(b), PortSet.NONE));
      }
    }
  }
  return { isolated, addresses, nodes };
}

/** Where the nodes of the cluster lie: at the addresses that are known of them, else anywhere they can be. */
function nodesOf({ cluster, engine }: World): IpSet {
  const known = cluster.nodes.flatMap(({ addresses }) =>
    addresses.flatMap((each) => IpSet.ofAddress(each) ?? []),
  );
  return known.length === 0 ? engine.nodeRange : known.reduce((all, each) => all.or(each));
}
