import { join } from 'node:path';
import { type Answers, useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';

const { answerBut } = useRecordedKubectl();

const DENIED = join(__dirname, 'manifests/denied.yaml');

/** An answer to the question for a list of policies, or for other things, that kubectl gives with exit code 0. */
function answering(request: string, change: (stdout: string) => string, recording?: string): void {
  answerBut((answers: Answers) => {
    const keys = Object.keys(answers).filter((each) => each.includes(request));
    expect(keys).not.toEqual([]);
    for (const key of keys) {
      const { stdout } = answers[key] as Answers[string];
      answers[key] = { stdout: change(stdout), stderr: '', status: 0 };
    }
  }, recording);
}

const list = (fields: object) => (stdout: string) => JSON.stringify({ ...JSON.parse(stdout), ...fields });
const item = (change: (item: { metadata: object }) => unknown) => (stdout: string) => {
  const { items, ...rest } = JSON.parse(stdout);
  return JSON.stringify({ ...rest, items: items.map(change) });
};
const instead = (text: string) => () => text;

const NO_LIST = 'is no list of objects';
const OTHER_LIST = 'is no NetworkPolicyList of networking.k8s.io/v1';
const NO_POLICY = 'holds what is no NetworkPolicy';
const NO_END = 'does not say how it continues';

const POLICIES = '/networkpolicies?';

describe('what is no list of policies is told, and is not a cluster without any:', () => {
  test.each([
    { why: 'nothing', change: instead(''), says: NO_LIST },
    { why: '{}', change: instead('{}'), says: OTHER_LIST },
    { why: '[]', change: instead('[]'), says: OTHER_LIST },
    { why: 'null', change: instead('null'), says: OTHER_LIST },
    { why: 'a text', change: instead('"items"'), says: OTHER_LIST },
    {
      why: 'a Status',
      change: instead('{"kind":"Status","apiVersion":"v1","status":"Failure"}'),
      says: OTHER_LIST,
    },
    { why: 'a page in HTML', change: instead('<html><body>Sign in</body></html>'), says: NO_LIST },
    {
      why: 'a page in HTML that holds JSON',
      change: instead('<script>{"items":[{"a":1}]}</script>'),
      says: NO_POLICY,
    },
    {
      why: 'a list that breaks off at its end',
      change: (text: string) => text.trim().slice(0, -1),
      says: NO_LIST,
    },
    {
      why: 'a list that breaks off within an object',
      change: (text: string) => text.slice(0, text.indexOf('spec')),
      says: NO_LIST,
    },
    {
      why: 'a list that breaks off before its objects',
      change: (text: string) => text.slice(0, text.indexOf('[')),
      says: NO_LIST,
    },
    { why: 'a list with something after it', change: (text: string) => `${text}{}`, says: NO_LIST },
    { why: 'a list of another kind', change: list({ kind: 'PodList' }), says: OTHER_LIST },
    {
      why: 'a list of another version',
      change: list({ apiVersion: 'networking.k8s.io/v1beta1' }),
      says: OTHER_LIST,
    },
    { why: 'a list without a kind', change: list({ kind: undefined }), says: OTHER_LIST },
    {
      why: 'a policy in place of a list',
      change: list({ kind: 'NetworkPolicy', items: undefined }),
      says: OTHER_LIST,
    },
    { why: 'no items', change: list({ items: undefined }), says: OTHER_LIST },
    { why: 'null as items', change: list({ items: null }), says: OTHER_LIST },
    { why: 'an object as items', change: list({ items: {} }), says: NO_LIST },
    { why: 'a text as items', change: list({ items: 'none' }), says: OTHER_LIST },
    { why: 'a number among the items', change: list({ items: [1] }), says: NO_LIST },
    { why: 'a text among the items', change: list({ items: ['a'] }), says: NO_LIST },
    { why: 'null among the items', change: list({ items: [null] }), says: NO_LIST },
    { why: 'a list among the items', change: list({ items: [[]] }), says: NO_LIST },
    {
      why: 'two lists of items',
      change: (text: string) => text.replace('"items"', '"items":[],"items"'),
      says: NO_LIST,
    },
    {
      why: 'items by a name in other letters',
      change: (text: string) => text.replace('"items"', '"\\u0069tems"'),
      says: OTHER_LIST,
    },
    { why: 'items one level too deep', change: (text: string) => `{"list":${text}}`, says: OTHER_LIST },
    {
      why: 'an item of another kind',
      change: item((each) => ({ ...each, kind: 'Pod' })),
      says: NO_POLICY,
    },
    {
      why: 'an item of another version',
      change: item((each) => ({ ...each, apiVersion: 'crd.projectcalico.org/v1' })),
      says: NO_POLICY,
    },
    { why: 'an empty item', change: item(() => ({})), says: NO_POLICY },
    {
      why: 'an item without a name',
      change: item((each) => ({ ...each, metadata: { namespace: 'shop' } })),
      says: NO_POLICY,
    },
    {
      why: 'an item whose metadata is a text',
      change: item((each) => ({ ...each, metadata: 'shop/db' })),
      says: NO_POLICY,
    },
    {
      why: 'an item without a namespace',
      change: item((each) => ({ ...each, metadata: { name: 'a' } })),
      says: 'holds an object of another namespace, or of none',
    },
    { why: 'a continue token that is a number', change: list({ metadata: { continue: 5 } }), says: NO_END },
    { why: 'a continue token that is null', change: list({ metadata: { continue: null } }), says: NO_END },
    {
      why: 'a continue token of a megabyte',
      change: list({ metadata: { continue: 'x'.repeat(1_000_000) } }),
      says: NO_END,
    },
    {
      why: 'a continue token of half a character',
      change: list({ metadata: { continue: '\ud800' } }),
      says: NO_END,
    },
    {
      why: 'more to come and no continue token',
      change: list({ metadata: { remainingItemCount: 3 } }),
      says: 'ends before all of it has come',
    },
  ])('$why', async ({ change, says }) => {
    answering(POLICIES, change);
    const { out, err, exitCode } = await cli('reach', 'internet', 'shop/db', '--cluster');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toContain(`error: the list of NetworkPolicy objects: ${says}; got `);
    expect(err).toMatch(/^error: [^\n]{1,400} \[answer-unreadable\]\n$/);
  });

  test.each([
    { why: 'as it was recorded', change: (text: string) => text },
    { why: 'laid out for people', change: (text: string) => JSON.stringify(JSON.parse(text), undefined, 2) },
    {
      why: 'with its items first',
      change: (text: string) => JSON.stringify({ items: JSON.parse(text).items, ...JSON.parse(text) }),
    },
    {
      why: 'with the kinds of its items',
      change: item((each) => ({ kind: 'NetworkPolicy', apiVersion: 'networking.k8s.io/v1', ...each })),
    },
    { why: 'with nothing more to come', change: list({ metadata: { continue: '', remainingItemCount: 0 } }) },
    { why: 'without metadata', change: list({ metadata: undefined }) },
    { why: 'with fields that nobody knows', change: list({ more: { items: [1] } }) },
  ])('a list $why is one', async ({ change }) => {
    answering(POLICIES, change);
    const { out, err, exitCode } = await cli('reach', 'internet', 'shop/db', '--cluster');
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 1 });
    expect(out).toContain('denied');
  });
});

