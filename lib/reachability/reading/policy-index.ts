import { append } from '../../model/collections';
import { POLICY_TYPES } from '../../model/network-policy';
import { type JudgedPolicy, subjectOf } from './judged-policy';

/** Policies by the namespace of their pods, so that few are asked about a set of pods. */
export class PolicyIndex {
  public static of(policies: readonly JudgedPolicy[]): PolicyIndex {
    return new PolicyIndex(new Map(), []).change([], policies);
  }

  private knownAll: readonly JudgedPolicy[] | undefined;

  private constructor(
    /** Undefined stands for policies about pods of several namespaces. */
    private readonly byNamespace: ReadonlyMap<string | undefined, readonly JudgedPolicy[]>,
    /** The policies that isolate pods, none of which is known. */
    public readonly aboutNobody: readonly JudgedPolicy[],
  ) {}

  public get all(): readonly JudgedPolicy[] {
    this.knownAll ??= [...this.byNamespace.values()].flat();
    return this.knownAll;
  }

  /** The policies about pods of several namespaces. */
  public get ofSeveral(): readonly JudgedPolicy[] {
    return this.byNamespace.get(undefined) ?? [];
  }

  /** The policies that may be about pods of a namespace. */
  public near(namespace: string): readonly JudgedPolicy[] {
    const own = this.byNamespace.get(namespace) ?? [];
    return this.ofSeveral.length === 0 ? own : [...own, ...this.ofSeveral];
  }

  /** The index without the policies `gone`, and with those that `come`. */
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
