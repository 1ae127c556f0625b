import { readGroups } from '../cilium-kinds/cidr-groups';
import { ciliumPartsOf } from '../cilium-kinds/cilium-parts';
import { type CiliumReading, readCiliumPolicy } from '../cilium-kinds/cilium-rules';
import { canonicalText } from '../model/canonical-text';
import type { Cluster, Service, UnjudgedPolicy, Unreadable } from '../model/cluster';
import { countOne } from '../model/collections';
import { defined, filled } from '../model/defined';
import { groupOf, nameOfKind } from '../model/object-kinds';
import { OTHER_POLICIES, type OtherPolicyKind, type OtherSyntax } from '../model/other-policies';
import { isPlainObject } from '../model/problem';
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

/** What policies of Cilium's own kinds may refer to beside services, as a cluster has it. */
export type FoundParts = Partial<Pick<Cluster, 'cidrGroups' | 'hasEveryPart'>>;

/** The policies of other kinds, each once. */
export class FoundUnjudged {
  private readonly known = new Map<string, Entry>();
  /** The objects that they may refer to, by their content. */
  private readonly others = new Map<OtherSyntax, Map<string, Values>>();

  /** Adds a policy, and returns whether it is new: another one of its name may differ in its labels alone. */
  public add(policy: UnjudgedPolicy, { syntax }: OtherPolicyKind, value?: Values): boolean {
    const notes = syntax === 'cilium' && value !== undefined ? notesOf(value) : '';
    const key = `${unjudgedKey(policy)} ${policy.content} ${notes}`;
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
    const known = this.others.get(syntax) ?? new Map<string, Values>();
    this.others.set(syntax, known);
    const key = textOf(value);
    const isNew = !known.has(key);
    known.set(key, value);
    return isNew;
  }

  /**
   * What policies of Cilium's own kinds may refer to beside services.
   *
   * @param hasEvery whether every service and every such object was added
   */
  public parts(hasEvery: boolean): FoundParts {
    return {
      ...filled({ cidrGroups: readGroups([...(this.others.get('cilium')?.values() ?? [])]) }),
      ...(hasEvery ? { hasEveryPart: true } : {}),
    };
  }

  /**
   * The policies; the content of each includes the objects that it may refer to. Of several with one name nobody knows
   * which one the cluster has.
   *
   * @param cluster with all that they may refer to, as far as it is known
   */
  public list(cluster: FoundParts & Pick<Cluster, 'services'>): readonly UnjudgedPolicy[] {
    const counts = new Map<string, number>();
    for (const { policy } of this.known.values()) {
      countOne(counts, unjudgedKey(policy));
    }
    const parts = ciliumPartsOf(cluster);
    const read = (value: Values, namespace: string | undefined) => readCiliumPolicy(value, namespace, parts);
    const { services } = cluster;
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
      const others = [...(this.others.get(syntax)?.keys() ?? [])].sort();
      return {
        ...policy,
        ...defined({ says, unread }),
        ...filled({ refusals }),
        content: [policy.content, ...others, ...(refersToServices(policy) ? backends : [])].join('\n'),
      };
    });
  }
}

/** What users and tools note of an object, which says nothing about traffic. */
function notesOf({ metadata }: Values): string {
  const { labels, annotations } = isPlainObject(metadata) ? metadata : {};
  return canonicalText([labels ?? {}, annotations ?? {}]);
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
