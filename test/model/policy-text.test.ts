import type { LabelSelector } from '../../lib/model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import { PodSet } from '../../lib/model/pod-set';
import { describePeer, describePodSet, describePods } from '../../lib/model/policy-text';

const names = (operator: 'In' | 'NotIn', ...values: string[]) => ({
  key: NAMESPACE_NAME_LABEL,
  operator,
  values,
});

test.each<{ namespaces: string | LabelSelector; pods?: LabelSelector; text: string }>([
  { namespaces: {}, text: 'any pod' },
  { namespaces: 'shop', text: 'any pod of namespace shop' },
  { namespaces: { matchLabels: { team: 'a' } }, text: 'any pod of namespaces with team=a' },
  {
    namespaces: { matchExpressions: [names('In', 'a')] },
    text: 'any pod of namespace a',
  },
  { namespaces: { matchExpressions: [names('In', 'a', 'b')] }, text: 'any pod of namespaces a and b' },
  {
    namespaces: { matchLabels: { team: 'x' }, matchExpressions: [names('In', 'a', 'b')] },
    text: 'any pod of namespaces a and b with team=x',
  },
  { namespaces: { matchExpressions: [names('NotIn', 'dev')] }, text: 'any pod of namespaces other than dev' },
  {
    namespaces: { matchLabels: { team: 'x' }, matchExpressions: [names('NotIn', 'dev', 'test')] },
    pods: { matchLabels: { app: 'web' } },
    text: 'pods with app=web in namespaces with team=x other than dev and test',
  },
  {
    namespaces: { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'Exists' }] },
    text: `any pod of namespaces with ${NAMESPACE_NAME_LABEL}`,
  },
  {
    namespaces: 'shop',
    pods: { matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] },
    text: 'pods without old in namespace shop',
  },
  {
    namespaces: {},
    pods: {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'tier', operator: 'In', values: ['a', 'b'] },
        { key: 'gone', operator: 'DoesNotExist' },
      ],
    },
    text: 'pods with app=web and tier in (a, b) and without old and gone in any namespace',
  },
])('pods as a person says them: $text', ({ namespaces, pods = {}, text }) => {
  expect(describePods({ namespaces, pods })).toBe(text);
});

test('a namespace that is named may have to have labels, and none of others', () => {
  const set = PodSet.of({
    namespaces: {
      matchLabels: { [NAMESPACE_NAME_LABEL]: 'dev' },
      matchExpressions: [
        { key: 'team', operator: 'Exists' },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    },
    pods: {},
  }) as PodSet;
  expect(describePodSet(set)).toBe('any pod of namespace dev with team and without old');
});

test.each([
  { except: [], text: '10.0.0.0/8' },
  { except: ['10.1.0.0/16', '10.2.0.0/16'], text: '10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16' },
])('a block is its CIDR: $text', ({ except, text }) => {
  expect(describePeer({ kind: 'addresses', cidr: '10.0.0.0/8', except, at: [], blockAt: [] })).toBe(text);
});
