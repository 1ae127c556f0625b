import type { Unreadable } from '../model/cluster';
import { groupOf, nameOfKind } from '../model/object-kinds';
import { OTHER_POLICIES } from '../model/other-policies';
import type { Origin } from './origin';

/** Whether somebody said that policies of a kind are left out. */
export function isIgnored(kind: string, apiVersion: unknown, ignoredKinds: readonly string[] = []): boolean {
  return ignoredKinds.includes(kind) || ignoredKinds.includes(nameOfKind(kind, apiVersion));
}

/**
 * The kinds of policies that are not judged and of which something may be one that could not be read: where a text holds
 * neither the name nor the group of a kind, it holds no policy of it.
 *
 * @param origin left out for what could not be opened
 */
export function otherKindsOf(
  origin: Origin | undefined,
  ignoredKinds?: readonly string[],
): Pick<Unreadable, 'mayBe'> {
  const mayContain = (word: string) => origin === undefined || origin.mayContain(word);
  const mayBe = OTHER_POLICIES.filter(
    ({ kind, apiVersions }) =>
      mayContain(kind) &&
      apiVersions.some((each) => mayContain(groupOf(each)) && !isIgnored(kind, each, ignoredKinds)),
  );
  return mayBe.length === 0 ? {} : { mayBe };
}
