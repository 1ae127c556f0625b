import { type Edit, edited, type FieldEdit } from '../../lib/model/edit';

const of = { kind: 'NetworkPolicy', namespace: 'shop', name: 'db' };
const policy = { kind: 'NetworkPolicy', spec: { podSelector: {}, ingress: [{ from: ['a', 'b'] }, {}] } };
type Change<Kind extends Edit['kind']> = Omit<Extract<FieldEdit, { kind: Kind }>, 'of'>;

test.each<{ why: string; edit: Change<'write' | 'add'> | Change<'remove'>; spec: object }>([
  {
    why: 'a field gets a value, in its place',
    edit: { kind: 'write', at: ['spec', 'podSelector'], value: { matchLabels: { app: 'web' } } },
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: ['a', 'b'] }, {}] },
  },
  {
    why: 'a field that is not there is made, with what it lies in',
    edit: { kind: 'write', at: ['spec', 'ports', 'http'], value: 80 },
    spec: { podSelector: {}, ingress: [{ from: ['a', 'b'] }, {}], ports: { http: 80 } },
  },
  {
    why: 'an entry of a list gets another value',
    edit: { kind: 'write', at: ['spec', 'ingress', 0, 'from', 1], value: 'c' },
    spec: { podSelector: {}, ingress: [{ from: ['a', 'c'] }, {}] },
  },
  {
    why: 'a list gets one more entry',
    edit: { kind: 'add', at: ['spec', 'ingress', 0, 'from'], value: 'c' },
    spec: { podSelector: {}, ingress: [{ from: ['a', 'b', 'c'] }, {}] },
  },
  {
    why: 'a list that is not there gets its first entry',
    edit: { kind: 'add', at: ['spec', 'egress'], value: {} },
    spec: { podSelector: {}, ingress: [{ from: ['a', 'b'] }, {}], egress: [{}] },
  },
  {
    why: 'an entry of a list goes',
    edit: { kind: 'remove', at: ['spec', 'ingress', 0] },
    spec: { podSelector: {}, ingress: [{}] },
  },
  {
    why: 'a field goes',
    edit: { kind: 'remove', at: ['spec', 'ingress', 0, 'from'] },
    spec: { podSelector: {}, ingress: [{}, {}] },
  },
])('$why', ({ edit, spec }) => {
  const before = structuredClone(policy);
  const after = edited(policy, { of, ...edit });
  expect(after).toEqual({ ...policy, spec });
  expect(Object.keys(after.spec)).toEqual(Object.keys(spec));
  expect(policy).toEqual(before);
});
