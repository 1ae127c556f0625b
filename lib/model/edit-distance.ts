/** How many letters must be inserted, removed, changed or swapped with their neighbour to turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] as number) + 1 : Infinity;
      row.push(Math.min(changed, swapped, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] as number;
}

/** The word that was probably meant by a misspelt one; undefined if none is similar. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const each of words) {
    const distance = editDistance(word, each);
    // Not every letter may differ: of two letters at most one.
    if (
      distance <= Math.max(Math.min(2, word.length - 1), word.length / 3) &&
      distance < (best?.distance ?? Infinity)
    ) {
      best = { word: each, distance };
    }
  }
  return best?.word;
}
