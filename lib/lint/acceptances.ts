import { isManagedPolicy } from '../aks/managed-policies';
import { qualifiedName } from '../model/cluster';
import { append, appendAll, countOne } from '../model/collections';
import type { FieldPath } from '../model/field-path';
import {
  type Acknowledgement,
  type FindingCode,
  type Intent,
  isBy,
  type LintFinding,
  type ObjectReference,
  scopesOf,
} from '../model/finding';
import type { ProgramReference, SourcePosition } from '../model/source-position';

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

/** Whether a program says that an object is of a construct; where the object alone says so, it does not count. */
function liesIn({ construct: path, program }: SourcePosition = {}, scope: string): boolean {
  return program !== undefined && (scope === '' || path === scope || path?.startsWith(`${scope}/`) === true);
}

/** @param text `shop/db-ingress`, `shop/*`, or the name of an object without a namespace */
function names(text: string, { namespace, name }: ObjectReference): boolean {
  return namespace === undefined
    ? text === name || text === `${name}/*`
    : text === `${namespace}/*` || text === qualifiedName({ namespace, name });
}

/** Acceptances by the rule, the object and the construct that they name, so that a finding is held against few of them. */
export class AcceptanceIndex {
  private readonly places = new Map<Acceptance, number>();
  private readonly byScope = new Map<string, Acceptance[]>();

  public constructor(acceptances: readonly Acceptance[]) {
    for (const [place, each] of acceptances.entries()) {
      const { rule, object, construct } = each.acknowledgement;
      this.places.set(each, place);
      append(this.byScope, keyOf(rule, object, construct), each);
    }
  }

  /** The acceptances that may mean a finding, in their order; none that means it is left out. */
  public near({ rule, object, source }: LintFinding): readonly Acceptance[] {
    const found: Acceptance[] = [];
    for (const name of namesOf(object)) {
      for (const construct of [undefined, ...scopesOf(source?.construct ?? '')]) {
        appendAll(found, this.byScope.get(keyOf(rule, name, construct)) ?? []);
      }
    }
    return found.sort((a, b) => this.placeOf(a) - this.placeOf(b));
  }

  private placeOf(acceptance: Acceptance): number {
    return this.places.get(acceptance) ?? 0;
  }
}

/** What an acknowledgement may call an object; left out, it means every object. */
function namesOf({ namespace, name }: LintFinding['object']): readonly (string | undefined)[] {
  return namespace === undefined
    ? [undefined, name, `${name}/*`]
    : [undefined, `${namespace}/*`, qualifiedName({ namespace, name })];
}

function keyOf(rule: string, object: string | undefined, construct: string | undefined): string {
  return JSON.stringify([rule, object ?? null, construct ?? null]);
}

/** A finding of a rule, and the path of its field, which is empty where the object as a whole is meant. */
export interface FoundAt {
  readonly finding: LintFinding;
  readonly field: FieldPath;
}

/** What is noted of acknowledgements while findings are judged. */
interface Noted {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly met: Set<Acknowledgement>;
  /** How many findings those mean that mean more than they accept. */
  readonly exceeded: Map<Acknowledgement, number>;
}

/**
 * The findings of a rule, each with what accepts it today. Every acknowledgement that means one is noted as met, and one
 * that means more than it accepts is noted as exceeded. Policies that nobody can change are left out.
 *
 * @param found are taken one after the other, because the rules about acknowledgements look at what is noted
 */
export function acceptedIn(
  found: Iterable<FoundAt>,
  acceptances: AcceptanceIndex,
  { met, exceeded, today }: Noted,
): readonly (FoundAt & { readonly acceptance: Acceptance | undefined })[] {
  const counts = new Map<Acknowledgement, number>();
  const meant: (FoundAt & { readonly by: readonly Acceptance[] })[] = [];
  for (const each of found) {
    if (isManagedPolicy(each.finding.object)) {
      continue;
    }
    const by = acceptances.near(each.finding).filter((acceptance) => means(acceptance, each.finding));
    for (const { acknowledgement } of by) {
      met.add(acknowledgement);
      countOne(counts, acknowledgement);
    }
    meant.push({ ...each, by });
  }
  for (const [acknowledgement, count] of counts) {
    if (count > (acknowledgement.atMost ?? Infinity)) {
      exceeded.set(acknowledgement, count);
    }
  }
  return meant.map(({ by, ...each }) => ({
    ...each,
    acceptance: by.find(
      ({ acknowledgement }) => !isOver(acknowledgement, today) && !exceeded.has(acknowledgement),
    ),
  }));
}
