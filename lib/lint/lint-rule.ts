import type { AksClusterProfile } from '../aks/cluster-profile';
import type { FactSource } from '../aks/fact-source';
import type { FindingCode, LintFinding, Severity } from '../model/finding';
import type { Place } from '../model/place';
import type { LintContext } from './context';
import type { Fix, FixWords } from './fix';

/** What a rule says of one object; what is left out, the rule's own words say. */
export type Observation = Omit<LintFinding, 'rule' | 'severity' | 'fix' | 'field'> &
  Partial<Pick<LintFinding, 'severity'>> & {
    readonly fix?: Fix;
    /** The field that is meant, or a place in a construct; left out when the object as a whole is meant. */
    readonly field?: Place;
  };

/**
 * One judgement of network policies. It asks the evaluator, never the syntax, wherever the question is about
 * connectivity, and is silent where it cannot tell: a false alarm is a mistake, a missed case is documented.
 */
export interface LintRule {
  /** Stable for ever; also the name of its file. */
  readonly id: FindingCode;
  /** What it usually is; an observation may say otherwise. */
  readonly severity: Severity;
  /** What is the matter, in one sentence without a full stop. */
  readonly summary: string;
  /** Why it hurts, in one or a few sentences. */
  readonly why: string;
  /** What to write instead, in YAML and with constructs where that is not the same. */
  readonly fix: FixWords;
  readonly sources: readonly FactSource[];
  /** Cases that it does not see, and why. */
  readonly misses?: string;
  /** Manifests on which it speaks, and the same mended, on which it is silent. */
  readonly bad: Example;
  readonly good: Example;
  /** What is not known of the cluster and would have to be; the rule then does not run. */
  readonly needs?: (context: LintContext) => string | undefined;
  check(context: LintContext): Iterable<Observation>;
}

/** Manifests, and what is known beside them. */
export interface Example {
  /** YAML, as short as it can be. */
  readonly manifests: string;
  readonly profile?: AksClusterProfile;
  /** The day on which it is judged, `YYYY-MM-DD`. */
  readonly today?: string;
  /** What an author says beside the manifests. */
  readonly intent?: Partial<LintContext['intent']>;
}