describe('every verb that asks a cluster is told:', () => {
  test.each([
    ['connections', '--cluster'],
    ['exposure', '--cluster'],
    ['explain', 'internet', 'shop/db', '--cluster'],
    ['lint', '--cluster'],
    ['import', '--cluster'],
    ['list'],
    ['list', '-n', 'shop'],
    ['show', 'db-ingress'],
    ['apply', '--yes', DENIED],
    ['create', '--yes', '-f', DENIED],
    ['delete', '--yes', 'db-ingress'],
    ['drift', DENIED],
  ])('%s', async (...words) => {
    answerBut((answers) => {
      for (const key of Object.keys(answers).filter((each) => each.includes(POLICIES))) {
        answers[key.replace('/v1/', '/v1/namespaces/shop/')] = { stdout: '{}', stderr: '', status: 0 };
        answers[key] = { stdout: '{}', stderr: '', status: 0 };
      }
    });
    const { out, err, exitCode } = await cli(...words);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toContain('[answer-unreadable]');
  });

  test.each([
    { why: 'the version', request: '/version', answer: '{}' },
    { why: 'the version, as HTML', request: '/version', answer: '<html>' },
    { why: 'nodes', request: '/nodes?', answer: '{}' },
    {
      why: 'nodes without names',
      request: '/nodes?',
      answer: '{"kind":"NodeList","apiVersion":"v1","items":[{}]}',
    },
    { why: 'policies', request: POLICIES, answer: '{"kind":"Status"}' },
    { why: 'DaemonSets', request: '/daemonsets?', answer: '[]' },
    {
      why: 'DaemonSets that are none',
      request: '/daemonsets?',
      answer:
        '{"kind":"DaemonSetList","apiVersion":"apps/v1","items":[{"metadata":{"name":"a","namespace":"b"}}]}',
    },
  ])('doctor, of $why', async ({ request, answer }) => {
    answering(request, instead(answer), 'doctor-cilium');
    const { out, err, exitCode } = await cli('doctor');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toMatch(/^error: .* \[answer-unreadable\]\n$/);
  });
});

