import fc from 'fast-check';
import { checkCertainty, engine } from './certainty';
import { mutated } from './mutations';
import { checkReading } from './reading';
import { seeds } from './seeds';
import { changedShop } from './shops';
import { checkVerb, line } from './verbs';

// npm run fuzz [-- COUNT [SEED [reading|verbs]]]: mutated manifests, a million of them for each unless told otherwise.
const [count = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2, 4).map(Number);
const [, , , , only] = process.argv;
const BATCH = 20_000;

const PROPERTIES: Readonly<Record<string, () => fc.IAsyncProperty<unknown>>> = {
  reading: () => fc.asyncProperty(mutated(seeds()), checkReading),
  verbs: () =>
    fc.asyncProperty(line, engine, changedShop, async (words, enforcing, shop) => {
      await checkVerb(words, shop);
      checkCertainty(enforcing, shop);
    }),
};

async function main(): Promise<void> {
  console.log(`${count} inputs from seed ${seed}`);
  for (const part of only === undefined ? Object.keys(PROPERTIES) : [only]) {
    const property = PROPERTIES[part]?.();
    if (property === undefined) {
      throw new Error(`there is no ${part}: write one of ${Object.keys(PROPERTIES).join(', ')}`);
    }
    for (let done = 0; done < count; done += BATCH) {
      const numRuns = Math.min(BATCH, count - done);
      await fc.assert(property, { numRuns, seed: seed + done });
      console.log(`${part}: ${done + numRuns} inputs`);
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
