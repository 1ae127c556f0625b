import fc from 'fast-check';
import { checkCertainty, engine } from './certainty';
import { mutated } from './mutations';
import { checkReading } from './reading';
import { seeds } from './seeds';
import { changedShop } from './shops';
import { checkVerb, line } from './verbs';

test('whatever a text holds, it is read in time, without an exception and not in silence', async () => {
  await fc.assert(fc.asyncProperty(mutated(seeds()), checkReading), { numRuns: 2000 });
});

test('whatever manifests hold, verbs answer in time, without an exception and not in silence', async () => {
  await fc.assert(fc.asyncProperty(line, changedShop, checkVerb), { numRuns: 200 });
});

test('no answer is more certain than its problems', () => {
  let said = 0;
  const property = fc.property(engine, changedShop, (enforcing, shop) => {
    said += checkCertainty(enforcing, shop) ? 1 : 0;
  });
  fc.assert(property, { numRuns: 300 });
  expect(said).toBeGreaterThan(30);
});
