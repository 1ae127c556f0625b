import fc from 'fast-check';
import type { Namespace } from '../../lib/model/cluster';
import type { LabelSelectorRequirement } from '../../lib/model/label-selector';
import type { Labels } from '../../lib/model/labels';
import { PodSet } from '../../lib/model/pod-set';
import { PodSpace } from '../../lib/model/pod-space';
import type { PodSelection } from '../../lib/model/policy-rules';
import { everyPod, isIn, isSelected, type PossiblePod, type TrueNamespace } from '../support/possible-pods';
import { clusterOf, namespaces, selection } from '../support/possible-worlds';

/** `npm run test:reference` tries 5,000. */
const RUNS = { numRuns: Math.max(150, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20) };

const spaceOf = (all: readonly TrueNamespace[]) => new PodSpace(clusterOf(all, [], []).namespaces);
const setsOf = (selections: readonly PodSelection[]) => selections.flatMap((each) => PodSet.of(each) ?? []);

/** Whether a pod is in a set as Kubernetes would write it. */
function isWritten({ namespace = '', namespaceSelector, podSelector }: PodSet, pod: PossiblePod): boolean {
  return (
    isSelected({ namespaces: namespaceSelector, pods: podSelector }, pod) &&
    ['', pod.namespace].includes(namespace)
  );
}

test('a set is what its selectors match; and what is common to two is what both match', () => {
  fc.assert(
    fc.property(selection, selection, (one, other) => {
      const [a, b] = [PodSet.of(one), PodSet.of(other)];
      const both = b && a?.and(b);
      const otherwise = everyPod([]).filter((pod) => {
        const [inOne, inOther] = [isSelected(one, pod), isSelected(other, pod)];
        return (
          (a !== undefined && isIn(a, pod)) !== inOne ||
          (both !== undefined && isIn(both, pod)) !== (inOne && inOther) ||
          (a !== undefined && isWritten(a, pod) !== inOne)
        );
      });
      expect(otherwise).toEqual([]);
    }),
    RUNS,
  );
}, 3_600_000);

test('sets have one key where they are the same, an empty value and none told apart', () => {
  fc.assert(
    fc.property(selection, selection, (one, other) => {
      const [a, b] = setsOf([one, other]);
      const isSame =
        (b !== undefined && everyPod([]).every((pod) => isSelected(one, pod) === isSelected(other, pod))) ||
        a === undefined;
      // Sets that only differ in names that no namespace can have are two.
      expect(a?.key !== b?.key || isSame).toBe(true);
    }),
    RUNS,
  );
  const keyOf = (operator: string, ...values: string[]) =>
    PodSet.of({ namespaces: {}, pods: { matchExpressions: [{ key: 'app', operator, values }] } })?.key;
  const keys = [
    keyOf('Exists'),
    keyOf('In', ''),
    keyOf('NotIn', ''),
    keyOf('DoesNotExist'),
    keyOf('In', '', 'a'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
}, 3_600_000);

test('whether a pod remains is what trying every pod says', () => {
  fc.assert(
    fc.property(namespaces, selection, fc.array(selection, { maxLength: 4 }), (all, one, others) => {
      const space = spaceOf(all);
      const [set] = setsOf([one]);
      const left = everyPod(all).some(
        (pod) => isSelected(one, pod) && !others.some((each) => isSelected(each, pod)),
      );
      expect(set !== undefined && space.remains(set, setsOf(others))).toBe(left);
      expect(set !== undefined && !space.covers(setsOf(others), set)).toBe(left);
    }),
    RUNS,
  );
}, 3_600_000);

test('two sets overlap where some pod is in both', () => {
  fc.assert(
    fc.property(namespaces, selection, selection, (all, one, other) => {
      const [a, b] = [PodSet.of(one), PodSet.of(other)];
      expect(a !== undefined && b !== undefined && spaceOf(all).overlap(a, b)).toBe(
        everyPod(all).some((pod) => isSelected(one, pod) && isSelected(other, pod)),
      );
    }),
    RUNS,
  );
}, 3_600_000);

test('the parts of a set are the set, each with a pod and each pod in one', () => {
  fc.assert(
    fc.property(namespaces, selection, (all, one) => {
      const parts = setsOf([one]).flatMap((set) => spaceOf(all).partsOf(set));
      const pods = everyPod(all);
      expect(parts.every((part) => pods.some((pod) => isIn(part, pod)))).toBe(true);
      const otherwise = pods.filter(
        (pod) => parts.filter((part) => isIn(part, pod)).length !== (isSelected(one, pod) ? 1 : 0),
      );
      expect(otherwise).toEqual([]);
    }),
    RUNS,
  );
}, 3_600_000);

test('selectors that are made to be hard have an answer', () => {
  // Of 40 labels with one of two values each, every line of three is one that may not be.
  const random = (n: number) => ((n * 2654435761) >>> 7) % 40;
  const lines = Array.from({ length: 400 }, (_, i) =>
    [0, 1, 2].map((j) => ({
      key: `k${random(i * 3 + j + 1)}`,
      operator: 'In',
      values: [((i >> j) & 1) === 0 ? 'a' : 'b'],
    })),
  );
  const all = Array.from({ length: 40 }, (_, i) => ({ key: `k${i}`, operator: 'In', values: ['a', 'b'] }));
  const setOf = (matchExpressions: readonly LabelSelectorRequirement[]) =>
    PodSet.of({ namespaces: 'x', pods: { matchExpressions } }) ?? [];
  const space = new PodSpace([]);
  expect([true, false]).toContain(space.remains(setOf(all) as PodSet, lines.flatMap(setOf)));
});

const shop = (labels: Labels, name = 'shop', declared = true): Namespace => ({ name, labels, declared });

test.each([
  {
    why: 'labels in another order',
    one: [shop({ a: '1', b: '2' })],
    other: [shop({ b: '2', a: '1' })],
    same: true,
  },
  {
    why: 'namespaces in another order',
    one: [shop({}), shop({}, 'x')],
    other: [shop({}, 'x'), shop({})],
    same: true,
  },
  { why: 'one that nobody declares', one: [], other: [shop({}, 'shop', false)], same: true },
  { why: 'another value', one: [shop({ a: '1' })], other: [shop({ a: '2' })], same: false },
  { why: 'a label more', one: [shop({})], other: [shop({ a: '1' })], same: false },
  {
    why: 'a label that every object has something under',
    one: [shop({ constructor: 'x' })],
    other: [shop({ a: 'x' })],
    same: false,
  },
  { why: 'a namespace more', one: [shop({})], other: [shop({}), shop({}, 'x')], same: false },
  { why: 'another namespace', one: [shop({})], other: [shop({}, 'x')], same: false },
])('the same pods could exist in two clusters, or not: $why', ({ one, other, same }) => {
  const [a, b] = [new PodSpace(one), new PodSpace(other)];
  expect([a.equals(b), b.equals(a)]).toEqual([same, same]);
});
