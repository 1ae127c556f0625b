import { describeSource, type SourcePosition } from './cluster';
import { compare } from './collections';
import { describeProblem, type Problem } from './problem';

/** What is wrong in a manifest, and where. */
export interface ManifestProblem extends Problem {
  /** The place of the field, or of the nearest thing around it that is written. */
  readonly source: SourcePosition;
  /** `NetworkPolicy shop/db`; left out when it is not known. */
  readonly object?: string;
}

/** `policies/db.yaml:12:3: NetworkPolicy shop/db: spec.podSelector: must be …`, in one line. */
export function describeManifestProblem(problem: ManifestProblem): string {
  const where = describeSource(problem.source);
  return [where, describeInObject(problem)].filter((part) => part !== '').join(': ');
}

/** The same without its place, for outputs that tell the place in another way. */
export function describeInObject({ object, ...problem }: ManifestProblem): string {
  return [object, describeProblem(problem)].filter((part) => part !== undefined).join(': ');
}

/** Orders problems by file and place, so that the same manifests give the same list. */
export function compareProblems(a: ManifestProblem, b: ManifestProblem): number {
  return (
    compare(a.source.file ?? '', b.source.file ?? '') ||
    (a.source.line ?? 0) - (b.source.line ?? 0) ||
    (a.source.column ?? 0) - (b.source.column ?? 0) ||
    compare(describeManifestProblem(a), describeManifestProblem(b))
  );
}
