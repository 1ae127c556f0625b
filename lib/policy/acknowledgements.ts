import type { IConstruct } from 'constructs';

// In the global registry, so that two copies of the package in one app know each other's acknowledgements.
const ACKNOWLEDGED = Symbol.for('cdk8s-aks-network-policy.acknowledged');

/** Findings that are accepted at and under a construct: their codes, each with the reason. */
type Accepting = IConstruct & { [ACKNOWLEDGED]?: Map<string, string> };

/** Accepts the findings of a code at and under a construct. */
export function acknowledge(scope: IConstruct, code: string, reason: string): void {
  const accepting: Accepting = scope;
  if (accepting[ACKNOWLEDGED] === undefined) {
    Object.defineProperty(scope, ACKNOWLEDGED, { value: new Map<string, string>() });
  }
  accepting[ACKNOWLEDGED]?.set(code, reason);
}

/** Why findings of a code are accepted at a construct, by the nearest scope that accepts them. */
export function reasonFor(construct: IConstruct, code: string): string | undefined {
  for (let scope: Accepting | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const reason = scope[ACKNOWLEDGED]?.get(code);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}
