import { compare } from './collections';
import type { KnownRequirement, KnownSelector, LabelSelectorRequirement } from './label-selector';
import {
  ANY_LABELS,
  areApart,
  areBoundsWithin,
  bothBounds,
  boundsOf,
  type LabelBounds,
  type LabelValues,
  onlyValue,
  requirementsFor,
  textOfBounds,
} from './label-values';
import { NAMESPACE_NAME_LABEL } from './labels';
import type { PodSelection } from './policy-rules';
import { requirementsOf } from './selector-match';

/** Pods by what their labels, and those of their namespaces, may be; a value. Never empty by itself. */
export class PodSet {
  public static readonly ANY = new PodSet(ANY_LABELS, ANY_LABELS);

  /** The pods that selectors match; undefined where these contradict themselves. */
  public static of({ namespaces, pods }: PodSelection): PodSet | undefined {
    return PodSet.meeting(
      typeof namespaces === 'string' ? [isNamed([namespaces])] : requirementsOf(namespaces),
      requirementsOf(pods),
    );
  }

  /** The pods that meet requirements, in namespaces that meet others; undefined where there can be none. */
  public static meeting(
    namespaces: readonly LabelSelectorRequirement[],
    pods: readonly LabelSelectorRequirement[],
  ): PodSet | undefined {
    const [places, labels] = [boundsOf(namespaces), boundsOf(pods)];
    return places === undefined || labels === undefined ? undefined : new PodSet(places, labels);
  }

  /** Every pod of one namespace. */
  public static inNamespace(name: string): PodSet {
    return PodSet.of({ namespaces: name, pods: {} }) as PodSet;
  }

  private knownKey: string | undefined;

  private constructor(
    /** The name of a namespace is the value of its label `kubernetes.io/metadata.name`. */
    public readonly namespaces: LabelBounds,
    public readonly pods: LabelBounds,
  ) {}

  /** The same for equal sets. */
  public get key(): string {
    this.knownKey ??= `${textOfBounds(this.namespaces)} / ${textOfBounds(this.pods)}`;
    return this.knownKey;
  }

  /** The name of the namespace, where it is one that is named. */
  public get namespace(): string | undefined {
    const names = this.namespaces.get(NAMESPACE_NAME_LABEL);
    return names && onlyValue(names);
  }

  /** Whether every pod of the set is in another, whatever labels namespaces have. */
  public isWithin(other: PodSet): boolean {
    return (
      this === other ||
      (areBoundsWithin(this.pods, other.pods) && areBoundsWithin(this.namespaces, other.namespaces))
    );
  }

  /** Whether no pod can be in both. */
  public isApart(other: PodSet): boolean {
    return areApart(this.namespaces, other.namespaces) || areApart(this.pods, other.pods);
  }

  /** Whether every pod is in the set, whatever its labels and its namespace. */
  public get isAny(): boolean {
    return this.namespaces.size === 0 && this.pods.size === 0;
  }

  /** Undefined where no pod can be in both. */
  public and(other: PodSet): PodSet | undefined {
    const namespaces = bothBounds(this.namespaces, other.namespaces);
    const pods = bothBounds(this.pods, other.pods);
    return namespaces === undefined || pods === undefined ? undefined : new PodSet(namespaces, pods);
  }

  /** The same pods, of namespaces with other bounds. */
  public within(namespaces: LabelBounds): PodSet {
    return new PodSet(namespaces, this.pods);
  }

  /** What is asked of the labels of namespaces, beside the name of one that is named. */
  public get namespaceSelector(): KnownSelector {
    const isNamed = this.namespace !== undefined;
    return selectorOf([...this.namespaces].filter(([key]) => !(isNamed && key === NAMESPACE_NAME_LABEL)));
  }

  public get podSelector(): KnownSelector {
    return selectorOf([...this.pods]);
  }
}

/** The requirement that a namespace has one of these names. */
export function isNamed(names: readonly string[]): LabelSelectorRequirement {
  return { key: NAMESPACE_NAME_LABEL, operator: 'In', values: names };
}

function selectorOf(bounds: readonly (readonly [string, LabelValues])[]): KnownSelector {
  const labels: Record<string, string> = {};
  const expressions: KnownRequirement[] = [];
  for (const [key, values] of [...bounds].sort(([a], [b]) => compare(a, b))) {
    const only = onlyValue(values);
    if (only === undefined) {
      expressions.push(...requirementsFor(key, values));
    } else {
      labels[key] = only;
    }
  }
  return {
    ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labels }),
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
  };
}
