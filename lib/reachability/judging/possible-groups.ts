import { compare, remember } from '../../model/collections';
import { Nearby } from '../../model/nearby';
import type { PolicyType } from '../../model/network-policy';
import type { PodSet } from '../../model/pod-set';
import { allOf, type Tristate } from '../../model/tristate';
import { comparePolicies, isSilent, type JudgedPolicy } from '../reading/judged-policy';
import type { PolicyIndex } from '../reading/policy-index';
import type { PossibleReader, PossiblyMeant } from '../reading/possible-reader';
import { Group } from './groups';
import { type HeldRule, type Selection, selectionOf } from './selection';

/**
 * Of a set of pods that policies tell apart: what `all` of them may do, or what `some` of them may. Of one that none
 * tells apart, `alike`: what is about some of it is not counted.
 */
export type Quantifier = 'all' | 'some' | 'alike';

/** The policies that concern sets of pods which no manifest tells of. */
export class PossibleGroups {
  private readonly roots: Readonly<Record<PolicyType, Group>> = {
    Ingress: Group.root('Ingress'),
    Egress: Group.root('Egress'),
  };
  private readonly known = new Map<string, Map<string, Group>>();
  private readonly parts = new Map<string, Selection>();
  /** The sets that policies are about and of which no pod is known, by their keys. */
  private knownUnknown: ReadonlySet<string> | undefined;
  private readonly knownSubjects = new Map<PolicyType, readonly PodSet[]>();
  private readonly knownNear = new Map<string | undefined, Nearby<JudgedPolicy>>();
  private readonly knownIsolated = new Map<string, PossiblyMeant>();

  public constructor(
    private readonly reader: PossibleReader,
    private readonly policies: PolicyIndex,
  ) {}

  /** The same after some policies went and others came. */
  public change(gone: readonly JudgedPolicy[], come: readonly JudgedPolicy[]): PossibleGroups {
    return new PossibleGroups(this.reader, this.policies.change(gone, come));
  }

  /**
   * The sets that policies isolate in a direction and of which no pod is known, each once; those parts of them among it
   * that other policies concern, too.
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

  /** Whether a set is one that a policy is about and of which no pod is known. */
  public isSubject({ key }: PodSet): boolean {
    this.knownUnknown ??= new Set(
      this.policies.aboutNobody
        .flatMap((policy) => this.setsOf(policy))
        .flatMap((set) => this.reader.subjectsOf(set).map((part) => part.key)),
    );
    return this.knownUnknown.has(key);
  }

  /** What policies that do not concern all of a set have in common with it; without pods of known controllers. */
  public partsOf(set: PodSet, direction: PolicyType): readonly PodSet[] {
    return this.concerning(set, direction)
      .filter((policy) => this.holds(policy, set) === 'no')
      .flatMap((policy) => this.setsOf(policy))
      .flatMap((each) => each.and(set) ?? [])
      .flatMap((part) => this.reader.partiesOf(part));
  }

  /**
   * The group of a set in one direction, as if all of its pods were in it. Where policies tell the pods apart,
   * for `all`: what one policy may keep shut is shut, and what only some policies open is not open; for `some` the
   * other way round.
   */
  public of(set: PodSet, direction: PolicyType, quantifier: Quantifier): Group {
    if (quantifier === 'some' && set.namespace === undefined && this.policies.ofSeveral.length === 0) {
      // Nobody isolates all pods of namespaces that have no name yet.
      return this.roots[direction];
    }
    const known = remember(this.known, set.key, () => new Map<string, Group>());
    return remember(known, `${direction} ${quantifier}`, () => this.build(set, direction, quantifier));
  }

  /** The policies that may concern some pod of a set in one direction. */
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

  /** Whether each pod of a set is isolated by some policy, not all of them by the same. */
  public areIsolated(set: PodSet, direction: PolicyType): Tristate {
    const { space } = this.reader;
    const { sure, possible } = this.isolated(set.namespace, direction);
    return space.covers(sure, set)
      ? 'yes'
      : sure !== possible && space.covers(possible, set)
        ? 'unknown'
        : 'no';
  }

  /** The pods that policies isolate among which those of a namespace are. */
  private isolated(namespace: string | undefined, direction: PolicyType): PossiblyMeant {
    return remember(this.knownIsolated, `${direction} ${namespace ?? ''}`, () => {
      // Nobody can isolate all pods of namespaces that have no name yet one by one.
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

  /** Whether a policy that may concern some pod of a set surely does; one that could not be read need not. */
  private meets(policy: JudgedPolicy, set: PodSet): Tristate {
    return this.reader.space.overlaps(this.reader.subject(policy).sure, set) ? 'yes' : 'unknown';
  }

  /**
   * A policy that concerns some pods of a set, and others not.
   *
   * @param isolated whether it surely does, and some policy isolates each of the others
   */
  private part(policy: JudgedPolicy, direction: PolicyType, isAll: boolean, isolated: Tristate): Selection {
    return remember(this.parts, `${policy.serial} ${direction} ${isAll} ${isolated}`, () => {
      const { isolates, rules } = policy.sections[direction].actual;
      const held: HeldRule[] = [];
      const selection: Selection = {
        policy,
        holds: policy.inForce.actual,
        isolates: isolates ? allOf([policy.inForce.actual, isolated]) : 'no',
        rules: held,
      };
      for (const rule of rules) {
        if ((rule.action === 'deny') === isAll) {
          held.push({ selection, rule });
        }
      }
      return selection;
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
