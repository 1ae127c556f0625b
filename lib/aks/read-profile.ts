import { readFileSync } from 'node:fs';
import type { EngineName } from '../model/engine-profile';
import { NetworkPolicyError, show } from '../model/problem';
import { AksClusterProfile } from './cluster-profile';

export interface ProfileOptions {
  /** The file with the profile. */
  readonly profile?: string;
  /** Takes precedence over the file. */
  readonly engine?: EngineName;
}

/**
 * The cluster profile that options describe.
 *
 * @param at the option for the file, for errors
 */
export function readProfile({ profile: file, engine }: ProfileOptions, at = '--profile'): AksClusterProfile {
  const profile = file === undefined ? {} : readFile(file, at);
  return engine === undefined ? profile : { ...profile, engine };
}

function readFile(file: string, option: string): AksClusterProfile {
  const text = textOf(file, option);
  try {
    // JSON is YAML, too.
    return AksClusterProfile.fromYaml(text);
  } catch (error) {
    throw error instanceof NetworkPolicyError
      ? new NetworkPolicyError({ ...error, at: `${file}: ${error.at}` })
      : error;
  }
}

function textOf(file: string, at: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at,
      got: show(file),
      problem: (error as Error).message,
      fix: 'check its name and permissions',
    });
  }
}
