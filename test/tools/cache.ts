import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where built tools outlive a checkout. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-aks-network-policy');

/**
 * A file of the cache, made once. It is made under another name and then moved, so that a build that was
 * interrupted leaves nothing that looks finished, and two at once do not meet.
 *
 * @param key the folders and the name below the cache, with the version of what is made
 */
export function cached(key: readonly string[], make: (target: string) => void): string {
  const target = join(CACHE, ...key);
  if (!existsSync(target)) {
    const workshop = `${target}.${process.pid}.partial`;
    mkdirSync(dirname(target), { recursive: true });
    try {
      make(workshop);
      renameSync(workshop, target);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  }
  return target;
}
