import type { IConstruct } from 'constructs';
import type { Expectation } from '../model/finding';
import { Shared } from '../model/shared';
import type { SourceLine } from './source-line';

const EXPECTED = new Shared<Expected[]>('expected');

/** An expectation, and the line that wrote it. */
export interface Expected {
  readonly expectation: Expectation;
  readonly line: SourceLine;
}

/** Notes what is expected at a construct. */
export function expect(scope: IConstruct, expected: Expected): void {
  const all = EXPECTED.of(scope) ?? EXPECTED.set(scope, []);
  all.push(expected);
}

/** What is expected at a construct itself. */
export function expectedAt(construct: IConstruct): readonly Expected[] {
  return EXPECTED.of(construct) ?? [];
}
