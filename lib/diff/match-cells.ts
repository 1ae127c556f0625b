import { type Cluster, qualifiedName, type Unreadable, type Workload, workloadKey } from '../model/cluster';
import { append, appendAll, pairKey, remember } from '../model/collections';
import { isOwnKind } from '../model/object-kinds';
import type { UnitIndex } from '../reachability/sets/unit-index';
import type { Unit } from '../reachability/sets/units';
import { type Cell, Cells, type VersionName } from './cells';

/** The cells of two versions of one world: one for each unit. */
export function sameCells({ units }: UnitIndex): Cells {
  const several = new Set<Workload>();
  for (const [i, { workload }] of units.entries()) {
    if (units[i - 1]?.workload === workload) {
      several.add(workload);
    }
  }
  return new Cells(
    units.map((unit) => {
      const { workload } = unit;
      const pods = several.has(workload) ? { pods: namesOf([unit]) } : {};
      return { workload, before: unit, after: unit, ...pods, presence: 'kept' };
    }),
    units.length,
    units.length,
  );
}

/**
 * The cells of two clusters. Workloads are matched by namespace, kind and name, or by namespace and name if another
 * kind has taken the place of one. Pods are only matched, by name, if both versions tell pods of the workload apart:
 * a rollout gives the pods of a deployment new names.
 */
export function matchCells(
  before: UnitIndex,
  after: UnitIndex,
  clusters: readonly [Cluster, Cluster],
): Cells {
  const left = byWorkload(before);
  const right = byWorkload(after);
  const successors = successorsOf(clusters);
  const cells: Cell[] = [];
  for (const [key, units] of left) {
    const others = right.get(key) ?? right.get(successors.get(key) ?? '') ?? [];
    cells.push(
      ...(others.length === 0 ? only('before', units, units, clusters[1]) : match(units, others, clusters)),
    );
  }
  const succeeding = new Set([...successors].flatMap(([key, other]) => (left.has(key) ? [other] : [])));
  for (const [key, units] of right) {
    if (!left.has(key) && !succeeding.has(key)) {
      appendAll(cells, only('after', units, units, clusters[0]));
    }
  }
  return new Cells(cells, before.units.length, after.units.length);
}

/**
 * The workloads whose place another kind has taken, such as a Deployment that is a Rollout now: their keys, and the
 * keys of their successors. In each version only one workload has the name, and one of the two is of a kind that
 * Kubernetes itself does not have: a Deployment and a StatefulSet of one name are mostly strangers.
 */
export function successorsOf([before, after]: readonly [Cluster, Cluster]): ReadonlyMap<string, string> {
  const isForeign = ({ kind }: Workload) => !isOwnKind(kind);
  if (!before.workloads.some(isForeign) && !after.workloads.some(isForeign)) {
    return new Map();
  }
  const there = onlyOnes(after);
  return new Map(
    [...onlyOnes(before)].flatMap(([name, workload]) => {
      const other = there.get(name);
      const isOther = other !== undefined && other.kind !== workload.kind;
      return isOther && !(isOwnKind(workload.kind) && isOwnKind(other.kind))
        ? [[workloadKey(workload), workloadKey(other)] as const]
        : [];
    }),
  );
}

/** The workloads with a name of their own, by this name. */
function onlyOnes({ workloads }: Cluster): ReadonlyMap<string, Workload> {
  const byName = new Map<string, Workload[]>();
  for (const workload of workloads) {
    append(byName, qualifiedName(workload), workload);
  }
  return new Map(
    [...byName].flatMap(([name, [only, ...more]]) =>
      only !== undefined && more.length === 0 ? [[name, only] as const] : [],
    ),
  );
}

function byWorkload({ units }: UnitIndex): Map<string, Unit[]> {
  const found = new Map<string, Unit[]>();
  for (const unit of units) {
    append(found, workloadKey(unit.workload), unit);
  }
  return found;
}

function namesOf(units: readonly Unit[]): string[] {
  return units.flatMap(({ pods }) => pods.map(({ name }) => name)).sort();
}

function match(
  left: readonly Unit[],
  right: readonly Unit[],
  [before, after]: readonly [Cluster, Cluster],
): Cell[] {
  const workload = (right[0] as Unit).workload;
  if (left.length === 1 || right.length === 1) {
    const finer = left.length > 1 ? left : right;
    return left.flatMap((a) =>
      right.map((b): Cell => {
        const pods = finer.length > 1 ? { pods: namesOf([finer === left ? a : b]) } : {};
        return { workload, before: a, after: b, ...pods, presence: 'kept' };
      }),
    );
  }
  const unitAfter = new Map(right.flatMap((unit) => unit.pods.map(({ name }) => [name, unit] as const)));
  const unitBefore = new Map(left.flatMap((unit) => unit.pods.map(({ name }) => [name, unit] as const)));
  const pairs = new Map<number, { before: Unit; after: Unit; pods: string[] }>();
  for (const [name, a] of unitBefore) {
    const b = unitAfter.get(name);
    if (b !== undefined) {
      const key = pairKey(a.index, b.index);
      remember(pairs, key, () => ({ before: a, after: b, pods: [] })).pods.push(name);
    }
  }
  return [
    ...[...pairs.values()].map(
      (pair): Cell => ({ workload, ...pair, pods: [...pair.pods].sort(), presence: 'kept' }),
    ),
    ...only('before', without(left, unitAfter, workload), left, after),
    ...only('after', without(right, unitBefore, workload), right, before),
  ];
}

/** The units without pods that have some names, as parts of the workload that stands for both versions. */
function without(units: readonly Unit[], names: ReadonlyMap<string, Unit>, workload: Workload): Unit[] {
  return units
    .map((unit) => ({ ...unit, workload, pods: unit.pods.filter(({ name }) => !names.has(name)) }))
    .filter(({ pods }) => pods.length > 0);
}

/**
 * Cells of one version only.
 *
 * @param all all units of the workload
 */
function only(version: VersionName, units: readonly Unit[], all: readonly Unit[], other: Cluster): Cell[] {
  return units.map((unit) => {
    const { workload } = unit;
    const isHidden = other.unreadable.some((each) => mayBe(each, workload));
    const presence =
      version === 'before' ? (isHidden ? 'hidden-after' : 'gone') : isHidden ? 'hidden-before' : 'new';
    const pods = all.length > 1 ? { pods: namesOf([unit]) } : {};
    return { workload, [version]: unit, ...pods, presence };
  });
}

function mayBe({ kind, isWorkload, namespace, except = [], name }: Unreadable, workload: Workload): boolean {
  // A workload of another kind may take its place.
  const isKind =
    kind === undefined ||
    kind === workload.kind ||
    isWorkload === true ||
    (!isOwnKind(workload.kind) && isOwnKind(kind));
  return (
    isKind &&
    (namespace === undefined ? !except.includes(workload.namespace) : namespace === workload.namespace) &&
    (name === undefined || name === workload.name)
  );
}
