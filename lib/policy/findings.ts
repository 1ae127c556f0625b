import type { IConstruct } from 'constructs';
import { isDay } from '../model/day';
import { nearestWord } from '../model/edit-distance';
import { FINDING_CODES, type Finding, type FindingCode } from '../model/finding';
import { NetworkPolicyError, show } from '../model/problem';
import { acknowledge } from './acknowledgements';
import { watchApp } from './app-watch';
import { checkOptions } from './options';
import { findingsUnder } from './policy-findings';
import { SourceLine } from './source-line';

const AT = 'Findings.acknowledge';

/** Why a finding is all right, and for how long. */
export interface AcknowledgeOptions {
  /** For the next reader. */
  readonly reason: string;
  /**
   * The last day on which it is accepted, `YYYY-MM-DD` in UTC. From the day after it counts again.
   * @default for ever
   */
  readonly until?: string;
}

/**
 * What is legal and yet likely to hurt in the policies at and under a construct. `app.synth()` prints the
 * open ones on standard error, once; a finding never fails a synth by itself.
 */
export class Findings {
  /** The findings at and under a construct: an app, a chart, a policy. */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** The open findings that the constructs make themselves, in the order of the construct tree. */
  public list(): Finding[] {
    return findingsUnder(this.scope).filter(({ reason }) => reason === undefined);
  }

  /** The findings of the constructs that are acknowledged today, each with its reason. */
  public acknowledged(): Finding[] {
    return findingsUnder(this.scope).filter(({ reason }) => reason !== undefined);
  }

  /**
   * Accepts every finding of a code at and under the construct, those of rules added later too; `aks-netpol lint`
   * and the validation plugin accept them as well. Where several scopes accept a finding, the reason of the nearest
   * counts. It holds for the objects that the program writes, as long as they are as it wrote them: not for handwritten
   * manifests beside them, not for the expectations of others, and not for the rules about acknowledgements.
   *
   * @param code as `list()` gives it, or any rule of the catalogue
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
