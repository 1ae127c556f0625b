import type { IConstruct } from 'constructs';
import { today } from '../model/day';
import { FINDINGS, type Finding } from '../model/finding';
import { describePlace } from '../model/place';
import { reasonFor } from './acknowledgements';
import { isKind } from './kind';
import type { Suspicion } from './rule-findings';

/** A policy as far as findings ask it. */
export interface SuspiciousPolicy extends IConstruct {
  /** What is legal and yet suspicious about it, each with the user's line that brought it. */
  suspicions(): readonly (Suspicion & { readonly source: string | undefined })[];
}

/** What the policies at and under a construct find in themselves, the acknowledged included. */
export function findingsUnder(scope: IConstruct): Finding[] {
  const day = today();
  return scope.node
    .findAll()
    .filter((construct): construct is SuspiciousPolicy => isKind(construct, 'policy'))
    .flatMap((policy) =>
      policy.suspicions().map(({ code, at, subject, source }) => ({
        code,
        at: describePlace(at),
        message: `${subject}: ${FINDINGS[code].problem}; ${FINDINGS[code].fix}`,
        path: policy.node.path,
        source,
        reason: reasonFor(policy, code, day),
      })),
    );
}
