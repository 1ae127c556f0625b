import type { Cluster, ContainerPort, Workload } from '../model/cluster';
import type { Labels } from '../model/labels';
import { Bits } from '../reachability/sets/bits';
import type { Cells } from './cells';
import type { Versions } from './side';

/** The cells that changed themselves, whatever the policies say. */
interface AlteredCells {
  /**
   * Cells of both versions whose labels, labels of the namespace, service account or ports changed: the same policy
   * may treat them otherwise than before, also one that nobody has read.
   */
  readonly altered: Bits;
  /** The altered cells, and cells of one version only. */
  readonly touched: Bits;
}

export function alteredCells(cells: Cells, { before, after }: Versions): AlteredCells {
  if (before.world === after.world) {
    return { altered: Bits.NONE, touched: Bits.NONE };
  }
  const places = alteredNamespaces(before.cluster, after.cluster);
  const altered: number[] = [];
  const touched: number[] = [];
  for (const [number, cell] of cells.list.entries()) {
    if (cell.before === undefined || cell.after === undefined) {
      touched.push(number);
    } else if (places.has(cell.workload.namespace) || hasChanged(cell.before.workload, cell.after.workload)) {
      altered.push(number);
    }
  }
  const set = Bits.of(altered);
  return { altered: set, touched: set.or(Bits.of(touched)) };
}

/** The namespaces whose labels changed. */
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

function hasChanged(a: Workload, b: Workload): boolean {
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
