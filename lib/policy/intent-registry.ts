import type { IConstruct } from 'constructs';
import type { Expectation, FindingCode } from '../model/finding';
import { Shared } from '../model/shared';
import type { SourceLine } from './source-line';

const ACKNOWLEDGED = new Shared<Map<FindingCode, Accepted>>('acknowledged');
const EXPECTED = new Shared<Expected[]>('expected');

export interface Accepted {
  readonly reason: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly until: string | undefined;
  readonly line: SourceLine;
}

export function acknowledge(scope: IConstruct, code: FindingCode, accepted: Accepted): void {
  const all = ACKNOWLEDGED.of(scope) ?? ACKNOWLEDGED.set(scope, new Map());
  all.set(code, accepted);
}

export function acceptedAt(construct: IConstruct): ReadonlyMap<FindingCode, Accepted> {
  return ACKNOWLEDGED.of(construct) ?? new Map();
}

/** Why findings of a code are accepted at a construct today: the reason of the closest scope that accepts them. */
export function reasonFor(construct: IConstruct, code: FindingCode, today: string): string | undefined {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const accepted = acceptedAt(scope).get(code);
    if (accepted !== undefined && (accepted.until === undefined || today <= accepted.until)) {
      return accepted.reason;
    }
  }
  return undefined;
}

export interface Expected {
  readonly expectation: Expectation;
  readonly line: SourceLine;
}

export function expect(scope: IConstruct, expected: Expected): void {
  const all = EXPECTED.of(scope) ?? EXPECTED.set(scope, []);
  all.push(expected);
}

export function expectedAt(construct: IConstruct): readonly Expected[] {
  return EXPECTED.of(construct) ?? [];
}
