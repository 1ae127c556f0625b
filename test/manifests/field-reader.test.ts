import { FieldReader } from '../../lib/manifests/field-reader';
import { describePlace } from '../../lib/model/place';
import type { Problem } from '../../lib/model/problem';

function reading<T>(
  value: object,
  read: (fields: FieldReader) => T,
): { readonly read: T; readonly says: string[] } {
  const problems: Problem[] = [];
  const found = read(FieldReader.of(value, problems));
  return { read: found, says: problems.map(({ at, code }) => `${describePlace(at)} ${code}`) };
}

test.each<{ value: unknown; read?: number; says?: string }>([
  { value: 1, read: 1 },
  { value: 65535, read: 65535 },
  { value: 0, says: 'port-out-of-range' },
  { value: 65536, says: 'port-out-of-range' },
  { value: 80.5, says: 'port-out-of-range' },
  { value: '80', says: 'type-mismatch' },
  { value: true, says: 'type-mismatch' },
  { value: null },
  { value: undefined },
])('of the numbers from 1 to 65535, $value reads as $read', ({ value, read, says }) => {
  expect(
    reading({ spec: { port: value } }, (fields) => fields.object('spec').number('port', 1, 65535)),
  ).toEqual({
    read,
    says: says === undefined ? [] : [`spec.port ${says}`],
  });
});

test.each<{ value: unknown; read: readonly string[]; says?: readonly string[] }>([
  { value: ['a', ''], read: ['a', ''] },
  { value: ['a', 5, 'b'], read: ['a', 'b'], says: ['hosts[1] type-mismatch'] },
  { value: 'a', read: [], says: ['hosts type-mismatch'] },
  { value: null, read: [] },
])('of a list of texts, $value reads as $read', ({ value, read, says = [] }) => {
  expect(reading({ hosts: value }, (fields) => fields.texts('hosts'))).toEqual({ read, says });
});

test.each<{ value: unknown; read: boolean; says?: readonly string[] }>([
  { value: true, read: true },
  { value: false, read: false },
  { value: null, read: false },
  { value: 'true', read: false, says: ['on type-mismatch'] },
])('of flags, $value reads as $read', ({ value, read, says = [] }) => {
  expect(reading({ on: value }, (fields) => fields.flag('on'))).toEqual({ read, says });
});

test('labels that are null read as empty, and labels with a problem as none', () => {
  expect(reading({ labels: { app: null, tier: 'a' } }, (fields) => fields.labels('labels'))).toEqual({
    read: { app: '', tier: 'a' },
    says: [],
  });
  expect(reading({ labels: { app: 1, tier: 'a' } }, (fields) => fields.labels('labels'))).toEqual({
    read: {},
    says: ['labels type-mismatch'],
  });
});
