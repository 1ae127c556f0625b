import { canonicalText } from '../model/canonical-text';
import { compare } from '../model/collections';
import { filled } from '../model/defined';
import type { FilteredRequest } from '../model/policy-rules';
import type { Reachability } from '../reachability/reachability';
import { type FilteredPlace, FilteredPlaces, filtersAnything } from './filtered-places';

/** What the filters of a policy let through otherwise than before, on connections that they are about. */
export interface RequestChange {
  /** `CiliumNetworkPolicy shop/orders` */
  readonly policy: string;
  /** Left out for nothing, as the next one. */
  readonly added?: LetThrough;
  readonly removed?: LetThrough;
  /** Set if rules beside its filters changed, so that other requests may pass, too; which ones is not known. */
  readonly isIncomplete?: true;
}

/** Requests that pass, or questions for the addresses of hosts. */
export interface LetThrough {
  /** Set if everything passes but what is listed. */
  readonly everythingElse?: true;
  readonly requests?: readonly FilteredRequest[];
  readonly names?: readonly string[];
}

/** Sorted by policy; each change once. */
export function requestChanges(before: Reachability, after: Reachability): readonly RequestChange[] {
  if (!filtersAnything(before) && !filtersAnything(after)) {
    return [];
  }
  const [was, is] = [new FilteredPlaces(before), new FilteredPlaces(after)];
  const found = new Map<string, RequestChange>();
  for (const text of new Set([...was.places.keys(), ...is.places.keys()])) {
    const [then, now] = [was.places.get(text), is.places.get(text)];
    const policies = new Set([...(then?.filteredBy ?? []), ...(now?.filteredBy ?? [])]);
    if (policies.size > 0) {
      for (const change of changesAt(then, now, was, is)) {
        for (const policy of policies) {
          const told = { policy, ...change };
          found.set(canonicalText(told), told);
        }
      }
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => compare(one.policy, other.policy) || compare(a, b))
    .map(([, change]) => change);
}

/** The policies of which filters, or rules beside them, let other requests through, or may; sorted. */
export function filterChanges(before: Reachability, after: Reachability): readonly string[] {
  return [...new Set(requestChanges(before, after).map(({ policy }) => policy))];
}

/** What lets as much through as no policy at all. */
type Opening = Pick<FilteredPlace, 'isOpen' | 'requests' | 'names'>;

const EVERYTHING: Opening = { isOpen: true, requests: new Map(), names: new Map() };
const NOTHING: Opening = { ...EVERYTHING, isOpen: false };

function changesAt(
  then: FilteredPlace | undefined,
  now: FilteredPlace | undefined,
  was: FilteredPlaces,
  is: FilteredPlaces,
): readonly Omit<RequestChange, 'policy'>[] {
  const place = (then ?? now) as FilteredPlace;
  const beside = [was, is].map((version) => version.besideOf(place).join('\n'));
  const isolation = [was, is].map((version) => version.isolationOf(place));
  const [before, after] = [then, now].map(
    (each, i) => each ?? (isolation[i] === 'no' ? EVERYTHING : NOTHING),
  ) as [Opening, Opening];
  const isTold =
    then !== undefined && now !== undefined
      ? beside[0] === beside[1] && isolation.every((each) => each === 'yes')
      : // Of a rule that is new or gone it counts what others say of the same, and whether the pods are open without it.
        [then, now].every((each, i) =>
          each === undefined
            ? beside[i] === '' && (isolation[i] === 'yes' || isolation[i] === 'no')
            : isolation[i] === 'yes',
        );
  const change = { ...moreOf('added', after, before), ...moreOf('removed', before, after) };
  if (isTold) {
    return Object.keys(change).length === 0 ? [] : [change];
  }
  const isSame = beside[0] === beside[1] && isolation[0] === isolation[1];
  return isSame && Object.keys(change).length === 0 ? [] : [{ isIncomplete: true }];
}

/** What one lets through that another does not. */
function moreOf<K extends string>(key: K, one: Opening, other: Opening): Partial<Record<K, LetThrough>> {
  if (other.isOpen) {
    return {};
  }
  const more = <T>(some: ReadonlyMap<string, T>, known: ReadonlyMap<string, T>) =>
    [...some].filter(([text]) => one.isOpen || !known.has(text)).map(([, each]) => each);
  const listing = one.isOpen ? other : one;
  const listed = filled({
    requests: more(listing.requests, other.requests),
    names: more(listing.names, other.names),
  });
  const told: LetThrough = { ...(one.isOpen ? { everythingElse: true } : {}), ...listed };
  return Object.keys(told).length === 0 ? {} : ({ [key]: told } as Record<K, LetThrough>);
}
