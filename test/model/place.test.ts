import fc from 'fast-check';
import { type FieldPath, fieldText } from '../../lib/model/field-path';
import { describePlace, inside, isInField, type Place, placeOf, type Spot } from '../../lib/model/place';
import { NetworkPolicyError, refuseIf } from '../../lib/model/problem';

const key = fc.oneof(
  fc.constantFrom('spec', 'matchLabels', 'app.kubernetes.io/name', 'a[0]', 'the document'),
  fc.string({ minLength: 1 }),
  fc.nat(20),
);
const keys = fc.array(key, { maxLength: 6 });

/** As a template writes it: `${at}.${key}`, `${at}[${i}]`. */
function templated(at: string, path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${part}`),
    at,
  );
}

const spotOf = (root: Place, path: FieldPath) => path.reduce<Spot>(inside, root);

test('a field in what a call is given is named as a template would write it, wherever the check stopped to walk', () => {
  fc.assert(
    fc.property(fc.constantFrom('Port.tcpRange', 'the document'), keys, keys, (name, walked, rest) => {
      expect(placeOf(spotOf(name, walked), ...rest)).toBe(templated(name, [...walked, ...rest]));
    }),
  );
});

test('a field of a manifest keeps its path, and reads as a template would write it', () => {
  fc.assert(
    fc.property(keys, keys, keys, (root, walked, rest) => {
      const path = [...root, ...walked, ...rest];
      const place = placeOf(spotOf(root, walked), ...rest);
      expect(place).toEqual(path);
      expect(describePlace(place)).toBe(fieldText(path));
      expect(describePlace(['spec', ...path])).toBe(templated('spec', path));
    }),
  );
});

test.each<{ why: string; place: Place; field: FieldPath; within: boolean }>([
  {
    why: 'a field is within itself',
    place: ['spec', 'ingress', 0],
    field: ['spec', 'ingress', 0],
    within: true,
  },
  {
    why: 'what is in it is',
    place: ['spec', 'ingress', 0, 'from'],
    field: ['spec', 'ingress', 0],
    within: true,
  },
  { why: 'what is around it is not', place: ['spec'], field: ['spec', 'ingress'], within: false },
  {
    why: 'another entry is not',
    place: ['spec', 'ingress', 10],
    field: ['spec', 'ingress', 1],
    within: false,
  },
  { why: 'a key that reads so is not', place: ['spec.ingress'], field: ['spec', 'ingress'], within: false },
  { why: 'a key of digits is no position', place: ['items', '0'], field: ['items', 0], within: false },
  { why: 'a thing of that name is not', place: 'spec.ingress', field: ['spec'], within: false },
  { why: 'all is within the whole', place: ['spec'], field: [], within: true },
])('$why', ({ place, field, within }) => {
  expect(isInField(place, field)).toBe(within);
});

test('an error tells its place as text', () => {
  const refused = () =>
    refuseIf((problems) =>
      problems.push({ code: 'type-mismatch', at: ['spec', 'egress', 1], got: '', problem: '', fix: '' }),
    );
  expect(refused).toThrow(expect.objectContaining({ at: 'spec.egress[1]' }));
  expect(refused).toThrow(NetworkPolicyError);
});
