import type { IConstruct } from 'constructs';
import { type Harmless, harmless, inOneLine } from '../model/harmless';
import { findingsUnder } from './policy-findings';

/** Prints the open findings at and under a construct. A pipeline that runs the program reads them, so they are made harmless. */
export function printFindings(scope: IConstruct, print: (text: Harmless) => void): void {
  const findings = findingsUnder(scope).filter(({ reason }) => reason === undefined);
  if (findings.length === 0) {
    return;
  }
  const lines = findings.flatMap(({ code, at, message, path, source }) => [
    `  ${path} ${at}${source ? ` (${source})` : ''}`,
    `    ${message} [${code}]`,
  ]);
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  print(harmless([`${count} in network policies`, ...lines].map((line) => `${inOneLine(line)}\n`).join('')));
}
