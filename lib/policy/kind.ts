/** The values and constructs that calls of this package take from each other. */
export type Kind = 'port' | 'peer' | 'pod-selector' | 'namespace-selector' | 'rule' | 'policy';

// In the global registry, so that two copies of the package in one process know each other's values.
const KIND = Symbol.for('cdk8s-aks-network-policy.kind');

/** Marks every instance of a class as of a kind. */
export function mark(prototype: object, kind: Kind): void {
  Object.defineProperty(prototype, KIND, { value: kind });
}

export function isKind(value: unknown, kind: Kind): boolean {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[KIND] === kind;
}
