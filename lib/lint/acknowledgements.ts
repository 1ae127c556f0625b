import { qualifiedName } from '../model/cluster';
import type { Acknowledgement, LintFinding, ObjectReference } from '../model/finding';

/** A finding that is accepted, and by what. */
export interface AcknowledgedFinding extends LintFinding {
  readonly acknowledgement: Acknowledgement;
}

/** Whether an acknowledgement means a finding, whatever day it is. */
export function means({ rule, construct, object }: Acknowledgement, finding: LintFinding): boolean {
  return (
    rule === finding.rule &&
    (construct === undefined || liesIn(finding.source?.construct, construct)) &&
    (object === undefined || names(object, finding.object))
  );
}

/** Whether an acknowledgement is over. */
export function isOver({ until }: Acknowledgement, today: string): boolean {
  return until !== undefined && today > until;
}

function liesIn(path: string | undefined, scope: string): boolean {
  return scope === '' || path === scope || path?.startsWith(`${scope}/`) === true;
}

/** @param text `shop/db-ingress`, `shop/*`, or the name of an object without a namespace */
function names(text: string, { namespace, name }: ObjectReference): boolean {
  return namespace === undefined
    ? text === name || text === `${name}/*`
    : text === `${namespace}/*` || text === qualifiedName({ namespace, name });
}
