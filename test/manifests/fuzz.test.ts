import fc from 'fast-check';
import { checkReading } from './fuzz-property';
import { mutated } from './mutations';
import { seeds } from './seeds';

test('whatever a text holds, it is read in time, without an exception and not in silence', () => {
  fc.assert(fc.property(mutated(seeds()), checkReading), { numRuns: 5000 });
});
