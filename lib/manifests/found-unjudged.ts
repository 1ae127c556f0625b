import { append, countOne } from '../model/collections';
import { type OtherPolicyKind, type OtherSyntax, partOfOthers } from '../model/other-policies';
import { type UnjudgedPolicy, unjudgedIdentity } from '../model/unjudged-policy';
import { hiddenPolicies, textOf } from './unjudged';

/** Policies of kinds that are not judged, as they are found: each once. */
export class FoundUnjudged {
  private readonly known = new Map<
    string,
    { readonly policy: UnjudgedPolicy; readonly syntax: OtherSyntax }
  >();
  /** What they refer to. */
  private readonly parts = new Map<OtherSyntax, string[]>();

  /** Takes a policy, and tells whether it is a new one. */
  public add(policy: UnjudgedPolicy, { syntax }: OtherPolicyKind): boolean {
    const key = `${unjudgedIdentity(policy)} ${policy.content}`;
    const isNew = !this.known.has(key);
    if (isNew) {
      this.known.set(key, { policy, syntax });
    }
    return isNew;
  }

  /** Takes that policies of a kind may be there, which could not be listed. */
  public hide(kind: OtherPolicyKind): void {
    this.add(hiddenPolicies(kind), kind);
  }

  /** Takes an object of any kind, and tells whether such policies may refer to it. */
  public note(value: Readonly<Record<string, unknown>>): boolean {
    const syntax = partOfOthers(value.kind as string, value.apiVersion);
    if (syntax !== undefined) {
      append(this.parts, syntax, textOf(value));
    }
    return syntax !== undefined;
  }

  /** With what they refer to as a part of what they say. Of several of one name nobody knows which one is applied. */
  public list(): readonly UnjudgedPolicy[] {
    const counts = new Map<string, number>();
    for (const { policy } of this.known.values()) {
      countOne(counts, unjudgedIdentity(policy));
    }
    return [...this.known.values()].map(({ policy, syntax }) => {
      const { says, ...rest } = policy;
      const isOnly = counts.get(unjudgedIdentity(policy)) === 1;
      const known = isOnly || says === undefined ? policy : { ...rest, unread: ['metadata', 'name'] };
      const parts = [...(this.parts.get(syntax) ?? [])].sort();
      return parts.length === 0 ? known : { ...known, content: [known.content, ...parts].join('\n') };
    });
  }
}
