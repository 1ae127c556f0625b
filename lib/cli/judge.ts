import type { Writable } from 'node:stream';
import { readProfile } from '../lint/read-profile';
import { readManifests } from '../manifests/read-manifests';
import { describeManifestProblem } from '../model/manifest-problem';
import { Reachability } from '../reachability/reachability';
import type { JudgeOptions } from './options';
import { print } from './terminal';

/** A judged cluster, and whether all of it could be read. */
export interface Judged {
  readonly reachability: Reachability;
  readonly isComplete: boolean;
}

/** Reads manifests and judges them; everything that could not be read is told at once. */
export async function judge(
  paths: readonly string[],
  options: JudgeOptions,
  complaints: Writable,
): Promise<Judged> {
  const profile = readProfile(options);
  const { cluster, problems } = readManifests(paths, profile);
  await print(
    complaints,
    problems.map((problem) => `${describeManifestProblem(problem)}\n`),
  );
  return { reachability: Reachability.of(cluster, { profile }), isComplete: problems.length === 0 };
}
