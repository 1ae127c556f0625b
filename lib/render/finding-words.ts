import type { LintFinding } from '../model/finding';
import { asOneLine } from '../model/harmless';

/** What a finding says, each part in one line, in the order in which it is read; every output lays it out in its own way. */
export interface FindingWords {
  /** `spec.egress[0]: allows …`: what is the matter, and in which field where one is meant. */
  readonly what: string;
  /** `seen: …`: a connection that shows it, where there is one. */
  readonly seen?: string;
  /** `fix: …` */
  readonly fix: string;
}

export function findingWords({
  field,
  message,
  witness,
  fix,
}: Pick<LintFinding, 'field' | 'message' | 'witness' | 'fix'>): FindingWords {
  return {
    what: asOneLine(field === undefined ? message : `${field}: ${message}`),
    ...(witness === undefined ? {} : { seen: asOneLine(`seen: ${witness}`) }),
    fix: asOneLine(`fix: ${fix}`),
  };
}

/** The same, each on a line of its own. */
export function linesOf(finding: LintFinding): readonly string[] {
  const { what, seen, fix } = findingWords(finding);
  return seen === undefined ? [what, fix] : [what, seen, fix];
}
