import { readFileSync } from 'node:fs';
import { AksClusterProfile } from '../aks/cluster-profile';
import { NetworkPolicyError, show } from '../model/problem';
import type { JudgeOptions } from './options';

/** The cluster that the options tell of: the profile in a file, with the engine that is named. */
export function readProfile({ profile: file, engine }: JudgeOptions): AksClusterProfile {
  const profile = file === undefined ? {} : readFile(file);
  return engine === undefined ? profile : { ...profile, engine };
}

function readFile(file: string): AksClusterProfile {
  const text = textOf(file);
  try {
    // YAML reads JSON as well.
    return AksClusterProfile.fromYaml(text);
  } catch (error) {
    throw error instanceof NetworkPolicyError
      ? new NetworkPolicyError({ ...error, at: `${file}: ${error.at}` })
      : error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: '--profile',
      got: show(file),
      problem: (error as Error).message,
      fix: 'check its name and permissions',
    });
  }
}
