/** CPU seconds of this process that a call takes. */
export function cpuSeconds(call: () => void): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/**
 * Runs every contestant in turn, several rounds, and gives the median of each one's time by the first one's
 * of the same round: a machine whose speed drifts then slows both sides of a ratio.
 */
export function ratios(contestants: Record<string, () => number>, rounds: number): Record<string, number> {
  const [base, ...others] = Object.entries(contestants);
  const found = new Map<string, number[]>(others.map(([name]) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const baseTime = (base as [string, () => number])[1]();
    for (const [name, measure] of others) {
      const ratio = measure() / baseTime;
      // The first round only warms up.
      if (round >= 0) {
        found.get(name)?.push(ratio);
      }
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, median(values)]));
}
