/** The same samples each run, so that a change is judged and not the day; SEED=n in the environment for others. */
export function sampleSeed(): number {
  return Number(process.env.SEED ?? 1);
}
