import fc from 'fast-check';
import { ENGINE_NAMES } from '../../../lib/aks/engines';
import { Reachability } from '../../../lib/reachability/reachability';
import { cluster, OUTSIDE, partlyKnown } from '../arbitrary';
import { podsOf } from '../reference';

test('a judgement by any engine also knows what the specification says', () => {
  fc.assert(
    fc.property(cluster, fc.constantFrom(...ENGINE_NAMES), fc.boolean(), (each, engine, isPartly) => {
      const known = isPartly ? partlyKnown(each) : each;
      const byEngine = Reachability.of(known, { profile: { engine, kubernetesVersion: '1.31' } });
      const specified = Reachability.of(known);
      const ends = [...podsOf(known), ...OUTSIDE].map(({ name }) => name).concat('internet');
      for (const from of ends) {
        for (const to of ends) {
          for (const port of [{}, { port: 80 }]) {
            const question = { from, to, ...port };
            const outcome = byEngine.bySpecification.outcome(question);
            expect({ question, outcome }).toEqual({ question, outcome: specified.outcome(question) });
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
