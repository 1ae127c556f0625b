import { append, remember } from '../../model/collections';
import type { IpSet } from '../../model/ip-set';
import type { PolicyType } from '../../model/network-policy';
import { anyOf, type Tristate } from '../../model/tristate';
import { comparePolicies, isSilent, type JudgedPolicy } from '../reading/judged-policy';
import type { Bits } from '../sets/bits';
import type { PortPart } from '../sets/port-map';
import type { PortTable } from '../sets/units';
import { type HeldRule, type Selection, selectionOf, type TierOfRules, tiersOf } from './selection';

/** Everybody with whom a group of units may exchange traffic in one direction, and on which ports. */
export interface Row {
  readonly units: readonly PortPart<Bits>[];
  /** Addresses that are no pod's and no node's; those of hosts that rules name are not told here. */
  readonly addresses: readonly PortPart<IpSet>[];
}

/** The units that the same policies concern in one direction. Each distinct group is one object. */
export class Group {
  /** The rows of the group, by the port table of its units where that matters. */
  public readonly rows = new Map<number, Row>();
  private readonly children = new Map<Selection, Group>();
  private knownSelections: readonly Selection[] | undefined;
  private knownRules: readonly HeldRule[] | undefined;
  private knownTiers: readonly TierOfRules[] | undefined;
  private knownNames: boolean | undefined;

  /** The group of the units that no policy concerns. */
  public static root(direction: PolicyType): Group {
    return new Group(direction, { next: 0 });
  }

  /** Distinct among the groups of one root. */
  public readonly id: number;
  /** Whether a policy denies what no rule allows. */
  public readonly isolated: Tristate;

  /** @param made the group with one policy less, and that policy; left out for the root */
  private constructor(
    public readonly direction: PolicyType,
    private readonly counter: { next: number },
    private readonly made?: { readonly before: Group; readonly selection: Selection },
  ) {
    this.id = counter.next;
    counter.next += 1;
    this.isolated = made === undefined ? 'no' : anyOf([made.before.isolated, made.selection.isolates]);
  }

  /** In the order of {@link comparePolicies}. Listed when asked for, because most groups only lead to others. */
  public get selections(): readonly Selection[] {
    this.knownSelections ??= this.list();
    return this.knownSelections;
  }

  /** Whether a policy isolates the units, or may. Policies that nobody has read do not count. */
  public get hasIsolatingPolicy(): boolean {
    return this.selections.some(({ policy, isolates }) => policy.entry !== undefined && isolates !== 'no');
  }

  /** Every rule that concerns the units, or may. */
  public get rules(): readonly HeldRule[] {
    this.knownRules ??= this.selections.flatMap(({ rules }) => rules);
    return this.knownRules;
  }

  /** The rules in the order in which they decide. */
  public get tiers(): readonly TierOfRules[] {
    this.knownTiers ??= tiersOf(this.selections);
    return this.knownTiers;
  }

  /** Whether what comes in depends on the units' own table of ports. */
  public dependsOn({ pastPolicies }: PortTable): boolean {
    return this.direction === 'Ingress' && (!pastPolicies.isEmpty || this.usesOwnNames);
  }

  /** The group with one more policy, which comes after the others by {@link comparePolicies}. */
  public with(selection: Selection): Group {
    return remember(
      this.children,
      selection,
      () => new Group(this.direction, this.counter, { before: this, selection }),
    );
  }

  private list(): readonly Selection[] {
    const selections: Selection[] = [];
    for (let { made } = this as Group; made !== undefined; made = made.before.made) {
      selections.push(made.selection);
    }
    return selections.reverse();
  }

  /** Whether rules name ports; for incoming traffic each unit resolves the names for itself. */
  private get usesOwnNames(): boolean {
    this.knownNames ??= this.selections.some(({ rules }) =>
      rules.some(({ rule: { ports } }) => ports?.some(({ actual }) => actual.named !== undefined)),
    );
    return this.knownNames;
  }
}

/** The group of each unit in one direction. */
export class Grouping {
  public static of(direction: PolicyType, units: number, policies: readonly JudgedPolicy[]): Grouping {
    const root = Group.root(direction);
    const groups = new Array<Group>(units).fill(root);
    for (const policy of [...policies].sort(comparePolicies)) {
      forEachSelected(policy, direction, (unit, selection) => {
        groups[unit] = (groups[unit] as Group).with(selection);
      });
    }
    return new Grouping(root, groups);
  }

  private constructor(
    private readonly root: Group,
    private readonly groups: readonly Group[],
  ) {}

  public at(unit: number): Group {
    return this.groups[unit] as Group;
  }

  /** The grouping without the policies `gone`, and with those that `come`. Other units keep their groups. */
  public change(gone: readonly JudgedPolicy[], come: readonly JudgedPolicy[]): Grouping {
    const { direction } = this.root;
    const went = new Set(gone);
    const touched = new Set<number>();
    const coming = new Map<number, Selection[]>();
    for (const policy of gone) {
      forEachSelected(policy, direction, (unit) => {
        touched.add(unit);
      });
    }
    for (const policy of come) {
      forEachSelected(policy, direction, (unit, selection) => {
        touched.add(unit);
        append(coming, unit, selection);
      });
    }
    const groups = [...this.groups];
    for (const unit of touched) {
      const staying = this.at(unit).selections.filter(({ policy }) => !went.has(policy));
      groups[unit] = [...staying, ...(coming.get(unit) ?? [])]
        .sort((a, b) => comparePolicies(a.policy, b.policy))
        .reduce((group, selection) => group.with(selection), this.root);
    }
    return new Grouping(this.root, groups);
  }
}

export type Groupings = Readonly<Record<PolicyType, Grouping>>;

/** Visits the units that a policy concerns in a direction by the engine, or should by the specification. */
function forEachSelected(
  policy: JudgedPolicy,
  direction: PolicyType,
  visit: (unit: number, selection: Selection) => void,
): void {
  const { scope, inForce, sections } = policy;
  const { actual, specified } = scope;
  const section = sections[direction];
  const should = selectionOf(policy, direction, 'no');
  if (isSilent(section.actual) || inForce.actual === 'no') {
    if (!isSilent(section.specified)) {
      specified.possible.forEach((unit) => {
        visit(unit, should);
      });
    }
    return;
  }
  const [surely, perhaps] = [inForce.actual, 'unknown' as const].map((holds) =>
    selectionOf(policy, direction, holds),
  ) as [Selection, Selection];
  actual.possible.forEach((unit) => {
    visit(unit, actual.sure.has(unit) ? surely : perhaps);
  });
  if (specified !== actual) {
    specified.possible.without(actual.possible).forEach((unit) => {
      visit(unit, should);
    });
  }
}
