/** A new seed for each run, or the one in the environment variable SEED: to repeat a run that failed. */
export function sampleSeed(): number {
  return Number(process.env.SEED ?? Date.now() % 2 ** 31);
}
