import type { LintContext } from '../../lib/lint/context';
import { isNameSlip } from '../../lib/lint/in-vain';
import type { Unreadable } from '../../lib/model/cluster';
import type { LabelSelectorRequirement } from '../../lib/model/label-selector';
import { read } from '../support/shop-cluster';

const NO = { code: 'forbidden', at: '', got: '', problem: '', fix: '' } as const;

function isSlip(requirement: LabelSelectorRequirement, unreadable: readonly Unreadable[] = []): boolean {
  const cluster = { ...read(), unreadable };
  const namespace = (name: string) => cluster.namespaces.find((each) => each.name === name);
  return isNameSlip({ cluster, namespace } as LintContext, requirement);
}

const has = (key: string, ...values: string[]): LabelSelectorRequirement => ({ key, operator: 'In', values });

test.each<{ why: string; requirement: LabelSelectorRequirement; is: boolean }>([
  {
    why: 'the name of a namespace under a key that people call so',
    requirement: has('name', 'shop'),
    is: true,
  },
  { why: 'such a key with a prefix', requirement: has('example.com/namespace', 'shop'), is: true },
  { why: 'several names', requirement: has('ns', 'shop', 'mon'), is: true },
  { why: 'a namespace that every cluster has', requirement: has('name', 'kube-system'), is: true },
  { why: 'a value that is no namespace', requirement: has('name', 'front'), is: false },
  { why: 'a value that is none beside one that is', requirement: has('name', 'shop', 'front'), is: false },
  { why: 'the label that has the name', requirement: has('kubernetes.io/metadata.name', 'shop'), is: false },
  { why: 'another key', requirement: has('team', 'shop'), is: false },
  { why: 'names that are excluded', requirement: { ...has('name', 'shop'), operator: 'NotIn' }, is: false },
  { why: 'any name', requirement: { key: 'name', operator: 'Exists' }, is: false },
])('$why is a slip: $is', ({ requirement, is }) => {
  expect(isSlip(requirement)).toBe(is);
});

test.each<{ why: string; unreadable: Unreadable; is: boolean }>([
  { why: 'anything', unreadable: { problem: NO }, is: false },
  { why: 'the namespace itself', unreadable: { kind: 'Namespace', name: 'shop', problem: NO }, is: false },
  { why: 'another one', unreadable: { kind: 'Namespace', name: 'bank', problem: NO }, is: true },
  {
    why: 'a policy of that name',
    unreadable: { kind: 'NetworkPolicy', name: 'shop', problem: NO },
    is: true,
  },
])('where what cannot be read may be $why, a name in a label is a slip: $is', ({ unreadable, is }) => {
  expect(isSlip(has('name', 'shop'), [unreadable])).toBe(is);
});
