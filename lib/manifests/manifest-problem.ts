import { describeSource, type SourcePosition } from '../model/cluster';
import { describeProblem, type Problem } from '../model/problem';

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
  return [where, problem.object, describeProblem(problem)].filter((part) => part).join(': ');
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

/** Orders texts by their code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A file or folder that cannot be opened. */
export function unreadableFile(path: string, error: unknown): ManifestProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  return aboutFile(path, {
    code: 'file-unreadable',
    got: code ?? message,
    problem: code === 'ENOENT' ? 'there is no such file or folder' : 'this cannot be opened',
    fix: 'check its name and permissions',
  });
}

/** A problem with a file as a whole. */
export function aboutFile(file: string, problem: Omit<Problem, 'at'>): ManifestProblem {
  return { ...problem, at: 'the source', source: { file } };
}
