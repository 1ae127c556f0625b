import type { IConstruct } from 'constructs';
import { today } from '../model/day';
import { FINDINGS, type Finding } from '../model/finding';
import { describePlace } from '../model/place';
import { isolatedByConnections } from './connection-policies';
import { reasonFor } from './intent-registry';
import { isKind } from './kind';
import type { Suspicion } from './rule-findings';

/** The part of a policy that findings need. */
export interface SuspiciousPolicy extends IConstruct {
  /** What is legal but suspicious about it, each with the user's line that caused it. */
  suspicions(): readonly (Suspicion & { readonly source: string | undefined })[];
}

/** The findings of the policies at and under a construct, including acknowledged ones. */
export function findingsUnder(scope: IConstruct): Finding[] {
  const day = today();
  const connections = isolatedByConnections(scope.node.root);
  return scope.node
    .findAll()
    .filter((construct): construct is SuspiciousPolicy => isKind(construct, 'policy'))
    .flatMap((policy) =>
      [...policy.suspicions(), ...(connections.get(policy) ?? [])].map(({ code, at, subject, source }) => ({
        code,
        at: describePlace(at),
        message: `${subject}: ${FINDINGS[code].problem}; ${FINDINGS[code].fix}`,
        path: policy.node.path,
        source,
        reason: reasonFor(policy, code, day),
      })),
    );
}
