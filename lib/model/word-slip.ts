import { editDistance } from './edit-distance';

/** In shorter words any letter tells two apart: `prd` is as good a word as `prod`. */
const SHORTEST = 4;

/** Shorter words have neighbours that differ in one letter and are words themselves: `cart` and `card`. */
const SHORTEST_CHANGED = 6;

/** What stands between the parts of a name: in `kube-system`, `app_web`, `v1.2`. */
const SEPARATORS = /[-._]/;

/**
 * Whether a word is probably another one, misspelt: one letter of one part is put in, left out, changed or swapped with
 * the next, or the words differ in case, or in what stands between their parts. What people number or letter, such as
 * `web-1` and `web-2`, `stage1` and `stage2`, `team-a` and `team-b`, is no slip.
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
  // Of a word that is meant, the first letter is nearly always right: `auth` and `oauth`, `sender` and `render` are two.
  return a[0] === b[0] && (shorter.length < longer.length || shorter.length >= SHORTEST_CHANGED);
}

function lettersOf(word: string): string {
  return word.replaceAll(/\d/g, '');
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

/** The known words that a word may be a slip of, sorted; none where it is itself known. */
export function slipsOf(word: string, known: ReadonlySet<string>): string[] {
  return known.has(word) ? [] : [...known].filter((each) => isSlip(word, each)).sort();
}
