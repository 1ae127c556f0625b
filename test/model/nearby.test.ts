import fc from 'fast-check';
import { Nearby } from '../../lib/model/nearby';
import { PodSet } from '../../lib/model/pod-set';
import { selection } from '../support/possible-worlds';

const set = selection.map((each) => PodSet.of(each) ?? PodSet.ANY);

test('whatever may have a pod in common with a set is near to it, in its order', () => {
  const things = fc.array(fc.array(set, { minLength: 1, maxLength: 3 }), { minLength: 9, maxLength: 60 });
  fc.assert(
    fc.property(things, set, (all, asked) => {
      const near = new Nearby(all, (sets) => sets).to(asked);
      const met = all.filter((sets) => sets.some((each) => !asked.isApart(each)));
      expect(met.filter((each) => !near.includes(each))).toEqual([]);
      expect(near).toEqual(all.filter((each) => near.includes(each)));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  { why: 'who asks for another value of a label is not', asks: app, found: 1 },
  {
    why: 'all of one application are, in whatever namespace',
    asks: (i: number) => inNamespace('web', i),
    found: 20,
  },
  {
    why: 'a label that all ask for tells nobody apart',
    asks: (i: number) => inNamespace(`app-${i}`, 7),
    found: 1,
  },
])('$why near', ({ asks, found }) => {
  const all = Array.from({ length: 20 }, (_, i) => asks(i));
  const asked =
    found === 1 ? asks(3) : (PodSet.of({ namespaces: {}, pods: { matchLabels: { app: 'web' } } }) as PodSet);
  expect(new Nearby(all, (each) => [each]).to(asked)).toHaveLength(found);
});

function app(i: number): PodSet {
  return PodSet.of({ namespaces: {}, pods: { matchLabels: { app: `app-${i}` } } }) as PodSet;
}

function inNamespace(name: string, i: number): PodSet {
  return PodSet.of({ namespaces: `place-${i}`, pods: { matchLabels: { app: name } } }) as PodSet;
}
