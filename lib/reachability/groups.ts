import type { PolicyType } from '../model/network-policy';
import type { Tristate } from './bounds';
import { comparePolicies, type JudgedPolicy } from './policy';
import type { Row } from './rows';
import type { PortTable } from './units';

/** A policy that concerns a unit in one direction. */
export interface Selection {
  readonly policy: JudgedPolicy;
  /** Whether it isolates the unit. `no`: it should by the specification, but the engine does not. */
  readonly isolates: Tristate;
}

/** The units that the same policies isolate in one direction. Each distinct group exists once. */
export class Group {
  /** The rows of the group, by the port table of its units where that matters. */
  public readonly rows = new Map<number, Row>();
  private readonly children = new Map<number, Group>();
  private readonly counter: { next: number };

  /** The group of the units that no policy concerns. */
  public static root(direction: PolicyType): Group {
    return new Group(direction, [], { next: 0 });
  }

  /** Distinct among the groups of its root. */
  public readonly id: number;
  /** Whether some policy isolates the units. */
  public readonly isolated: Tristate;
  /** Whether rules for what comes in depend on the names of the units' own ports. */
  private readonly usesOwnNames: boolean;

  private constructor(
    public readonly direction: PolicyType,
    /** In the order of {@link comparePolicies}. */
    public readonly selections: readonly Selection[],
    counter: { next: number },
  ) {
    this.counter = counter;
    this.id = counter.next;
    counter.next += 1;
    const states = new Set(selections.map(({ isolates }) => isolates));
    this.isolated = states.has('yes') ? 'yes' : states.has('unknown') ? 'unknown' : 'no';
    this.usesOwnNames = direction === 'Ingress' && selections.some(({ policy }) => usesNames(policy));
  }

  /** Whether what comes in depends on the units' own table of ports. */
  public dependsOn({ pastPolicies }: PortTable): boolean {
    return this.usesOwnNames || (this.direction === 'Ingress' && !pastPolicies.isEmpty);
  }

  /** The group with one policy more; its name must come after those of the others. */
  public with({ policy, isolates }: Selection): Group {
    const key = policy.serial * 4 + (isolates === 'yes' ? 0 : isolates === 'unknown' ? 1 : 2);
    let child = this.children.get(key);
    if (child === undefined) {
      child = new Group(this.direction, [...this.selections, { policy, isolates }], this.counter);
      this.children.set(key, child);
    }
    return child;
  }
}

/** Which group each unit is in, for one direction. */
export class Grouping {
  public static of(direction: PolicyType, units: number, policies: readonly JudgedPolicy[]): Grouping {
    const root = Group.root(direction);
    const groups = new Array<Group>(units).fill(root);
    for (const policy of [...policies].sort(comparePolicies)) {
      forEachSelected(policy, direction, (unit, isolates) => {
        groups[unit] = (groups[unit] as Group).with({ policy, isolates });
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

  /** The grouping after some policies went and others came; what they do not concern stays shared. */
  public change(gone: readonly JudgedPolicy[], come: readonly JudgedPolicy[]): Grouping {
    const touched = new Map<number, Selection[]>();
    const { direction } = this.root;
    for (const policy of gone) {
      forEachSelected(policy, direction, (unit) => {
        const selections = touched.get(unit) ?? this.at(unit).selections;
        touched.set(
          unit,
          selections.filter((selection) => selection.policy !== policy),
        );
      });
    }
    for (const policy of come) {
      forEachSelected(policy, direction, (unit, isolates) => {
        touched.set(unit, [...(touched.get(unit) ?? this.at(unit).selections), { policy, isolates }]);
      });
    }
    const groups = [...this.groups];
    for (const [unit, selections] of touched) {
      groups[unit] = selections
        .sort((a, b) => comparePolicies(a.policy, b.policy))
        .reduce((group, selection) => group.with(selection), this.root);
    }
    return new Grouping(this.root, groups);
  }
}

function forEachSelected(
  { scope, inForce, rules }: JudgedPolicy,
  direction: PolicyType,
  visit: (unit: number, isolates: Tristate) => void,
): void {
  const { actual, specified } = scope;
  const section = rules[direction];
  if (section.actual === undefined || inForce.actual === 'no') {
    if (section.specified !== undefined) {
      specified.possible.forEach((unit) => {
        visit(unit, 'no');
      });
    }
    return;
  }
  actual.possible.forEach((unit) => {
    visit(unit, actual.sure.has(unit) ? inForce.actual : 'unknown');
  });
  if (specified !== actual) {
    specified.possible.without(actual.possible).forEach((unit) => {
      visit(unit, 'no');
    });
  }
}

function usesNames({ rules }: JudgedPolicy): boolean {
  return (rules.Ingress.actual ?? []).some(({ ports = [] }) =>
    ports.some(({ actual }) => actual.named !== undefined),
  );
}
