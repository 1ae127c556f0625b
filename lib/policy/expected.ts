import type { IConstruct } from 'constructs';
import type { Expectation } from '../model/finding';
import type { SourceLine } from './source-line';

// In the global registry, so that two copies of the package in one app know each other's expectations.
const EXPECTED = Symbol.for('cdk8s-aks-network-policy.expected');

/** An expectation, and the line that wrote it. */
export interface Expected {
  readonly expectation: Expectation;
  readonly line: SourceLine;
}

type Expecting = IConstruct & { [EXPECTED]?: Expected[] };

/** Notes what is expected at a construct. */
export function expect(scope: IConstruct, expected: Expected): void {
  const expecting: Expecting = scope;
  if (expecting[EXPECTED] === undefined) {
    Object.defineProperty(scope, EXPECTED, { value: [] });
  }
  expecting[EXPECTED]?.push(expected);
}

/** What is expected at a construct itself. */
export function expectedAt(construct: IConstruct): readonly Expected[] {
  return (construct as Expecting)[EXPECTED] ?? [];
}
