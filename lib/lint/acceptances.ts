import { type ProgramReference, qualifiedName, type SourcePosition } from '../model/cluster';
import {
  type Acknowledgement,
  type FindingCode,
  type Intent,
  isBy,
  type LintFinding,
  type ObjectReference,
} from '../model/finding';

/** Who accepts a finding. */
export type Acceptor =
  /** Whoever runs the judgement. */
  | { readonly voice: 'operator' }
  /** A program, of what it wrote itself. */
  | { readonly voice: 'program'; readonly program: ProgramReference };

/** An acknowledgement, and whose it is. */
export interface Acceptance {
  readonly acknowledgement: Acknowledgement;
  readonly acceptedBy: Acceptor;
}

/** A finding that is accepted, by what and by whom. */
export interface AcknowledgedFinding extends LintFinding, Acceptance {}

/** The rules that hold acknowledgements to account: a program does not judge its own. */
export const ABOUT_ACKNOWLEDGEMENTS: readonly FindingCode[] = [
  'acknowledgement-unused',
  'acknowledgement-expired',
];

/** All that is accepted, by whomever; the operator comes first. */
export function* acceptancesIn({ acknowledgements, programs }: Intent): Generator<Acceptance> {
  for (const acknowledgement of acknowledgements) {
    yield { acknowledgement, acceptedBy: { voice: 'operator' } };
  }
  for (const { program, acknowledgements } of programs) {
    for (const acknowledgement of acknowledgements) {
      yield { acknowledgement, acceptedBy: { voice: 'program', program } };
    }
  }
}

/** Whether an acknowledgement means a finding, whatever day it is. */
export function means({ acknowledgement, acceptedBy }: Acceptance, finding: LintFinding): boolean {
  const { rule, construct, object } = acknowledgement;
  return (
    rule === finding.rule &&
    (acceptedBy.voice === 'operator' || mayAccept(acceptedBy.program, finding)) &&
    (construct === undefined || liesIn(finding.source, construct)) &&
    (object === undefined || names(object, finding.object))
  );
}

/** Whether an acknowledgement is over. */
export function isOver({ until }: Acknowledgement, today: string): boolean {
  return until !== undefined && today > until;
}

function mayAccept(program: ProgramReference, { rule, source }: LintFinding): boolean {
  return isBy(source, program) && !ABOUT_ACKNOWLEDGEMENTS.includes(rule);
}

/** Whether a program says so: an object that claims a construct for itself is of none. */
function liesIn({ construct: path, program }: SourcePosition = {}, scope: string): boolean {
  return program !== undefined && (scope === '' || path === scope || path?.startsWith(`${scope}/`) === true);
}

/** @param text `shop/db-ingress`, `shop/*`, or the name of an object without a namespace */
function names(text: string, { namespace, name }: ObjectReference): boolean {
  return namespace === undefined
    ? text === name || text === `${name}/*`
    : text === `${namespace}/*` || text === qualifiedName({ namespace, name });
}
