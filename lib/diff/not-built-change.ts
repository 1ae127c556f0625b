import { compare } from '../model/collections';
import type { NotBuilt } from '../model/inventory';
import type { Reachability } from '../reachability/reachability';

/**
 * A folder or an object that becomes manifests elsewhere, and that differs between two versions. It was built in
 * neither, so it is unknown what changes.
 */
export interface NotBuiltChange {
  readonly change: 'unknown';
  readonly notBuilt: Pick<NotBuilt, 'by' | 'name'>;
  /** Whether it is there. */
  readonly before: boolean;
  readonly after: boolean;
}

/** What is not built and is new, gone or changed; sorted by tool and name. */
export function notBuiltChanges(before: Reachability, after: Reachability): readonly NotBuiltChange[] {
  const [was, is] = [digestsOf(before), digestsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key)?.digest !== is.get(key)?.digest)
    .sort(compare)
    .map((key) => {
      const { by, name } = (is.get(key) ?? was.get(key)) as NotBuilt;
      return { change: 'unknown', notBuilt: { by, name }, before: was.has(key), after: is.has(key) };
    });
}

function digestsOf({ inventory }: Reachability): ReadonlyMap<string, NotBuilt> {
  return new Map((inventory?.notBuilt ?? []).map((each) => [`${each.by} ${each.name}`, each]));
}
