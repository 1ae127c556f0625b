import { createHash } from 'node:crypto';
import { describeObject, type LintFinding } from '../model/finding';

/**
 * A name for each finding that stays the same while lines move: of rule, object, construct, and of what shows the
 * finding.
 */
export function fingerprints(): (finding: LintFinding) => string {
  const hash = numberedHashes();
  return ({ rule, object, source, witness, field }) =>
    hash([rule, describeObject(object), source?.construct ?? '', witness ?? field ?? '']);
}

/** Names made of texts. Those of the same texts are numbered in their order. */
export function numberedHashes(): (parts: readonly string[]) => string {
  const seen = new Map<string, number>();
  return (parts) => {
    const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  };
}
