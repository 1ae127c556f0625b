import { labelsAddedTo, mayBeAdded, ORDINAL_LABELS, ordinalLabelsOf } from '../../model/added-labels';
import { append, remember } from '../../model/collections';
import type { LabelSelector, LabelSelectorRequirement } from '../../model/label-selector';
import { requirementsOf } from '../../model/selector-match';
import { Bits } from './bits';
import { Bounds } from './bounds';
import type { PortTable, Unit } from './units';

/**
 * Which units carry which labels, from label to units, so that a selector costs a few operations on sets
 * however many units there are.
 */
export class UnitIndex {
  public readonly none: Bits;
  /** Every unit. */
  public readonly all: Bits;
  /** The units that selectors can match: those with an address of their own. */
  public readonly selectable: Bits;
  /** The units that live on their node's network and are their node for every policy. */
  public readonly hosts: Bits;
  /** The units that run on Windows nodes. */
  public readonly windows: Bits;
  /** The units that no manifest declares: AKS's own pods. */
  public readonly assumed: Bits;
  /** The units by the named ports they declare. */
  public readonly byPorts: ReadonlyMap<PortTable, Bits>;
  private readonly byNamespace = new Map<string, number[]>();
  private readonly byKey = new Map<string, number[]>();
  private readonly byLabel = new Map<string, Map<string, number[]>>();
  /** By label, those of whose pods some carry it. */
  private readonly onSome = new Map<string, Map<string, number[]>>();
  private readonly inDoubt = new Map<string, number[]>();
  /** Those that may carry any label beside their own. */
  private readonly open: number[] = [];
  private readonly namespaceSets = new Map<string, Bits>();
  private readonly requirements = new Map<string, Bounds<Bits>>();

  public constructor(public readonly units: readonly Unit[]) {
    const hosts: number[] = [];
    const byPorts = new Map<PortTable, number[]>();
    for (const unit of units) {
      const { index, workload, ports } = unit;
      append(byPorts, ports, index);
      if (workload.hostNetwork) {
        hosts.push(index);
        continue;
      }
      append(this.byNamespace, workload.namespace, index);
      for (const [key, value] of Object.entries(workload.labels)) {
        append(this.byKey, key, index);
        append(
          remember(this.byLabel, key, () => new Map<string, number[]>()),
          value,
          index,
        );
      }
      if (workload.mayCarryMore === true) {
        this.open.push(index);
        continue;
      }
      for (const key of labelsAddedTo(workload.kind)) {
        if (workload.labels[key] === undefined && !this.addOrdinals(unit, key)) {
          append(this.inDoubt, key, index);
        }
      }
    }
    this.byPorts = new Map([...byPorts].map(([ports, list]) => [ports, this.set(list)]));
    this.hosts = this.set(hosts);
    this.windows = this.set(
      units.filter(({ workload }) => workload.os === 'windows').map(({ index }) => index),
    );
    this.assumed = this.set(
      units.filter(({ workload }) => workload.assumed === true).map(({ index }) => index),
    );
    this.all = this.set(units.map(({ index }) => index));
    this.none = this.set([]);
    this.selectable = this.all.without(this.hosts);
  }

  public set(numbers: readonly number[]): Bits {
    return Bits.of(numbers);
  }

  public inNamespace(name: string): Bits {
    return remember(this.namespaceSets, name, () => this.set(this.byNamespace.get(name) ?? []));
  }

  public inNamespaces(names: readonly string[]): Bits {
    return this.set(names.flatMap((name) => this.byNamespace.get(name) ?? []));
  }

  /**
   * The units whose labels a selector matches, of any namespace.
   *
   * @param judge may answer for a requirement in place of the labels
   */
  public select(
    selector: LabelSelector,
    judge: (requirement: LabelSelectorRequirement, byLabels: Bounds<Bits>) => Bounds<Bits>,
  ): Bounds<Bits> {
    const sets = requirementsOf(selector).map((requirement) => judge(requirement, this.meeting(requirement)));
    return sets.length === 0 ? Bounds.exactly(this.selectable) : sets.reduce((a, b) => a.and(b));
  }

  /** Notes what the pods of a unit have for a label by which those of a StatefulSet differ; false where nothing tells. */
  private addOrdinals({ index, workload, pods }: Unit, key: string): boolean {
    const values = ORDINAL_LABELS.includes(key)
      ? pods.flatMap(({ name }) => ordinalLabelsOf(workload, name)?.[key] ?? [])
      : [];
    if (values.length === 0 || values.length < pods.length) {
      return false;
    }
    append(this.byKey, key, index);
    // Of several pods, none of which a policy asks for, a question may ask for one.
    const lists = pods.length === 1 ? this.byLabel : this.onSome;
    const byValue = remember(lists, key, () => new Map<string, number[]>());
    for (const value of values) {
      append(byValue, value, index);
    }
    return true;
  }

  private meeting(requirement: LabelSelectorRequirement): Bounds<Bits> {
    const { key, operator, values = [] } = requirement;
    return remember(this.requirements, `${key} ${operator} ${values}`, () => {
      const positive =
        operator === 'In' || operator === 'NotIn' ? this.withValue(key, values) : this.withKey(key);
      return operator === 'In' || operator === 'Exists' ? positive : positive.complementIn(this.selectable);
    });
  }

  private withValue(key: string, values: readonly string[]): Bounds<Bits> {
    const having = (lists: typeof this.byLabel) =>
      values.flatMap((value) => lists.get(key)?.get(value) ?? []);
    const mayHave = (this.inDoubt.get(key) ?? []).filter((index) =>
      values.some((value) => mayBeAdded((this.units[index] as Unit).workload, key, value)),
    );
    return this.orPerhaps(having(this.byLabel), [
      ...having(this.onSome),
      ...mayHave,
      ...this.openWithout(key),
    ]);
  }

  private withKey(key: string): Bounds<Bits> {
    return this.orPerhaps(this.byKey.get(key) ?? [], [
      ...(this.inDoubt.get(key) ?? []),
      ...this.openWithout(key),
    ]);
  }

  private orPerhaps(sure: readonly number[], inDoubt: readonly number[]): Bounds<Bits> {
    const surely = this.set(sure);
    return inDoubt.length === 0 ? Bounds.exactly(surely) : new Bounds(surely, surely.or(this.set(inDoubt)));
  }

  /** Those that may carry any label, and a label is not among their own. */
  private openWithout(key: string): readonly number[] {
    return this.open.filter((index) => this.units[index]?.workload.labels[key] === undefined);
  }
}
