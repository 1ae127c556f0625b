import { readGroups } from '../cilium-kinds/cidr-groups';
import { type CiliumParts, serviceKey } from '../cilium-kinds/cilium-parts';
import { type CiliumReading, readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import { canonicalText } from '../model/canonical-text';
import type { Service, UnjudgedPolicy, Unreadable } from '../model/cluster';
import { countOne } from '../model/collections';
import { defined, filled } from '../model/defined';
import { groupOf, nameOfKind } from '../model/object-kinds';
import { OTHER_POLICIES, type OtherPolicyKind, type OtherSyntax } from '../model/other-policies';
import { unjudgedKey } from '../model/unjudged-policy';
import type { Origin } from './origin';
import { hiddenPolicies, textOf } from './unjudged';

type Values = Readonly<Record<string, unknown>>;

interface Entry {
  readonly policy: UnjudgedPolicy;
  readonly syntax: OtherSyntax;
  /** As it is written; left out for policies that could not be listed. */
  readonly value?: Values;
}

/** The policies of other kinds, each once. */
export class FoundUnjudged {
  private readonly known = new Map<string, Entry>();
  /** The objects that they may refer to, by their content. */
  private readonly parts = new Map<OtherSyntax, Map<string, Values>>();

  /** Adds a policy, and returns whether it is new. */
  public add(policy: UnjudgedPolicy, { syntax }: OtherPolicyKind, value?: Values): boolean {
    const key = `${unjudgedKey(policy)} ${policy.content}`;
    const isNew = !this.known.has(key);
    if (isNew) {
      this.known.set(key, { policy, syntax, ...defined({ value }) });
    }
    return isNew;
  }

  /**
   * Notes that policies of a kind may exist but could not be listed.
   *
   * @param except the namespaces where they could
   */
  public hide(kind: OtherPolicyKind, except: readonly string[]): void {
    this.add(hiddenPolicies(kind, except), kind);
  }

  /** Adds an object that policies of a syntax may refer to, and returns whether it is new. */
  public addPart(value: Values, syntax: OtherSyntax): boolean {
    const known = this.parts.get(syntax) ?? new Map<string, Values>();
    this.parts.set(syntax, known);
    const key = textOf(value);
    const isNew = !known.has(key);
    known.set(key, value);
    return isNew;
  }

  /**
   * The policies; the content of each includes the objects that it may refer to. Of several with one name nobody knows
   * which one the cluster has.
   *
   * @param hasEvery whether every service and every object that they may refer to was added
   */
  public list(services: readonly Service[], hasEvery: boolean): readonly UnjudgedPolicy[] {
    const counts = new Map<string, number>();
    for (const { policy } of this.known.values()) {
      countOne(counts, unjudgedKey(policy));
    }
    const read = this.ciliumReader(services, hasEvery);
    const backends = [...this.known.values()].some(({ policy }) => refersToServices(policy))
      ? services.map(textOfService).sort()
      : [];
    return [...this.known.values()].map(({ policy, syntax, value }) => {
      const isOnly = counts.get(unjudgedKey(policy)) === 1;
      const {
        rules: says,
        unread,
        refusals = [],
      }: Partial<CiliumReading> = syntax !== 'cilium' || value === undefined
        ? {}
        : isOnly
          ? read(value, policy.namespace)
          : { unread: ['metadata', 'name'] };
      const parts = [...(this.parts.get(syntax)?.keys() ?? [])].sort();
      return {
        ...policy,
        ...defined({ says, unread }),
        ...filled({ refusals }),
        content: [policy.content, ...parts, ...(refersToServices(policy) ? backends : [])].join('\n'),
      };
    });
  }

  private ciliumReader(
    services: readonly Service[],
    hasEvery: boolean,
  ): (value: Values, namespace: string | undefined) => CiliumReading {
    const parts: CiliumParts = {
      groups: readGroups([...(this.parts.get('cilium')?.values() ?? [])]),
      services: new Map(services.map((each) => [serviceKey(each.namespace, each.name), each])),
      ...(hasEvery ? { hasEvery } : {}),
    };
    return (value, namespace) => readCiliumPolicy(value, namespace, parts);
  }
}

function refersToServices({ content }: UnjudgedPolicy): boolean {
  return content.includes('"toServices"');
}

/** What policies may ask of a service. */
function textOfService({ namespace, name, labels, selector }: Service): string {
  return canonicalText(defined({ namespace, name, labels, selector }));
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
