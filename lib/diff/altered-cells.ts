import type { Cluster, ContainerPort, Workload } from '../model/cluster';
import type { Labels } from '../model/labels';
import type { Bits } from '../reachability/sets/bits';
import type { Cells } from './cells';
import type { Versions } from './side';

/** The cells that are not as they were, whatever the policies say. */
export interface AlteredCells {
  /**
   * Those in both versions that look otherwise to a policy: by their labels, those of their namespace, their service
   * account, their ports. A policy that says the same may treat them otherwise, and so may one that nobody has read.
   */
  readonly altered: Bits;
  /** These, and those of one version only. */
  readonly touched: Bits;
}

export function alteredCells(cells: Cells, { before, after }: Versions): AlteredCells {
  if (before.world === after.world) {
    return { altered: cells.none, touched: cells.none };
  }
  const places = alteredNamespaces(before.cluster, after.cluster);
  const altered: number[] = [];
  const touched: number[] = [];
  for (const [number, cell] of cells.list.entries()) {
    if (cell.before === undefined || cell.after === undefined) {
      touched.push(number);
    } else if (
      places.has(cell.workload.namespace) ||
      looksOtherwise(cell.before.workload, cell.after.workload)
    ) {
      altered.push(number);
    }
  }
  const set = cells.set(altered);
  return { altered: set, touched: set.or(cells.set(touched)) };
}

/** The namespaces whose labels are not what they were. */
function alteredNamespaces(before: Cluster, after: Cluster): ReadonlySet<string> {
  const was = new Map(before.namespaces.map((each) => [each.name, each]));
  return new Set(
    after.namespaces
      .filter(({ name, declared, labels }) => {
        const other = was.get(name);
        return other !== undefined && (other.declared !== declared || !areSame(other.labels, labels));
      })
      .map(({ name }) => name),
  );
}

function looksOtherwise(a: Workload, b: Workload): boolean {
  return (
    a.serviceAccount !== b.serviceAccount ||
    a.hostNetwork !== b.hostNetwork ||
    !areSame(a.labels, b.labels) ||
    a.ports.length !== b.ports.length ||
    a.ports.some((port, i) => !isSamePort(port, b.ports[i] as ContainerPort))
  );
}

function areSame(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function isSamePort(a: ContainerPort, b: ContainerPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && a.name === b.name;
}
