import type { DepartureId } from '../aks/engine-departures';
import type { PolicyEntry } from '../model/cluster';
import type { EngineName } from '../model/engine-profile';
import type { FindingCode, LintFinding, Severity } from '../model/finding';
import type { Place } from '../model/place';
import { about, type LintContext } from './context';
import type { Fix, FixWords } from './fix';
import type { PartDeparture } from './policy-departures';

/** What a rule says of one object. Its severity and fix are the rule's own where they are left out. */
export type Observation = Omit<LintFinding, 'rule' | 'severity' | 'fix' | 'field'> &
  Partial<Pick<LintFinding, 'severity'>> & {
    readonly fix?: Fix;
    /** The field that is meant, or a place in a construct; left out when the object as a whole is meant. */
    readonly field?: Place;
  };

/** What a rule says of a policy. */
export type PolicyObservation = Omit<Observation, 'object' | 'source'>;

/**
 * One judgement of network policies. It asks the evaluator, never the syntax, wherever the question is about
 * connectivity, and is silent where it cannot tell: a false alarm is a mistake, a missed case is documented on its page.
 */
export interface LintRule {
  /** Stable for ever; also the name of its file and of its page. */
  readonly id: FindingCode;
  /** What it usually is; an observation may say otherwise. */
  readonly severity: Severity;
  /** What is the matter, in one sentence without a full stop. */
  readonly summary: string;
  /** The engines that it is about. @default every engine, and the specification where none is known */
  readonly engines?: readonly EngineName[];
  /** What to write instead, in YAML and with constructs where that is not the same. */
  readonly fix: FixWords;
  /** What is not known of a cluster with such an engine and would have to be; the rule then does not run. */
  readonly needs?: (context: LintContext) => string | undefined;
  check(context: LintContext): Iterable<Observation>;
}

/** The check of a rule that judges each policy by itself. */
export function eachPolicy(
  judge: (policy: PolicyEntry, context: LintContext) => Iterable<PolicyObservation>,
): LintRule['check'] {
  return function* (context) {
    for (const policy of context.policies) {
      for (const observation of judge(policy, context)) {
        yield { ...about(policy), ...observation };
      }
    }
  };
}

/** The check of a rule about parts of policies that engines read otherwise; it notes of which ones the rule speaks. */
export function eachDeparture(
  ids: readonly DepartureId[],
  judge: (
    departure: PartDeparture,
    policy: PolicyEntry,
    context: LintContext,
  ) => PolicyObservation | undefined,
): LintRule['check'] {
  return eachPolicy(function* (policy, context) {
    for (const departure of context.differences.by(policy, ...ids)) {
      const observation = judge(departure, policy, context);
      if (observation !== undefined) {
        context.differences.told.add(departure);
        yield observation;
      }
    }
  });
}
