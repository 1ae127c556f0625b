/** How many letters have to be put in, taken out or changed to make one word the other. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}

/** The word that a misspelt one probably is; undefined when none is near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const each of words) {
    const distance = editDistance(word, each);
    if (distance <= Math.max(2, word.length / 3) && distance < (best?.distance ?? Infinity)) {
      best = { word: each, distance };
    }
  }
  return best?.word;
}
