import type { UnjudgedPolicy, Unreadable } from '../model/cluster';
import { append, countOne } from '../model/collections';
import { filled } from '../model/defined';
import { groupOf, nameOfKind } from '../model/object-kinds';
import {
  OTHER_POLICIES,
  type OtherPolicyKind,
  type OtherSyntax,
  partOfOthers,
} from '../model/other-policies';
import { unjudgedKey } from '../model/unjudged-policy';
import type { Origin } from './origin';
import { hiddenPolicies, textOf } from './unjudged';

/** The policies that are not judged, each once. */
export class FoundUnjudged {
  private readonly known = new Map<
    string,
    { readonly policy: UnjudgedPolicy; readonly syntax: OtherSyntax }
  >();
  /** The objects that they may refer to. */
  private readonly parts = new Map<OtherSyntax, string[]>();

  /** Adds a policy, and returns whether it is new. */
  public add(policy: UnjudgedPolicy, { syntax }: OtherPolicyKind): boolean {
    const key = `${unjudgedKey(policy)} ${policy.content}`;
    const isNew = !this.known.has(key);
    if (isNew) {
      this.known.set(key, { policy, syntax });
    }
    return isNew;
  }

  /** Notes that policies of a kind may exist but could not be listed. */
  public hide(kind: OtherPolicyKind): void {
    this.add(hiddenPolicies(kind), kind);
  }

  /** Adds an object if such policies may refer to it, and returns whether they may. */
  public note(value: Readonly<Record<string, unknown>>): boolean {
    const syntax = partOfOthers(value.kind as string, value.apiVersion);
    if (syntax !== undefined) {
      append(this.parts, syntax, textOf(value));
    }
    return syntax !== undefined;
  }

  /**
   * The policies; the content of each includes the objects that it may refer to. Of several with one name nobody knows
   * which one the cluster has.
   */
  public list(): readonly UnjudgedPolicy[] {
    const counts = new Map<string, number>();
    for (const { policy } of this.known.values()) {
      countOne(counts, unjudgedKey(policy));
    }
    return [...this.known.values()].map(({ policy, syntax }) => {
      const { says, ...rest } = policy;
      const isOnly = counts.get(unjudgedKey(policy)) === 1;
      const known = isOnly || says === undefined ? policy : { ...rest, unread: ['metadata', 'name'] };
      const parts = [...(this.parts.get(syntax) ?? [])].sort();
      return parts.length === 0 ? known : { ...known, content: [known.content, ...parts].join('\n') };
    });
  }
}

/** Whether policies of a kind are left out on request. */
export function isIgnored(kind: string, apiVersion: unknown, ignoredKinds: readonly string[] = []): boolean {
  return ignoredKinds.includes(kind) || ignoredKinds.includes(nameOfKind(kind, apiVersion));
}

/**
 * The kinds of other policies that an unreadable object may have: those whose kind and group the text contains.
 *
 * @param origin left out for an input that could not be opened
 */
export function otherKindsOf(
  origin: Origin | undefined,
  ignoredKinds?: readonly string[],
): Pick<Unreadable, 'mayBe'> {
  const mayContain = (word: string) => origin === undefined || origin.mayContain(word);
  const mayBe = OTHER_POLICIES.filter(
    ({ kind, apiVersions }) =>
      mayContain(kind) &&
      apiVersions.some((each) => mayContain(groupOf(each)) && !isIgnored(kind, each, ignoredKinds)),
  );
  return filled({ mayBe });
}
