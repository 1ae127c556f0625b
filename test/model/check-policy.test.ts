import { validateNetworkPolicy } from '../../lib/model/check-policy';
import { describePlace } from '../../lib/model/place';
import type { ProblemCode } from '../../lib/model/problem';

type Expected = readonly `${string} ${ProblemCode}`[];

function problemsOf(metadata: object, spec: object = {}): string[] {
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
  return validateNetworkPolicy(policy).map(({ at, code }) => `${describePlace(at)} ${code}`);
}

describe('names', () => {
  test.each<{ why: string; metadata: object; problems: Expected }>([
    { why: 'a name of 253 characters is legal', metadata: { name: 'x'.repeat(253) }, problems: [] },
    {
      why: 'a name of 254 is not',
      metadata: { name: 'x'.repeat(254) },
      problems: ['metadata.name name-invalid'],
    },
    { why: 'a prefix stands for a name', metadata: { generateName: 'allow-' }, problems: [] },
    { why: 'also beside an empty name', metadata: { name: '', generateName: 'allow-' }, problems: [] },
    {
      why: 'an empty prefix does not',
      metadata: { generateName: '' },
      problems: ['metadata.name name-missing'],
    },
    {
      why: 'a prefix in capitals spoils the name that is made from it',
      metadata: { generateName: 'Allow-' },
      problems: ['metadata.generateName name-invalid', 'metadata.name name-invalid'],
    },
    {
      why: 'a prefix is text',
      metadata: { name: 'a', generateName: 1 },
      problems: ['metadata.generateName type-mismatch'],
    },
    { why: 'an empty namespace is one left out', metadata: { name: 'a', namespace: '' }, problems: [] },
    {
      why: 'a namespace has no dots',
      metadata: { name: 'a', namespace: 'a.b' },
      problems: ['metadata.namespace namespace-invalid'],
    },
  ])('$why', ({ metadata, problems }) => {
    expect(problemsOf(metadata)).toEqual(problems);
  });
});

describe('labels and annotations', () => {
  const inMetadata = (field: string, text: string, value = '') =>
    problemsOf({ name: 'a', [field]: { [text]: value } }).length === 0;

  test.each([
    { why: 'a key of 63 characters', key: 'x'.repeat(63), legal: true },
    { why: 'a key of 64', key: 'x'.repeat(64), legal: false },
    { why: 'a DNS name of 253 characters before the key', key: `${'x'.repeat(253)}/a`, legal: true },
    { why: 'a DNS name of 254', key: `${'x'.repeat(254)}/a`, legal: false },
    { why: 'two slashes', key: 'a/b/c', legal: false },
    { why: 'nothing before the slash', key: '/a', legal: false },
    { why: 'a key with an accent', key: 'é', legal: false },
    { why: 'a newline at the end', key: 'a\n', legal: false },
  ])('$why: legal is $legal', ({ key, legal }) => {
    expect(inMetadata('labels', key)).toBe(legal);
  });

  test.each([
    { why: 'an empty value', value: '', legal: true },
    { why: 'a value of 63 characters', value: 'x'.repeat(63), legal: true },
    { why: 'a value of 64', value: 'x'.repeat(64), legal: false },
    { why: 'a hyphen at the end', value: 'a-', legal: false },
  ])('$why: legal is $legal', ({ value, legal }) => {
    expect(inMetadata('labels', 'app', value)).toBe(legal);
  });

  test('an annotation may have a DNS name in capitals, a label may not', () => {
    expect([inMetadata('annotations', 'A.io/b'), inMetadata('labels', 'A.io/b')]).toEqual([true, false]);
  });
});

describe('ports', () => {
  test.each<{ why: string; port: object; problems: Expected }>([
    { why: 'no field at all is every TCP port', port: {}, problems: [] },
    { why: 'a range of one port', port: { port: 80, endPort: 80 }, problems: [] },
    { why: 'a name of 15 characters', port: { port: 'a23456789012345' }, problems: [] },
    { why: 'a name of 16', port: { port: 'a234567890123456' }, problems: ['port port-name-invalid'] },
    { why: 'a name with "--"', port: { port: 'a--b' }, problems: ['port port-name-invalid'] },
    {
      why: 'a range that ends where no number stands',
      port: { port: 80, endPort: '70' },
      problems: ['endPort type-mismatch'],
    },
    {
      why: 'the least number that the server can read, with the port still checked',
      port: { port: 0, endPort: -(2 ** 31) },
      problems: ['port port-out-of-range', 'endPort port-out-of-range', 'endPort port-range-reversed'],
    },
  ])('$why', ({ port, problems }) => {
    expect(problemsOf({ name: 'a' }, { ingress: [{ ports: [port] }] })).toEqual(
      problems.map((problem) => `spec.ingress[0].ports[0].${problem}`),
    );
  });
});

test('without a readable CIDR nothing is said of its exceptions', () => {
  const ipBlock = { cidr: '10.0.0.0/33', except: ['10.0.0.0/34'] };
  expect(problemsOf({ name: 'a' }, { egress: [{ to: [{ ipBlock }] }] })).toEqual([
    'spec.egress[0].to[0].ipBlock.cidr cidr-invalid',
  ]);
});

test.each([
  { why: 'in the same family', cidr: '10.0.0.0/8', entry: '11.0.0.0/16', fix: 'a longer prefix' },
  { why: 'in another family', cidr: '10.0.0.0/8', entry: '2001:db8::/32', fix: 'in the same IP family' },
])('an exception outside the CIDR $why is told what to write', ({ cidr, entry, fix }) => {
  const spec = { egress: [{ to: [{ ipBlock: { cidr, except: [entry] } }] }] };
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec };
  expect(validateNetworkPolicy(policy)).toEqual([
    expect.objectContaining({ code: 'except-outside-cidr', fix: expect.stringContaining(fix) }),
  ]);
});

test('of a requirement that is none, nothing else is said', () => {
  const podSelector = { matchExpressions: ['app'] };
  expect(problemsOf({ name: 'a' }, { podSelector })).toEqual([
    'spec.podSelector.matchExpressions[0] type-mismatch',
  ]);
});

test.each([
  { operator: 'Exists', use: 'In' },
  { operator: 'DoesNotExist', use: 'NotIn' },
])('$operator with values is told to be $use, or to leave them out', ({ operator, use }) => {
  const podSelector = { matchExpressions: [{ key: 'app', operator, values: ['web'] }] };
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: { podSelector },
  };
  expect(validateNetworkPolicy(policy)).toMatchObject([
    { code: 'values-not-allowed', fix: `leave values out, or use ${use}` },
  ]);
});
