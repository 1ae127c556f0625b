import type { Cluster, Pod, Workload } from '../../model/cluster';
import { remember } from '../../model/collections';
import { type Intervals, rank } from '../../model/intervals';
import { type AddressPosition, positionOf } from '../../model/ip-set';
import { type PortNames, portNamesOf } from '../../model/port-names';
import { PortSet } from '../../model/port-set';
import { type AskedOrdinals, ordinalKey, podsOf } from './ordinals';

/**
 * Pods of a workload that no policy can tell apart: they name the same ports, policies ask for the same of their own
 * labels, and their addresses lie between the same boundaries of IP blocks. A workload without live pods, or whose
 * pods' addresses are not known, is one unit.
 */
export interface Unit {
  /** Its number in every set of units, from 0. */
  readonly index: number;
  readonly workload: Workload;
  /** The live pods, or those that a StatefulSet makes; empty if only the manifest is known. */
  readonly pods: readonly Pod[];
  /** The addresses of one of the pods, which stand for all; undefined if not known. */
  readonly addresses: readonly AddressPosition[] | undefined;
  readonly ports: PortTable;
}

/** The named ports that pods declare. Each distinct table exists once. */
export interface PortTable {
  readonly id: number;
  /** The ports that clients outside may reach past all policies. */
  readonly pastPolicies: PortSet;
  readonly names: PortNames;
}

/** The table of pods that no manifest tells of: nobody knows their named ports. */
export const UNKNOWN_PORTS: PortTable = { id: -2, pastPolicies: PortSet.NONE, names: new Map() };

/** Whether a pod is over: it has no address any more, no policy selects it and it reaches nobody. */
export function isCompleted({ phase }: Pod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether a workload is a pod that is over. */
export function isGone({ kind, pods }: Workload): boolean {
  return kind === 'Pod' && pods.length > 0 && pods.every(isCompleted);
}

/**
 * @param boundaries where IP blocks of policies begin and end, ascending
 * @param pastPolicies the ports of workloads that clients outside may reach past all policies
 * @param asked the labels by which policies tell pods of StatefulSets apart
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
    // A pod whose labels nobody knows is judged like pods that no manifest tells of.
    if (isGone(workload) || workload.labelsKnown === false) {
      continue;
    }
    const past = pastPolicies.get(workload);
    const ports = tables.of(workload, past);
    const found = new Map<string, Alike>();
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
      const key = own === ports && ordinal === '' ? place : `${place} ${own.id} ${ordinal}`;
      const alike = found.get(key);
      if (alike === undefined) {
        found.set(key, { pods: [pod], addresses, ports: own });
      } else {
        alike.pods.push(pod);
      }
    }
    if (found.size === 0) {
      found.set('', { pods: [], addresses: undefined, ports });
    }
    for (const alike of found.values()) {
      units.push({ index: units.length, workload, ...alike });
    }
  }
  return units;
}

interface Alike {
  readonly pods: Pod[];
  readonly addresses: AddressPosition[] | undefined;
  readonly ports: PortTable;
}

/** Addresses as numbers; undefined if there are none. */
export function positions(addresses: readonly string[]): AddressPosition[] | undefined {
  const known = addresses.map(positionOf).filter((position) => position !== undefined);
  return known.length === 0 ? undefined : known;
}

class PortTables {
  private readonly known = new Map<string, PortTable>();

  public of(pods: Pick<Workload, 'ports' | 'initPorts'>, pastPolicies = PortSet.NONE): PortTable {
    // Of ports as they are written: most pods name none, and what names mean takes longer to tell.
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
