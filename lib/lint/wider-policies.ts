import { remember } from '../model/collections';
import type { LabelSelectorRequirement } from '../model/label-selector';
import type { PodSelection } from '../model/policy-rules';
import { impliesAll, requirementsOf } from '../model/selector-match';
import type { JudgedPolicy } from '../reachability/reading/judged-policy';
import { areWiderNamespaces } from './wider-selection';

/** A policy among others, its selector taken apart once. */
export interface Candidate {
  readonly policy: JudgedPolicy;
  /** Its place among all of them. */
  readonly order: number;
  readonly namespaces: PodSelection['namespaces'];
  readonly requirements: readonly LabelSelectorRequirement[];
}

/** The policies of one namespace, or those of several, by the first requirement of their selectors. */
interface Index {
  readonly blank: Candidate[];
  readonly byKey: Map<string, { readonly any: Candidate[]; readonly byValue: Map<string, Candidate[]> }>;
}

/** The index of the policies that are about namespaces by their labels. */
const SEVERAL = '';

/**
 * Finds, for a policy, those with the same or a wider selector: what they select holds each pod that it can ever
 * select. The policy itself is among them.
 */
export class WiderPolicies {
  /** All policies, in the order given. */
  public readonly candidates: readonly Candidate[];
  private readonly indexes = new Map<string, Index>();

  public constructor(policies: readonly JudgedPolicy[]) {
    this.candidates = policies.map((policy, order) => {
      const { namespaces = {}, pods = {} } = policy.entry?.rules.subject ?? {};
      return { policy, order, namespaces, requirements: requirementsOf(pods) };
    });
    for (const candidate of this.candidates) {
      this.enter(candidate);
    }
  }

  /** Those of one of the candidates, itself among them, in the order of all; of many only a few are looked at. */
  public *of({ policy, namespaces, requirements }: Candidate): Generator<JudgedPolicy> {
    const lists = [...new Set([placeOf(namespaces), SEVERAL])].flatMap((place) => {
      const { blank = [], byKey } = this.indexes.get(place) ?? {};
      return [
        blank,
        ...requirements.flatMap(({ key, values = [] }) => {
          const here = byKey?.get(key);
          return [here?.any ?? [], here?.byValue.get(values[0] ?? '') ?? []];
        }),
      ];
    });
    for (const each of inOrder(lists.filter(({ length }) => length > 0))) {
      const isWider =
        areWiderNamespaces(each.namespaces, namespaces) && impliesAll(requirements, each.requirements);
      if (each.policy === policy || isWider) {
        yield each.policy;
      }
    }
  }

  private enter(candidate: Candidate): void {
    const place = placeOf(candidate.namespaces);
    const index = remember(this.indexes, place, () => ({ blank: [], byKey: new Map() }));
    const [first] = candidate.requirements;
    if (first === undefined) {
      index.blank.push(candidate);
      return;
    }
    const here = remember(index.byKey, first.key, () => ({ any: [], byValue: new Map() }));
    if (first.operator !== 'In') {
      here.any.push(candidate);
      return;
    }
    // A narrower selector asks for some of these values, so its first one is among them.
    for (const value of new Set(first.values)) {
      remember(here.byValue, value, (): Candidate[] => []).push(candidate);
    }
  }
}

function placeOf(namespaces: PodSelection['namespaces']): string {
  return typeof namespaces === 'string' ? namespaces : SEVERAL;
}

/** The candidates of lists in the order of all, each once: two requirements for one key find the same. */
function* inOrder(lists: readonly (readonly Candidate[])[]): Generator<Candidate> {
  const next = lists.map(() => 0);
  for (let after = -1; ; ) {
    let first: Candidate | undefined;
    for (const [i, list] of lists.entries()) {
      while ((list[next[i] as number]?.order ?? Infinity) <= after) {
        next[i] = (next[i] as number) + 1;
      }
      const candidate = list[next[i] as number];
      first = candidate !== undefined && candidate.order < (first?.order ?? Infinity) ? candidate : first;
    }
    if (first === undefined) {
      return;
    }
    after = first.order;
    yield first;
  }
}
