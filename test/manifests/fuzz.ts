import fc from 'fast-check';
import { checkReading } from './fuzz-property';
import { mutated } from './mutations';
import { seeds } from './seeds';

// npm run fuzz [-- COUNT [SEED]]: mutated manifests, a million of them unless told otherwise.
const [count = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const BATCH = 20_000;
const texts = mutated(seeds());

console.log(`${count} inputs from seed ${seed}`);
for (let done = 0; done < count; done += BATCH) {
  const numRuns = Math.min(BATCH, count - done);
  fc.assert(fc.property(texts, checkReading), { numRuns, seed: seed + done });
  if ((done / BATCH) % 5 === 4 || done + numRuns === count) {
    console.log(`${done + numRuns} inputs read`);
  }
}
