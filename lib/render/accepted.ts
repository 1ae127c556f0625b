import type { Acceptance, AcknowledgedFinding } from '../lint/acceptances';
import { append } from '../model/collections';
import { describeAcknowledgement, describeObject, describeProgram } from '../model/finding';
import { asOneLine, inOneLine } from '../model/harmless';
import { describeSource } from '../model/source-position';
import { type Shown, shownOf } from './finding-groups';
import type { CountedAcknowledgements, LintAnswer } from './lint-answer';
import { type InputNote, inputNotes } from './notes';

/** What is told of a finding that is accepted, each part in one line; every output lays it out in its own way. */
export interface AcceptedWords {
  readonly rule: string;
  readonly object: string;
  /** Who accepts it, where that is written, and until when: `the operator, aks-netpol.yaml:2:5, until 2026-12-31`. */
  readonly by: string;
  readonly reason: string;
}

export function acceptedWords({ rule, object, ...acceptance }: AcknowledgedFinding): AcceptedWords {
  return { rule, object: inOneLine(describeObject(object)), ...voiceWords(acceptance) };
}

function voiceWords({ acknowledgement, acceptedBy }: Acceptance): Pick<AcceptedWords, 'by' | 'reason'> {
  const { reason, until, source = {} } = acknowledgement;
  const who = acceptedBy.voice === 'operator' ? 'the operator' : describeProgram(acceptedBy.program);
  const by = [who, describeSource(source), ...(until === undefined ? [] : [`until ${until}`])];
  return { by: inOneLine(by.filter((part) => part !== '').join(', ')), reason: asOneLine(reason) };
}

/** What an answer says beside findings: of acknowledgements that accept nothing, and of what it does not judge. */
export function notesBeside(answer: LintAnswer): readonly InputNote[] {
  return [...cameWithChangeNotes(answer), ...inputNotes(answer)];
}

/** A sentence for each acknowledgement that came with the change, and where it is written. */
export function cameWithChangeNotes({ standing }: LintAnswer): readonly InputNote[] {
  const where = standing?.places.join(' or ');
  return (standing?.cameWithChange ?? []).map(({ acknowledgement }) => ({
    id: 'acknowledgement-came-with-change',
    line: inOneLine(
      `the acknowledgement of ${describeAcknowledgement(acknowledgement)} does not stand in ${where}, so it accepts nothing`,
    ),
    source: acknowledgement.source,
  }));
}

/** What stands above the acknowledgements that came with the change. */
export function cameWithChangeHeading({ places }: CountedAcknowledgements): string {
  return inOneLine(
    `Came with this change, so they accept nothing until they stand in ${places.join(' or ')}`,
  );
}

/** Who accepts what, and why: `no-engine for shop/*, by the operator, aks-netpol.yaml:2:5: a reason` */
export function acceptanceWords(acceptance: Acceptance): string {
  const { by, reason } = voiceWords(acceptance);
  return `${inOneLine(describeAcknowledgement(acceptance.acknowledgement))}, by ${by}: ${reason}`;
}

/** The acknowledgements that came with the change, a line for each under a heading; nothing where there is none. */
export function* cameWithChangeLines(
  standing: CountedAcknowledgements | undefined,
  isWide = false,
): Generator<string> {
  if (standing === undefined || standing.cameWithChange.length === 0) {
    return;
  }
  yield `${cameWithChangeHeading(standing)}:\n`;
  const { shown, more } = shownOf(standing.cameWithChange, isWide);
  for (const each of shown) {
    yield `  ${acceptanceWords(each)}\n`;
  }
  if (more > 0) {
    yield `  and ${more} more: --wide lists them all\n`;
  }
}

/** What is accepted, a line for each under a heading; nothing where there is none. Of many alike some are shown. */
export function* acceptedLines(
  acknowledged: readonly AcknowledgedFinding[],
  isWide = false,
  standing?: CountedAcknowledgements,
): Generator<string> {
  if (acknowledged.length === 0) {
    return;
  }
  yield standing === undefined
    ? 'Accepted:\n'
    : `${inOneLine(`Accepted, as in ${standing.places.join(' or ')}`)}:\n`;
  for (const { shown, more } of acceptedGroups(acknowledged, isWide)) {
    for (const finding of shown) {
      const { rule, object, by, reason } = acceptedWords(finding);
      yield `  ${rule}  ${object}  by ${by}: ${reason}\n`;
    }
    if (more > 0) {
      yield `  ${moreAccepted(shown, more)}\n`;
    }
  }
}

/** Those of one rule that the same file accepts for the same reason, as a baseline does, are alike. */
export function acceptedGroups(
  acknowledged: readonly AcknowledgedFinding[],
  isWide: boolean,
): readonly Shown<AcknowledgedFinding>[] {
  const groups = new Map<string, AcknowledgedFinding[]>();
  for (const finding of acknowledged) {
    const { acknowledgement, acceptedBy } = finding;
    const { reason, source } = acknowledgement;
    append(groups, JSON.stringify([finding.rule, acceptedBy, source?.file, reason]), finding);
  }
  return [...groups.values()].map((own) => shownOf(own, isWide));
}

/** `no-default-deny  and 471 more, accepted in the same place: --wide lists them all` */
export function moreAccepted([first]: readonly AcknowledgedFinding[], more: number): string {
  return `${first?.rule}  and ${more} more, accepted in the same place: --wide lists them all`;
}
