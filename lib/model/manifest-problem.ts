import { compare } from './collections';
import { describeProblem, type Problem } from './problem';
import { describeSource, type SourcePosition } from './source-position';

/** A problem in a manifest, with its position. */
export interface ManifestProblem extends Problem {
  /** The place of the field, or of the closest thing around it that is written. */
  readonly source: SourcePosition;
  /** `NetworkPolicy shop/db`; left out if it is not known. */
  readonly object?: string;
}

/** `policies/db.yaml:12:3: NetworkPolicy shop/db: spec.podSelector: must be …` */
export function describeManifestProblem(problem: ManifestProblem): string {
  const where = describeSource(problem.source);
  return [where, describeInObject(problem)].filter((part) => part !== '').join(': ');
}

/** The same without the position, for outputs that show it elsewhere. */
export function describeInObject({ object, ...problem }: ManifestProblem): string {
  return [object, describeProblem(problem)].filter((part) => part !== undefined).join(': ');
}

export function compareProblems(a: ManifestProblem, b: ManifestProblem): number {
  return (
    compare(a.source.file ?? '', b.source.file ?? '') ||
    (a.source.line ?? 0) - (b.source.line ?? 0) ||
    (a.source.column ?? 0) - (b.source.column ?? 0) ||
    compare(describeManifestProblem(a), describeManifestProblem(b))
  );
}
