import { Shared } from '../model/shared';

/** The classes of this package. Several copies of it may be loaded, so instances are recognized by kind, not by class. */
export type ValueKind = 'port' | 'peer' | 'pod-selector' | 'namespace-selector' | 'rule' | 'policy';

const KIND = new Shared<ValueKind>('kind');

/** Sets the kind of all instances of a class. */
export function mark(prototype: object, kind: ValueKind): void {
  KIND.set(prototype, kind);
}

export function isKind(value: unknown, kind: ValueKind): boolean {
  return typeof value === 'object' && value !== null && KIND.of(value) === kind;
}
