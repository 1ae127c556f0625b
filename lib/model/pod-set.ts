import { appendAll, compare } from './collections';
import { filled } from './defined';
import type { KnownRequirement, KnownSelector, LabelSelectorRequirement } from './label-selector';
import {
  ANY_LABELS,
  areApart,
  areBoundsWithin,
  bothBounds,
  boundsOf,
  keyOfBounds,
  type LabelBounds,
  type LabelValues,
  onlyValue,
  requirementsFor,
} from './label-values';
import { NAMESPACE_NAME_LABEL } from './labels';
import type { PodSelection } from './policy-rules';
import { requirementsOf } from './selector-match';

/** A set of pods by their labels and those of their namespaces; immutable. The labels never contradict each other. */
export class PodSet {
  public static readonly ANY = new PodSet(ANY_LABELS, ANY_LABELS);

  /** The pods that selectors match; undefined if the selectors contradict themselves. */
  public static of({ namespaces, pods }: PodSelection): PodSet | undefined {
    return PodSet.meeting(
      typeof namespaces === 'string' ? [isNamed([namespaces])] : requirementsOf(namespaces),
      requirementsOf(pods),
    );
  }

  /** The pods that meet requirements on namespaces and on pods; undefined if there can be none. */
  public static meeting(
    namespaces: readonly LabelSelectorRequirement[],
    pods: readonly LabelSelectorRequirement[],
  ): PodSet | undefined {
    const [places, labels] = [boundsOf(namespaces), boundsOf(pods)];
    return places === undefined || labels === undefined ? undefined : new PodSet(places, labels);
  }

  public static inNamespace(name: string): PodSet {
    return PodSet.of({ namespaces: name, pods: {} }) as PodSet;
  }

  private knownKey: string | undefined;

  private constructor(
    /** The name of a namespace is the value of its label `kubernetes.io/metadata.name`. */
    public readonly namespaces: LabelBounds,
    public readonly pods: LabelBounds,
  ) {}

  public get key(): string {
    this.knownKey ??= `${keyOfBounds(this.namespaces)} / ${keyOfBounds(this.pods)}`;
    return this.knownKey;
  }

  /** The name of the namespace, if the set names exactly one. */
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

  public isApart(other: PodSet): boolean {
    return areApart(this.namespaces, other.namespaces) || areApart(this.pods, other.pods);
  }

  /** Whether every pod is in the set, whatever its labels and its namespace. */
  public get isAny(): boolean {
    return this.namespaces.size === 0 && this.pods.size === 0;
  }

  /** The intersection; undefined if no pod can be in both. */
  public and(other: PodSet): PodSet | undefined {
    const namespaces = bothBounds(this.namespaces, other.namespaces);
    const pods = bothBounds(this.pods, other.pods);
    return namespaces === undefined || pods === undefined ? undefined : new PodSet(namespaces, pods);
  }

  /** Pods with the same labels, in namespaces with other labels. */
  public within(namespaces: LabelBounds): PodSet {
    return new PodSet(namespaces, this.pods);
  }

  /** The selector of its namespaces, without the name if the set names exactly one. */
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
      appendAll(expressions, requirementsFor(key, values));
    } else {
      labels[key] = only;
    }
  }
  return {
    ...(Object.keys(labels).length === 0 ? {} : { matchLabels: labels }),
    ...filled({ matchExpressions: expressions }),
  };
}
