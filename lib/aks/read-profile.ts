import { readFileSync } from 'node:fs';
import type { EngineName } from '../model/engine-profile';
import { NetworkPolicyError, show } from '../model/problem';
import { AksClusterProfile } from './cluster-profile';

/** Where the cluster is told of: a file, and the engine that counts whatever the file says. */
export interface ProfileOptions {
  readonly profile?: string;
  readonly engine?: EngineName;
}

/**
 * The cluster that options tell of.
 *
 * @param at what the file was given with, for errors
 */
export function readProfile({ profile: file, engine }: ProfileOptions, at = '--profile'): AksClusterProfile {
  const profile = file === undefined ? {} : readFile(file, at);
  return engine === undefined ? profile : { ...profile, engine };
}

function readFile(file: string, option: string): AksClusterProfile {
  const text = textOf(file, option);
  try {
    // YAML reads JSON as well.
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
