import { labelsAddedTo, mayBeAdded, ORDINAL_LABELS, ordinalLabelsOf } from '../../model/added-labels';
import type { Workload } from '../../model/cluster';
import { append, remember } from '../../model/collections';
import type { LabelSelector, LabelSelectorRequirement } from '../../model/label-selector';
import { requirementsOf } from '../../model/selector-match';
import { SERVICE_ACCOUNT_LABEL, serviceAccountOf } from '../../model/service-account';
import { Bits } from './bits';
import { Bounds } from './bounds';
import type { PortTable, Unit } from './units';

/** The units that carry each label: a selector costs a few operations on sets, however many units there are. */
export class UnitIndex {
  public readonly all: Bits;
  /** The units that selectors can match: their pods have their own addresses. */
  public readonly selectable: Bits;
  /** The units on their node's network; for every policy they are their node. */
  public readonly hosts: Bits;
  /** The units on Windows nodes. */
  public readonly windows: Bits;
  /** AKS's own pods that no manifest declares. */
  public readonly assumed: Bits;
  /** The units by the named ports that they declare. */
  public readonly byPorts: ReadonlyMap<PortTable, Bits>;
  private readonly byNamespace = new Map<string, number[]>();
  private readonly byKey = new Map<string, number[]>();
  private readonly byLabel = new Map<string, Map<string, number[]>>();
  /** The units of which some pods carry the label, and others do not. */
  private readonly onSome = new Map<string, Map<string, number[]>>();
  /** The units that may carry the label. */
  private readonly inDoubt = new Map<string, number[]>();
  /** The units that may carry any label beside their own. */
  private readonly open: number[] = [];
  private readonly namespaceSets = new Map<string, Bits>();
  private readonly requirements = new Map<string, Bounds<Bits>>();
  private knownWorkloads: ReadonlyMap<Workload, readonly Unit[]> | undefined;

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
      this.addServiceAccount(unit);
      for (const key of labelsAddedTo(workload.kind)) {
        if (workload.labels[key] === undefined && !this.addOrdinals(unit, key)) {
          append(this.inDoubt, key, index);
        }
      }
    }
    this.byPorts = new Map([...byPorts].map(([ports, list]) => [ports, Bits.of(list)]));
    this.hosts = Bits.of(hosts);
    this.windows = Bits.of(
      units.filter(({ workload }) => workload.os === 'windows').map(({ index }) => index),
    );
    this.assumed = Bits.of(
      units.filter(({ workload }) => workload.assumed === true).map(({ index }) => index),
    );
    this.all = Bits.of(units.map(({ index }) => index));
    this.selectable = this.all.without(this.hosts);
  }

  /** Notes what Cilium has among the labels of pods, and no other engine. */
  private addServiceAccount({ index, workload }: Unit): void {
    const account = serviceAccountOf(workload);
    if (account === undefined) {
      append(this.inDoubt, SERVICE_ACCOUNT_LABEL, index);
      return;
    }
    append(this.byKey, SERVICE_ACCOUNT_LABEL, index);
    append(
      remember(this.byLabel, SERVICE_ACCOUNT_LABEL, () => new Map<string, number[]>()),
      account,
      index,
    );
  }

  /** The units of each workload. */
  public get byWorkload(): ReadonlyMap<Workload, readonly Unit[]> {
    if (this.knownWorkloads === undefined) {
      const found = new Map<Workload, Unit[]>();
      for (const unit of this.units) {
        append(found, unit.workload, unit);
      }
      this.knownWorkloads = found;
    }
    return this.knownWorkloads;
  }

  public inNamespace(name: string): Bits {
    return remember(this.namespaceSets, name, () => Bits.of(this.byNamespace.get(name) ?? []));
  }

  public inNamespaces(names: readonly string[]): Bits {
    return Bits.of(names.flatMap((name) => this.byNamespace.get(name) ?? []));
  }

  /**
   * The units that a selector matches, of any namespace.
   *
   * @param judge may replace what the labels say of a requirement
   */
  public select(
    selector: LabelSelector,
    judge: (requirement: LabelSelectorRequirement, byLabels: Bounds<Bits>) => Bounds<Bits>,
  ): Bounds<Bits> {
    const sets = requirementsOf(selector).map((requirement) => judge(requirement, this.meeting(requirement)));
    return sets.length === 0 ? Bounds.exactly(this.selectable) : sets.reduce((a, b) => a.and(b));
  }

  /** Notes a unit's values for a label by which pods of a StatefulSet differ; false if they are unknown. */
  private addOrdinals({ index, workload, pods }: Unit, key: string): boolean {
    const values = ORDINAL_LABELS.includes(key)
      ? pods.flatMap(({ name }) => ordinalLabelsOf(workload, name)?.[key] ?? [])
      : [];
    if (values.length === 0 || values.length < pods.length) {
      return false;
    }
    append(this.byKey, key, index);
    // No policy asks for one of several pods in a unit, but a question may.
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
    const mayHave = (this.inDoubt.get(key) ?? []).filter(
      (index) =>
        key === SERVICE_ACCOUNT_LABEL ||
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
    const surely = Bits.of(sure);
    return inDoubt.length === 0 ? Bounds.exactly(surely) : new Bounds(surely, surely.or(Bits.of(inDoubt)));
  }

  /** The units that may carry any label, unless they have one with this key. */
  private openWithout(key: string): readonly number[] {
    return this.open.filter((index) => this.units[index]?.workload.labels[key] === undefined);
  }
}
