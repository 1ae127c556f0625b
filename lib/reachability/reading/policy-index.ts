import { append } from '../../model/collections';
import { POLICY_TYPES } from '../../model/network-policy';
import { type JudgedPolicy, subjectOf } from './judged-policy';

/** Policies by whom they are about, so that a set of pods asks few of them. */
export class PolicyIndex {
  public static of(policies: readonly JudgedPolicy[]): PolicyIndex {
    return new PolicyIndex(new Map(), []).change([], policies);
  }

  private knownAll: readonly JudgedPolicy[] | undefined;

  private constructor(
    /** By the namespace of the pods; without one for those about pods of several. */
    private readonly byNamespace: ReadonlyMap<string | undefined, readonly JudgedPolicy[]>,
    /** Those that isolate pods of which none is known. */
    public readonly aboutNobody: readonly JudgedPolicy[],
  ) {}

  public get all(): readonly JudgedPolicy[] {
    this.knownAll ??= [...this.byNamespace.values()].flat();
    return this.knownAll;
  }

  /** Those about pods of several namespaces, or of any. */
  public get ofSeveral(): readonly JudgedPolicy[] {
    return this.byNamespace.get(undefined) ?? [];
  }

  /** Those that may be about pods of one namespace. */
  public near(namespace: string): readonly JudgedPolicy[] {
    const own = this.byNamespace.get(namespace) ?? [];
    return this.ofSeveral.length === 0 ? own : [...own, ...this.ofSeveral];
  }

  /** The index after some policies went and others came. */
  public change(gone: readonly JudgedPolicy[], come: readonly JudgedPolicy[]): PolicyIndex {
    const went = new Set(gone);
    const coming = new Map<string | undefined, JudgedPolicy[]>();
    for (const policy of come) {
      append(coming, namespaceOf(policy), policy);
    }
    const changed = (list: readonly JudgedPolicy[] = [], more: readonly JudgedPolicy[] = []) => [
      ...list.filter((each) => !went.has(each)),
      ...more,
    ];
    const byNamespace = new Map(this.byNamespace);
    for (const namespace of new Set([...gone.map(namespaceOf), ...coming.keys()])) {
      byNamespace.set(namespace, changed(byNamespace.get(namespace), coming.get(namespace)));
    }
    return new PolicyIndex(byNamespace, changed(this.aboutNobody, come.filter(isAboutNobodyKnown)));
  }
}

function namespaceOf(policy: JudgedPolicy): string | undefined {
  const namespace = subjectOf(policy)?.namespaces ?? policy.unreadable?.namespace;
  return typeof namespace === 'string' ? namespace : undefined;
}

function isAboutNobodyKnown({ unreadable, inForce, scope, sections }: JudgedPolicy): boolean {
  return (
    unreadable === undefined &&
    scope.actual.possible.isEmpty &&
    scope.specified.possible.isEmpty &&
    inForce.actual !== 'no' &&
    POLICY_TYPES.some((direction) => sections[direction].actual.isolates)
  );
}
