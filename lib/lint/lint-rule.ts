import type { EngineName } from '../model/engine-profile';
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
  /** What to write instead, in YAML and with constructs where that is not the same. */
  readonly fix: FixWords;
  /** The engines that it is about. @default every engine, and the specification where none is known */
  readonly engines?: readonly EngineName[];
  /** What is not known of a cluster with such an engine and would have to be; the rule then does not run. */
  readonly needs?: (context: LintContext) => string | undefined;
  check(context: LintContext): Iterable<Observation>;
}
