import { compare, remember } from '../../model/collections';
import { Nearby } from '../../model/nearby';
import type { PolicyType } from '../../model/network-policy';
import type { PodSet } from '../../model/pod-set';
import { allOf, type Tristate } from '../../model/tristate';
import { comparePolicies, isSilent, type JudgedPolicy } from '../reading/judged-policy';
import type { PolicyIndex } from '../reading/policy-index';
import type { PossibleReader, PossiblyMeant } from '../reading/possible-reader';
import { Group } from './groups';
import { makeSelection, type Selection, selectionOf } from './selection';

/**
 * How a set of pods is judged that policies tell apart: by what `all` of its pods may do, or by what `some` may.
 * `alike`: policies that concern only some of its pods do not count.
 */
export type Quantifier = 'all' | 'some' | 'alike';

/** The groups of sets of possible pods. */
export class PossibleGroups {
  private readonly roots: Readonly<Record<PolicyType, Group>> = {
    Ingress: Group.root('Ingress'),
    Egress: Group.root('Egress'),
  };
  private readonly known = new Map<string, Map<string, Group>>();
  private readonly partial = new Map<string, Selection>();
  /** The keys of the sets that policies are about and of which no pod is known. */
  private subjectKeys: ReadonlySet<string> | undefined;
  private readonly knownSubjects = new Map<PolicyType, readonly PodSet[]>();
  private readonly knownNear = new Map<string | undefined, Nearby<JudgedPolicy>>();
  private readonly knownIsolated = new Map<string, PossiblyMeant>();

  public constructor(
    private readonly reader: PossibleReader,
    private readonly policies: PolicyIndex,
  ) {}

  /** The groups without the policies `gone`, and with those that `come`. */
  public change(gone: readonly JudgedPolicy[], come: readonly JudgedPolicy[]): PossibleGroups {
    return new PossibleGroups(this.reader, this.policies.change(gone, come));
  }

  /**
   * The sets that policies isolate in a direction and of which no pod is known, and the parts of these sets that other
   * policies concern; each once.
   */
  public subjects(direction: PolicyType): readonly PodSet[] {
    return remember(this.knownSubjects, direction, () => {
      const found = new Map<string, PodSet>();
      for (const policy of this.policies.aboutNobody.filter((each) => isolates(each, direction))) {
        for (const set of this.setsOf(policy).flatMap((each) => this.reader.subjectsOf(each))) {
          found.set(set.key, set);
          for (const part of this.partsOf(set, direction)) {
            found.set(part.key, part);
          }
        }
      }
      return [...found].sort(([a], [b]) => compare(a, b)).map(([, set]) => set);
    });
  }

  /** Whether a policy is about this set, and none of its pods is known. */
  public isSubject({ key }: PodSet): boolean {
    this.subjectKeys ??= new Set(
      this.policies.aboutNobody
        .flatMap((policy) => this.setsOf(policy))
        .flatMap((set) => this.reader.subjectsOf(set).map((part) => part.key)),
    );
    return this.subjectKeys.has(key);
  }

  /** The parts of a set that policies concern without concerning all of it; without pods of known controllers. */
  public partsOf(set: PodSet, direction: PolicyType): readonly PodSet[] {
    return this.concerning(set, direction)
      .filter((policy) => this.holds(policy, set) === 'no')
      .flatMap((policy) => this.setsOf(policy))
      .flatMap((each) => each.and(set) ?? [])
      .flatMap((part) => this.reader.partiesOf(part));
  }

  /**
   * The group of a set in one direction, as if all of its pods were in it. If policies tell the pods apart, for
   * `all`: what one policy may keep shut is shut, and what only some policies open is not open; for `some` the other
   * way round.
   */
  public of(set: PodSet, direction: PolicyType, quantifier: Quantifier): Group {
    if (quantifier === 'some' && set.namespace === undefined && this.policies.ofSeveral.length === 0) {
      // Policies of one namespace each do not isolate pods of every namespace.
      return this.roots[direction];
    }
    const known = remember(this.known, set.key, () => new Map<string, Group>());
    return remember(known, `${direction} ${quantifier}`, () => this.build(set, direction, quantifier));
  }

