import type { AcknowledgedFinding } from '../lint/acknowledgements';
import { append } from '../model/append';
import { describeSource } from '../model/cluster';
import { describeObject, describeProgram } from '../model/finding';
import { type Shown, shownOf } from './finding-groups';
import { asOneLine, inOneLine } from './harmless';

/** What is told of a finding that is accepted, each part in one line; every output lays it out in its own way. */
export interface AcceptedWords {
  readonly rule: string;
  readonly object: string;
  /** Who accepts it, where that is written, and until when: `the operator, aks-netpol.yaml:2:5, until 2026-12-31`. */
  readonly by: string;
  readonly reason: string;
}

export function acceptedWords(finding: AcknowledgedFinding): AcceptedWords {
  const { rule, object, acknowledgement, acceptedBy } = finding;
  const { reason, until, source = {} } = acknowledgement;
  const who = acceptedBy.voice === 'operator' ? 'the operator' : describeProgram(acceptedBy.program);
  const by = [who, describeSource(source), ...(until === undefined ? [] : [`until ${until}`])];
  return {
    rule,
    object: inOneLine(describeObject(object)),
    by: inOneLine(by.filter((part) => part !== '').join(', ')),
    reason: asOneLine(reason),
  };
}

/** A line for each, under a heading; nothing where there is none. Of many alike some are shown. */
export function* acceptedLines(
  acknowledged: readonly AcknowledgedFinding[],
  isWide = false,
): Generator<string> {
  if (acknowledged.length === 0) {
    return;
  }
  yield 'Accepted:\n';
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
