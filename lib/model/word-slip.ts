import { editDistance } from './edit-distance';

/** Shorter words that differ in one letter may both be meant: `prd` and `prod`. */
const SHORTEST = 4;

/** Shorter words in which one letter is another may both be meant: `cart` and `card`. */
const SHORTEST_CHANGED = 6;

/** Between the parts of a name, as in `kube-system`, `app_web`, `v1.2`. */
const SEPARATORS = /[-._]/;

/**
 * Whether `written` is probably a misspelt `known`: one letter of one part is inserted, left out, changed or swapped with
 * its neighbour, or the words differ in case or in separators. Numbered and lettered names are no slips: `web-1` and
 * `web-2`, `stage1` and `stage2`, `team-a` and `team-b`.
 */
export function isSlip(written: string, known: string): boolean {
  if (Math.abs(written.length - known.length) > 1) {
    return false;
  }
  const [a, b] = [written.split(SEPARATORS), known.split(SEPARATORS)];
  const [joined, joinedKnown] = [a.join(''), b.join('')];
  if (joined.toLowerCase() === joinedKnown.toLowerCase()) {
    // `v12` and `v1.2` are two versions.
    const isOneWord = joined === joinedKnown ? !/\d/.test(joined) : written.length === known.length;
    return written !== known && isOneWord && joined.length >= SHORTEST;
  }
  const differing = a.length === b.length ? a.flatMap((part, i) => (part === b[i] ? [] : [i])) : [];
  const [only] = differing;
  return differing.length === 1 && only !== undefined && isSlipOfPart(a[only] as string, b[only] as string);
}

function isSlipOfPart(a: string, b: string): boolean {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.length < SHORTEST || lettersOf(a) === lettersOf(b) || editDistance(a, b) !== 1) {
    return false;
  }
  if (sorted(a) === sorted(b)) {
    return true;
  }
  // People nearly always get the first letter right: `auth` and `oauth`, `sender` and `render` are different words.
  return a[0] === b[0] && (shorter.length < longer.length || shorter.length >= SHORTEST_CHANGED);
}

function lettersOf(word: string): string {
  return word.replaceAll(/\d/g, '');
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

/** The known words that a word may be a slip of, sorted; none if the word itself is known. */
export function slipsOf(word: string, known: ReadonlySet<string>): string[] {
  return known.has(word) ? [] : [...known].filter((each) => isSlip(word, each)).sort();
}