test.each([
  { why: '{}', answer: '{}' },
  { why: 'a Status', answer: '{"kind":"Status","apiVersion":"v1"}' },
  { why: 'groups that are none', answer: '{"kind":"APIGroupList","groups":{}}' },
  { why: 'groups without versions', answer: '{"kind":"APIGroupList","groups":[{"name":"cilium.io"}]}' },
  { why: 'null as a group', answer: '{"kind":"APIGroupList","groups":[null]}' },
  { why: 'HTML', answer: '<html>' },
])('kinds that the cluster may have are not none where they are answered with $why', async ({ answer }) => {
  answering('get --raw /apis', (text) => (text.includes('APIGroupList') ? answer : text));
  const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', '5432', '--cluster');
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
  expect(err).toContain('error: /apis: ');
});

describe('a list in pages', () => {
  const FIRST = 'get --raw /apis/networking.k8s.io/v1/networkpolicies?limit=500';

  /** What follows the recorded policies, page by page, by the token that asks for each. */
  function continued(pages: Readonly<Record<string, object>>, first = 'a'): void {
    answerBut((answers) => {
      const { stdout } = answers[FIRST] as Answers[string];
      const page = (fields: object) => ({ stdout: list(fields)(stdout), stderr: '', status: 0 });
      answers[FIRST] = page({ metadata: { continue: first, remainingItemCount: 1 } });
      for (const [token, fields] of Object.entries(pages)) {
        answers[`${FIRST}&continue=${token}`] = page({ items: [], ...fields });
      }
    });
  }

  const reach = () => cli('reach', 'internet', 'shop/db', '--cluster');

  test.each([
    { why: 'with a page that was read', pages: { a: { metadata: { continue: 'a' } } } },
    {
      why: 'in a circle',
      pages: { a: { metadata: { continue: 'b' } }, b: { metadata: { continue: 'a' } } },
    },
  ])('that continues $why ends with an error', async ({ pages }) => {
    continued(pages);
    const { out, err, exitCode } = await reach();
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toContain('continues with a page that has been read; got "a"');
  });

  test.each([
    { pages: 9, isEnd: true },
    { pages: 10, isEnd: false },
  ])('may have $pages pages without an object in a row: $isEnd', async ({ pages, isEnd }) => {
    const empty = Array.from({ length: pages }, (_, i) => [`t${i}`, { metadata: { continue: `t${i + 1}` } }]);
    continued({ ...Object.fromEntries(empty), [`t${pages}`]: { metadata: {} } }, 't0');
    const { err, exitCode } = await reach();
    expect(exitCode).toBe(isEnd ? 1 : 3);
    expect(err.includes('has no end after 11 pages, 10 of them in a row empty')).toBe(!isEnd);
  });

  test('ends with an error where a later page is none', async () => {
    continued({ a: { kind: 'Status' } });
    expect(await reach()).toMatchObject({ out: '', exitCode: 3 });
  });

  test('and with what kubectl says where it fails at a later page', async () => {
    continued({});
    const { err, exitCode } = await reach();
    expect({ err, exitCode }).toEqual({ err: expect.stringContaining('nothing was recorded'), exitCode: 2 });
  });
});

describe('a trial that the server does not answer is none:', () => {
  test.each([
    { why: 'nothing', change: instead('') },
    { why: '{}', change: instead('{}') },
    { why: 'HTML', change: instead('<html>') },
    { why: 'null', change: instead('null') },
    { why: 'items that are none', change: instead('{"kind":"List","items":5}') },
    { why: 'items that are texts', change: instead('{"kind":"List","items":["a"]}') },
    { why: 'another policy', change: (text: string) => text.replace('default-deny', 'other') },
    { why: 'another kind', change: (text: string) => text.replace('"NetworkPolicy"', '"Pod"') },
    {
      why: 'a policy that cannot be understood',
      change: (text: string) => text.replace('"Ingress"', '"In"'),
    },
  ])('$why', async ({ change }) => {
    answering('--dry-run=server', change);
    const { out, err, exitCode } = await cli('apply', '--yes', DENIED);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toContain('tells nothing of policies that it was asked about; got ["shop/default-deny"]');
  });
});

test.each([
  { why: 'HTML', answer: '<html>' },
  { why: 'a text', answer: '"bed"' },
  { why: 'no name', answer: '{"context":{}}' },
  { why: 'nothing', answer: '' },
])('a context that is answered with $why is not taken for one', async ({ answer }) => {
  answering('config view', instead(answer));
  const { out, err, exitCode } = await cli('list');
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
  expect(err).toContain("error: kubectl's context: ");
});