  /** The policies that may concern a pod of a set in a direction. */
  public concerning(set: PodSet, direction: PolicyType): readonly JudgedPolicy[] {
    const near = this.near(set).filter(
      (policy) =>
        policy.inForce.actual !== 'no' &&
        !isSilent(policy.sections[direction].actual) &&
        this.reader.space.overlaps(this.setsOf(policy), set),
    );
    return near.sort(comparePolicies);
  }

  /** Whether a policy concerns every pod of a set. */
  public holds(policy: JudgedPolicy, set: PodSet): Tristate {
    const { space } = this.reader;
    const { sure, possible } = this.reader.subject(policy);
    return space.covers(sure, set) ? policy.inForce.actual : space.covers(possible, set) ? 'unknown' : 'no';
  }

  /** Whether every pod of a set is isolated, each by some policy. */
  public areIsolated(set: PodSet, direction: PolicyType): Tristate {
    const { space } = this.reader;
    const { sure, possible } = this.isolated(set.namespace, direction);
    return space.covers(sure, set)
      ? 'yes'
      : sure !== possible && space.covers(possible, set)
        ? 'unknown'
        : 'no';
  }

  /** The pods that policies isolate: those of a namespace, or of every namespace. */
  private isolated(namespace: string | undefined, direction: PolicyType): PossiblyMeant {
    return remember(this.knownIsolated, `${direction} ${namespace ?? ''}`, () => {
      // Policies of one namespace each do not isolate pods of every namespace.
      const candidates = namespace === undefined ? this.policies.ofSeveral : this.policies.near(namespace);
      const isolating = candidates.filter(
        (policy) => policy.inForce.actual !== 'no' && isolates(policy, direction),
      );
      const possible = isolating.flatMap((policy) => this.setsOf(policy));
      const surely = isolating.map((policy) => this.surely(policy));
      const isExact = isolating.every((policy, i) => surely[i] === this.setsOf(policy));
      return { sure: isExact ? possible : surely.flat(), possible };
    });
  }

  private surely(policy: JudgedPolicy): readonly PodSet[] {
    return policy.inForce.actual === 'yes' ? this.reader.subject(policy).sure : [];
  }

  private build(set: PodSet, direction: PolicyType, quantifier: Quantifier): Group {
    const isolated = quantifier === 'some' ? this.areIsolated(set, direction) : 'yes';
    if (isolated === 'no') {
      return this.roots[direction];
    }
    return this.concerning(set, direction)
      .flatMap((policy) => {
        const holds = this.holds(policy, set);
        if (holds !== 'no' || quantifier === 'alike') {
          return holds === 'no' ? [] : selectionOf(policy, direction, holds);
        }
        return this.part(policy, direction, quantifier === 'all', allOf([isolated, this.meets(policy, set)]));
      })
      .reduce((group, selection) => group.with(selection), this.roots[direction]);
  }

  /** Whether a policy that may concern a pod of a set surely does. */
  private meets(policy: JudgedPolicy, set: PodSet): Tristate {
    return this.reader.space.overlaps(this.reader.subject(policy).sure, set) ? 'yes' : 'unknown';
  }

  /**
   * The selection by a policy that concerns only some pods of a set.
   *
   * @param isolated whether it surely concerns some, and every pod of the set is isolated
   */
  private part(policy: JudgedPolicy, direction: PolicyType, isAll: boolean, isolated: Tristate): Selection {
    return remember(this.partial, `${policy.serial} ${direction} ${isAll} ${isolated}`, () => {
      const { isolates, rules } = policy.sections[direction].actual;
      const holds = policy.inForce.actual;
      return makeSelection(
        { policy, holds, isolates: isolates ? allOf([holds, isolated]) : 'no' },
        rules.filter(({ action }) => (action === 'deny') === isAll),
      );
    });
  }

  private setsOf(policy: JudgedPolicy): readonly PodSet[] {
    return this.reader.subject(policy).possible;
  }

  /** The policies that may concern some pod of a set, and perhaps others. */
  private near(set: PodSet): readonly JudgedPolicy[] {
    const { namespace } = set;
    const there = remember(this.knownNear, namespace, () => {
      const { policies } = this;
      return new Nearby(namespace === undefined ? policies.all : policies.near(namespace), (policy) =>
        this.setsOf(policy),
      );
    });
    return there.to(set);
  }
}

function isolates({ sections }: JudgedPolicy, direction: PolicyType): boolean {
  return sections[direction].actual.isolates;
}
