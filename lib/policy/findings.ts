import type { IConstruct } from 'constructs';
import { FINDINGS, type Finding, type FindingCode } from '../model/finding';
import { NetworkPolicyError, show } from '../model/problem';
import { acknowledge, reasonFor } from './acknowledgements';
import { isKind } from './kind';
import type { Suspicion } from './rule-findings';

/** A policy as far as findings ask it. */
export interface SuspiciousPolicy extends IConstruct {
  /** What is legal and yet suspicious about it, each with the user's line that brought it. */
  suspicions(): readonly (Suspicion & { readonly source: string | undefined })[];
}

/**
 * What is legal and yet likely to hurt in the policies at and under a construct. `app.synth()` prints the
 * open ones on standard error, once; a finding never fails a synth.
 */
export class Findings {
  /** The findings at and under a construct: an app, a chart, a policy. */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** The open findings, in the order of the construct tree. */
  public list(): Finding[] {
    return this.all().filter(({ reason }) => reason === undefined);
  }

  /** The findings that were acknowledged, each with its reason. */
  public acknowledged(): Finding[] {
    return this.all().filter(({ reason }) => reason !== undefined);
  }

  /**
   * Accepts every finding of a code at and under the construct, those of rules added later too. Where several
   * scopes accept a finding, the reason of the nearest counts.
   *
   * @param code as `list()` gives it
   * @param options.reason why it is all right here, for the next reader
   * @throws NetworkPolicyError `finding-unknown`, `reason-missing`
   */
  public acknowledge(code: FindingCode, options: { readonly reason: string }): this {
    const at = 'Findings.acknowledge';
    if (!Object.hasOwn(FINDINGS, code)) {
      throw new NetworkPolicyError({
        code: 'finding-unknown',
        at,
        got: show(code),
        problem: 'there is no such finding',
        fix: `the codes are ${Object.keys(FINDINGS).join(', ')}`,
      });
    }
    const reason = options?.reason;
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new NetworkPolicyError({
        code: 'reason-missing',
        at,
        got: show(reason),
        problem: 'an acknowledgement needs a reason',
        fix: 'write { reason: "why it is all right here" }',
      });
    }
    acknowledge(this.scope, code, reason);
    return this;
  }

  private all(): Finding[] {
    return this.scope.node
      .findAll()
      .filter((construct): construct is SuspiciousPolicy => isKind(construct, 'policy'))
      .flatMap((policy) =>
        policy.suspicions().map(({ code, at, subject, source }) => ({
          code,
          at,
          message: `${subject}: ${FINDINGS[code].problem}; ${FINDINGS[code].fix}`,
          path: policy.node.path,
          source,
          reason: reasonFor(policy, code),
        })),
      );
  }
}
