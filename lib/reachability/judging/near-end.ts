import { nearestWord } from '../../model/edit-distance';

/** Shorter names are in too many others. */
const SHORTEST_PART = 3;

/**
 * The workload that somebody probably meant who named one that nobody knows: misspelt, with or without what tools put
 * before and behind names, or in another namespace.
 *
 * @param known `shop/web`
 */
export function nearEnd(namespace: string, name: string, known: readonly string[]): string | undefined {
  const prefix = `${namespace}/`;
  const own = known.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  const near =
    nearestWord(name, own) ??
    own.find((each) => isPart(name, each) || (isPart(each, name) && name.startsWith(each)));
  return near === undefined ? known.find((each) => each.endsWith(`/${name}`)) : prefix + near;
}

function isPart(part: string, name: string): boolean {
  return part.length >= SHORTEST_PART && name.includes(part);
}
