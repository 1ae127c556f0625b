// In the global registry, so that every copy of the package in the process sees it.
const RECORD_LINES = Symbol.for('cdk8s-aks-network-policy.record-lines');

const registry = globalThis as { [RECORD_LINES]?: true };

/**
 * From now on every policy remembers the line of the user that created it, not only those with a finding: a line
 * costs about as much as a construct, which a test may spend and a synth need not.
 */
export function recordLines(): void {
  registry[RECORD_LINES] = true;
}

export function recordsLines(): boolean {
  return registry[RECORD_LINES] === true;
}
