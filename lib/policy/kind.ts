import { Shared } from '../model/shared';

/** The values and constructs that calls of this package take from each other. */
export type ValueKind = 'port' | 'peer' | 'pod-selector' | 'namespace-selector' | 'rule' | 'policy';

const KIND = new Shared<ValueKind>('kind');

/** Marks every instance of a class as of a kind. */
export function mark(prototype: object, kind: ValueKind): void {
  KIND.set(prototype, kind);
}

export function isKind(value: unknown, kind: ValueKind): boolean {
  return typeof value === 'object' && value !== null && KIND.of(value) === kind;
}
