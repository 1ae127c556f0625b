import type { Cluster, Pod, Workload } from '../../model/cluster';
import { remember } from '../../model/collections';
import { type Intervals, rank } from '../../model/intervals';
import { type AddressPosition, positionOf } from '../../model/ip-set';
import { type PortNames, portNamesOf } from '../../model/port-names';
import { PortSet } from '../../model/port-set';
import { type AskedOrdinals, ordinalKey, podsOf } from './ordinals';

/**
 * Pods that no policy can tell apart: those of a workload that name the same ports, whose addresses lie between
 * the same boundaries of IP blocks, and of whose own labels policies ask for the same. A workload without live pods, or whose pods' addresses are not known, is one unit.
 */
export interface Unit {
  /** From 0, its number in every set of units. */
  readonly index: number;
  readonly workload: Workload;
  /** The live pods, or those that a StatefulSet makes; empty when only the manifest is known. */
  readonly pods: readonly Pod[];
  /** The addresses of one of the pods, which stand for all; `undefined` when not known. */
  readonly addresses: readonly AddressPosition[] | undefined;
  readonly ports: PortTable;
}

/** The named ports that pods declare, and what reaches them past policies. Each distinct table exists once. */
export interface PortTable {
  readonly id: number;
  /** The ports that clients outside may reach past all policies. */
  readonly pastPolicies: PortSet;
  readonly names: PortNames;
}

/** What pods that no manifest tells of declare: nobody knows what a name stands for there. */
export const UNKNOWN_PORTS: PortTable = { id: -2, pastPolicies: PortSet.NONE, names: new Map() };

/** Whether a pod is over: it holds no address any more, nothing selects it and it reaches nobody. */
export function isCompleted({ phase }: Pod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether all that is left of a workload is a pod that is over. */
export function isGone({ kind, pods }: Workload): boolean {
  return kind === 'Pod' && pods.length > 0 && pods.every(isCompleted);
}

/**
 * @param boundaries where the IP blocks of all policies begin and end, ascending
 * @param pastPolicies the ports of workloads that clients outside may reach past all policies
 * @param asked what policies ask for of the pods of StatefulSets
 */
export function buildUnits(
  cluster: Cluster,
  boundaries: Intervals<AddressPosition>,
  pastPolicies: ReadonlyMap<Workload, PortSet>,
  asked: AskedOrdinals,
): Unit[] {
  const tables = new PortTables();
  const nodeAddresses = new Map(cluster.nodes.map(({ name, addresses }) => [name, addresses]));
  const units: Unit[] = [];
  for (const workload of cluster.workloads) {
    // Of a pod whose labels nobody tells, it is known as little as of one that no manifest tells of.
    if (isGone(workload) || workload.labelsKnown === false) {
      continue;
    }
    const past = pastPolicies.get(workload);
    const ports = tables.of(workload, past);
    const cells = new Map<string, Cell>();
    for (const pod of podsOf(workload, asked)) {
      if (isCompleted(pod)) {
        continue;
      }
      const known =
        pod.addresses.length > 0 || !workload.hostNetwork
          ? pod.addresses
          : (nodeAddresses.get(pod.node ?? '') ?? []);
      const addresses = positions(known);
      const place = addresses?.map((address) => rank(boundaries, address)).join() ?? '';
      const own = pod.ports === undefined ? ports : tables.of({ ...pod, ports: pod.ports }, past);
      const ordinal = ordinalKey(workload, pod, asked);
      const cell = own === ports && ordinal === '' ? place : `${place} ${own.id} ${ordinal}`;
      const alike = cells.get(cell);
      if (alike === undefined) {
        cells.set(cell, { pods: [pod], addresses, ports: own });
      } else {
        alike.pods.push(pod);
      }
    }
    if (cells.size === 0) {
      cells.set('', { pods: [], addresses: undefined, ports });
    }
    for (const cell of cells.values()) {
      units.push({ index: units.length, workload, ...cell });
    }
  }
  return units;
}

/** Pods of a workload that no policy can tell apart. */
interface Cell {
  readonly pods: Pod[];
  readonly addresses: AddressPosition[] | undefined;
  readonly ports: PortTable;
}

/** The points of addresses on the number line; `undefined` when there are none. */
export function positions(addresses: readonly string[]): AddressPosition[] | undefined {
  const known = addresses.map(positionOf).filter((position) => position !== undefined);
  return known.length === 0 ? undefined : known;
}

class PortTables {
  private readonly known = new Map<string, PortTable>();

  public of(pods: Pick<Workload, 'ports' | 'initPorts'>, pastPolicies = PortSet.NONE): PortTable {
    // As written, because most pods have no names, and a text of what they mean takes longer.
    let key = pastPolicies.isEmpty ? '' : `past ${pastPolicies.key} `;
    for (const { name, port, protocol, ofSidecar } of pods.ports) {
      key += name === undefined ? '' : `${name}/${protocol}=${port}${ofSidecar === true ? ' sidecar' : ''} `;
    }
    for (const { name, port, protocol } of pods.initPorts ?? []) {
      key += name === undefined ? '' : `${name}/${protocol}=${port} init `;
    }
    return remember(this.known, key, () => ({
      id: this.known.size,
      pastPolicies,
      names: portNamesOf(pods),
    }));
  }
}
