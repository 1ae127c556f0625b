import type { AcknowledgedFinding } from '../lint/acknowledgements';
import { describeSource } from '../model/cluster';
import { describeObject, describeProgram } from '../model/finding';
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

/** A line for each, under a heading; nothing where there is none. */
export function* acceptedLines(acknowledged: readonly AcknowledgedFinding[]): Generator<string> {
  if (acknowledged.length === 0) {
    return;
  }
  yield 'Accepted:\n';
  for (const finding of acknowledged) {
    const { rule, object, by, reason } = acceptedWords(finding);
    yield `  ${rule}  ${object}  by ${by}: ${reason}\n`;
  }
}
