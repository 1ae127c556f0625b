import type { IConstruct } from 'constructs';
import { isDay } from '../model/day';
import { nearestWord } from '../model/edit-distance';
import { FINDING_CODES, type Finding, type FindingCode } from '../model/finding';
import { NetworkPolicyError, show } from '../model/problem';
import { watchApp } from './app-watch';
import { acknowledge } from './intent-registry';
import { checkOptions } from './options';
import { findingsUnder } from './policy-findings';
import { SourceLine } from './source-line';

const AT = 'Findings.acknowledge';

export interface AcknowledgeOptions {
  /** Why the finding is acceptable. */
  readonly reason: string;
  /**
   * The last day on which it is accepted, `YYYY-MM-DD` in UTC. From the next day on it counts again.
   * @default forever
   */
  readonly until?: string;
}

/**
 * What is legal but probably a mistake in the policies at and under a construct. `app.synth()` prints the open findings on
 * standard error; they do not fail the synth.
 */
export class Findings {
  /** The findings at and under a construct: an app, a chart, a policy. */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** The open findings, in the order of the construct tree. */
  public list(): Finding[] {
    return findingsUnder(this.scope).filter(({ reason }) => reason === undefined);
  }

  /** The findings that are acknowledged today, each with its reason. */
  public acknowledged(): Finding[] {
    return findingsUnder(this.scope).filter(({ reason }) => reason !== undefined);
  }

  /**
   * Accepts all findings of a code at and under the construct, including those of rules that are added later;
   * `aks-netpol lint` and the validation plugin accept them as well. If several scopes accept a finding, the reason of the
   * closest one counts. It only counts for objects that the program wrote and nobody has changed: not for handwritten
   * manifests beside them, not for the expectations of others, and not for the rules about acknowledgements.
   *
   * @param code of a finding in `list()`, or of any rule of lint
   * @throws NetworkPolicyError `finding-unknown`, `reason-missing`, `date-invalid`, `field-unknown`
   */
  public acknowledge(code: FindingCode, options: AcknowledgeOptions): this {
    checkCode(code);
    const { reason, until } = options ?? {};
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new NetworkPolicyError({
        code: 'reason-missing',
        at: AT,
        got: show(reason),
        problem: 'an acknowledgement needs a reason',
        fix: 'write { reason: "why it is all right here" }',
      });
    }
    checkOptions(options, ['reason', 'until'], AT);
    if (until !== undefined && !isDay(until)) {
      throw new NetworkPolicyError({
        code: 'date-invalid',
        at: `${AT} until`,
        got: show(until),
        problem: 'is not a day of the calendar',
        fix: 'write the last day on which it is accepted, such as "2027-03-31"',
      });
    }
    acknowledge(this.scope, code, { reason, until, line: SourceLine.above(this.acknowledge) });
    watchApp(this.scope);
    return this;
  }
}

function checkCode(code: unknown): void {
  if (FINDING_CODES.some((known) => known === code)) {
    return;
  }
  const near = nearestWord(String(code), FINDING_CODES);
  throw new NetworkPolicyError({
    code: 'finding-unknown',
    at: AT,
    got: show(code),
    problem: 'there is no such finding',
    fix: near === undefined ? `the codes are ${FINDING_CODES.join(', ')}` : `did you mean ${show(near)}?`,
  });
}
