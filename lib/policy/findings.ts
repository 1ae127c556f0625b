import type { IConstruct } from 'constructs';
import { FINDINGS, type Finding, type FindingCode } from '../model/finding';
import { NetworkPolicyError, show } from '../model/problem';
import { type Acknowledgement, Ledger } from './ledger';

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

  /** The open findings, in the order of the policies' creation. */
  public list(): Finding[] {
    return this.all().filter(({ reason }) => reason === undefined);
  }

  /** The findings that were acknowledged, each with its reason. */
  public acknowledged(): Finding[] {
    return this.all().filter(({ reason }) => reason !== undefined);
  }

  /**
   * Accepts every finding of a code at and under the construct, those of rules added later too.
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
    Ledger.of(this.scope).acknowledgements.push({ scope: this.scope, code, reason });
    return this;
  }

  private all(): Finding[] {
    const { policies, acknowledgements } = Ledger.of(this.scope);
    return policies
      .filter((policy) => isUnder(policy, this.scope))
      .flatMap((policy) =>
        policy.suspicions().map(({ code, at, subject, source }) => ({
          code,
          at,
          message: `${subject}: ${FINDINGS[code].problem}; ${FINDINGS[code].fix}`,
          path: policy.node.path,
          source,
          reason: acknowledgements.find((entry) => applies(entry, code, policy))?.reason,
        })),
      );
  }
}

function applies(
  { scope, code: acknowledged }: Acknowledgement,
  code: FindingCode,
  policy: IConstruct,
): boolean {
  return acknowledged === code && isUnder(policy, scope);
}

function isUnder(construct: IConstruct, scope: IConstruct): boolean {
  for (let current: IConstruct | undefined = construct; current !== undefined; current = current.node.scope) {
    if (current === scope) {
      return true;
    }
  }
  return false;
}
