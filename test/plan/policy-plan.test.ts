import type { NetworkPolicyEntry } from '../../lib/model/cluster';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { FIELD_MANAGER, fieldsAppliedTo, isOwned, managersOf } from '../../lib/plan/ownership';
import { driftOf } from '../../lib/plan/policy-drift';
import { pairsOf } from '../../lib/plan/policy-pairs';
import { changedSince, inWritingOrder, planPolicies } from '../../lib/plan/policy-plan';

const OURS = [{ manager: FIELD_MANAGER, operation: 'Apply' }];

function entry(name: string, spec: object, metadata: object = {}, namespace = 'shop'): NetworkPolicyEntry {
  return networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, ...metadata },
    spec,
  });
}
const denied = { podSelector: {}, policyTypes: ['Ingress'] };
const open = { ...denied, ingress: [{}] };
const onPort = (port: number) => ({ ...denied, ingress: [{ ports: [{ port, protocol: 'TCP' }] }] });

describe('a plan', () => {
  const told = (live: readonly NetworkPolicyEntry[], result: NetworkPolicyEntry) =>
    planPolicies(pairsOf([result], live)).map(({ action, namespace, name, fields }) => [
      `${action} ${namespace}/${name}`,
      ...fields.map(({ field, before, after }) => `${field}: ${before} -> ${after}`),
    ]);

  test.each([
    { why: 'a policy that is not there is created', live: [], says: ['create shop/a'] },
    {
      why: 'one that differs is changed, field by field',
      live: [entry('a', onPort(80), { managedFields: OURS })],
      result: entry('a', onPort(81)),
      says: ['change shop/a', 'spec.ingress[0].ports[0].port: 80 -> 81'],
    },
    {
      why: 'a rule that is new has nothing before',
      live: [entry('a', denied, { managedFields: OURS })],
      result: entry('a', open),
      says: ['change shop/a', 'spec.ingress: undefined -> [{}]'],
    },
    {
      why: 'a label whose key has dots stands in brackets',
      live: [entry('a', denied, { managedFields: OURS, labels: { 'a.b/c': 'x' } })],
      says: ['change shop/a', 'metadata.labels: {"a.b/c":"x"} -> undefined'],
    },
    {
      why: 'a label that differs is one field',
      live: [entry('a', denied, { managedFields: OURS, labels: { 'a.b/c': 'x', k: 'v' } })],
      result: entry('a', denied, { labels: { 'a.b/c': 'y', k: 'v' } }),
      says: ['change shop/a', 'metadata.labels["a.b/c"]: "x" -> "y"'],
    },
    {
      why: 'what the server writes by itself is no difference',
      live: [
        entry(
          'a',
          { podSelector: {}, policyTypes: ['Ingress'], ingress: [] },
          { managedFields: OURS, uid: '1', resourceVersion: '7' },
        ),
      ],
      says: ['keep shop/a'],
    },
    { why: 'one that nobody owns is adopted', live: [entry('a', denied)], says: ['adopt shop/a'] },
  ])('$why', ({ live, result = entry('a', denied), says }) => {
    expect(told(live, result)).toEqual([says]);
  });

  test('is told by namespace and name', () => {
    const results = [entry('b', denied), entry('a', denied), entry('c', denied, {}, 'bank')];
    expect(planPolicies(pairsOf(results, [])).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  });
});

test('what allows is written before what only denies, and deleted after it, so that half of it cuts nothing', () => {
  const policies = [entry('a', denied), entry('c', open), entry('b', open)];
  expect(inWritingOrder(policies, 'put').map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect(inWritingOrder(policies, 'delete').map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('what was written, created or deleted between two readings is told', () => {
  const at = (name: string, resourceVersion: string) => entry(name, denied, { uid: name, resourceVersion });
  const before = [at('same', '1'), at('written', '1'), at('gone', '1')];
  const now = [at('same', '1'), at('written', '2'), at('new', '3')];
  expect(changedSince(before, now)).toEqual(['shop/gone', 'shop/new', 'shop/written']);
});

describe('drift', () => {
  const told = (wanted: readonly NetworkPolicyEntry[], live: readonly NetworkPolicyEntry[]) =>
    driftOf(wanted, live, new Set(['shop'])).map(
      ({ drift, namespace, name, fields }) =>
        `${drift} ${namespace}/${name} ${fields.map(({ field }) => field)}`,
    );
  const owned = { managedFields: OURS };

  test.each([
    { why: 'a policy that is not there is missing', live: [], says: ['missing shop/a '] },
    { why: 'one that is the same is none', live: [entry('a', denied)], says: [] },
    {
      why: 'what the server adds is none',
      live: [entry('a', { ...denied, ingress: [], policyTypes: ['Ingress'] })],
      says: [],
    },
    { why: 'one that was changed is told', live: [entry('a', open)], says: ['changed shop/a spec.ingress'] },
    {
      why: 'a label that others put on it is theirs',
      live: [entry('a', denied, { ...owned, labels: { cost: '1' } })],
      says: [],
    },
    {
      why: 'a label that code once applied and does not name any more is told',
      live: [
        entry('a', denied, {
          labels: { team: 'x' },
          managedFields: [
            { ...OURS[0], fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:team': {} } } } },
          ],
        }),
      ],
      says: ['changed shop/a metadata.labels.team'],
    },
    {
      why: 'one that code owns and does not know any more is extra, in a namespace that is spoken of',
      live: [entry('a', denied), entry('b', denied, owned), entry('c', denied, owned, 'bank')],
      says: ['extra shop/b '],
    },
    {
      why: 'one that code does not own is foreign, wherever it is',
      live: [entry('a', denied), entry('b', denied), entry('c', denied, {}, 'bank')],
      says: ['foreign bank/c ', 'foreign shop/b '],
    },
  ])('$why', ({ live, says }) => {
    expect(told([entry('a', denied)], live)).toEqual(says);
  });

  test('a label and an annotation of the manifest that the cluster has otherwise are told', () => {
    const wanted = entry('a', denied, { labels: { team: 'x' }, annotations: { note: 'y' } });
    expect(told([wanted], [entry('a', denied, { labels: { team: 'z' } })])).toEqual([
      'changed shop/a metadata.annotations.note,metadata.labels.team',
    ]);
  });
});

describe('who manages a policy', () => {
  const other = { manager: 'helm', operation: 'Update' };

  test.each<{ why: string; managedFields: unknown; managers: readonly string[]; owned: boolean }>([
    { why: 'those that applied it', managedFields: [other, ...OURS], managers: [FIELD_MANAGER], owned: true },
    { why: 'else those that wrote it', managedFields: [other], managers: ['helm'], owned: false },
    { why: 'nobody, where a manifest has null', managedFields: null, managers: [], owned: false },
    { why: 'nobody, where it has something else', managedFields: ['helm', null], managers: [], owned: false },
  ])('$why', ({ managedFields, managers, owned }) => {
    const { written } = entry('a', denied, { managedFields });
    expect(managersOf(written)).toEqual(managers);
    expect(isOwned(written)).toBe(owned);
  });
});

test('fields that code of this package applied are sorted, without those that others wrote or applied', () => {
  const labelsBy = (manager: string, operation: string, ...labels: readonly string[]) => ({
    manager,
    operation,
    fieldsV1: {
      'f:metadata': { 'f:labels': Object.fromEntries(['.', ...labels].map((key) => [key, {}])) },
    },
  });
  const managedFields = [
    labelsBy(FIELD_MANAGER, 'Apply', 'f:team', 'f:app'),
    labelsBy(FIELD_MANAGER, 'Update', 'f:updated'),
    labelsBy('helm', 'Apply', 'f:chart'),
    { manager: FIELD_MANAGER, operation: 'Apply' },
    { manager: FIELD_MANAGER, operation: 'Apply', fieldsV1: { 'f:spec': {} } },
  ];
  const { written } = entry('a', denied, { managedFields });
  expect(fieldsAppliedTo(written, 'labels')).toEqual(['app', 'team']);
  expect(fieldsAppliedTo(written, 'annotations')).toEqual([]);
});
