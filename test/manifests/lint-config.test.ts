import { readLintConfig } from '../../lib/manifests/lint-config';
import { describeManifestProblem } from '../../lib/model/manifest-problem';
import { PortSet } from '../../lib/model/port-set';

const read = (text: string) => readLintConfig({ text, file: 'aks-netpol.yaml' });
const problems = (text: string) => read(text).problems.map(describeManifestProblem);

test('all that it can say, each entry with its place', () => {
  const config = read(`
acknowledge:
  - rule: selects-no-workload
    object: shop/lonely
    reason: waits for the next release
    until: 2026-12-31
    atMost: 2
  - { rule: rules-of-unlisted-type, construct: app/shop, reason: as intended }
mustReach:
  - { from: shop/web, to: shop/db, port: 5432, reason: orders }
mustNotReach:
  - { from: shop/worker, to: internet }
onlyFrom:
  - { to: shop/db, port: 8000-8100/TCP, from: [shop/web, 10.0.0.0/8, 'node:a', '::1'] }
  - { to: shop/vault, from: [] }
acceptChanges:
  - { change: opened, from: shop/web, to: [shop/db], ports: '5432/TCP, 9000-9001/UDP', reason: orders, until: '2026-12-31' }
  - { change: unknown, from: [any pod], to: [shop/db], reason: soon gone }
failOn: warning
`);
  const at = (line: number) => ({ file: 'aks-netpol.yaml', line, column: 5 });
  expect(config).toEqual({
    intent: {
      programs: [],
      acknowledgements: [
        {
          rule: 'selects-no-workload',
          object: 'shop/lonely',
          reason: 'waits for the next release',
          until: '2026-12-31',
          atMost: 2,
          source: at(3),
        },
        { rule: 'rules-of-unlisted-type', construct: 'app/shop', reason: 'as intended', source: at(8) },
      ],
      expectations: [
        {
          kind: 'must-reach',
          from: 'shop/web',
          to: 'shop/db',
          port: '5432',
          reason: 'orders',
          source: at(10),
        },
        { kind: 'must-not-reach', from: 'shop/worker', to: 'internet', source: at(12) },
        {
          kind: 'only-from',
          to: 'shop/db',
          port: '8000-8100/TCP',
          from: ['shop/web', '10.0.0.0/8', 'node:a', '::1'],
          source: at(14),
        },
        { kind: 'only-from', to: 'shop/vault', from: [], source: at(15) },
      ],
    },
    acceptedChanges: [
      {
        change: 'opened',
        from: ['shop/web'],
        to: ['shop/db'],
        ports: PortSet.range('TCP', 5432).or(PortSet.range('UDP', 9000, 9001)),
        reason: 'orders',
        until: '2026-12-31',
        source: at(17),
      },
      { change: 'unknown', from: ['any pod'], to: ['shop/db'], reason: 'soon gone', source: at(18) },
    ],
    failOn: 'warning',
    problems: [],
    remarks: [],
  });
});

test.each([
  { why: 'an empty file', text: '' },
  { why: 'a comment', text: '# nothing yet\n' },
  { why: 'empty sections', text: 'acknowledge:\nmustReach: []\nfailOn:\n' },
  { why: 'JSON', text: '{ "acknowledge": [] }' },
])('$why says nothing, and is right', ({ text }) => {
  expect(read(text)).toEqual({
    intent: { acknowledgements: [], expectations: [], programs: [] },
    acceptedChanges: [],
    problems: [],
    remarks: [],
  });
});

test('an end may be pods by their labels', () => {
  const ends = ['any', 'shop/*', 'shop/app=web', '*/app.kubernetes.io/name in (web, api)'];
  const { intent, problems } = read(`onlyFrom: [{ to: shop/db, from: ${JSON.stringify(ends)} }]`);
  expect(problems).toEqual([]);
  expect(intent.expectations).toMatchObject([{ from: ends }]);
});

test.each([
  {
    why: 'a change that is none',
    entry: 'change: widened, from: a, to: b, reason: r',
    says: 'change: there is no such change',
  },
  { why: 'no end', entry: 'change: opened, to: b, reason: r', says: 'from: is required' },
  { why: 'nobody at an end', entry: 'change: opened, from: [], to: b, reason: r', says: 'from: is required' },
  {
    why: 'an end that is no name',
    entry: 'change: opened, from: [1], to: b, reason: r',
    says: 'from[0]: must be a string',
  },
  {
    why: 'a port by its name',
    entry: 'change: opened, from: a, to: b, ports: http, reason: r',
    says: 'ports: changes are told by numbers',
  },
  {
    why: 'a port that is none',
    entry: 'change: opened, from: a, to: b, ports: 99999, reason: r',
    says: 'ports: is not a port',
  },
  {
    why: 'no reason',
    entry: 'change: opened, from: a, to: b',
    says: 'reason: the next reader needs to know why a change',
  },
  {
    why: 'a day that is none',
    entry: "change: opened, from: a, to: b, reason: r, until: '2026-02-30'",
    says: 'until: is not a day',
  },
])('$why accepts no change', ({ entry, says }) => {
  const { acceptedChanges, problems } = read(`acceptChanges: [{ ${entry} }]`);
  expect(acceptedChanges).toEqual([]);
  expect(problems.map(describeManifestProblem).join()).toContain(`acceptChanges[0].${says}`);
});

const ACKNOWLEDGE = 'acknowledge: [{ rule: selects-no-workload, reason: r, ';

test.each([
  { why: 'an unknown field', text: 'ignore: []', says: ['1:1: ignore: unknown field "ignore"'] },
  {
    why: 'an unknown field of an entry',
    text: `${ACKNOWLEDGE}untill: 2026-01-01 }]`,
    says: ['1:55: acknowledge[0].untill: unknown field "untill"; did you mean "until"?'],
  },
  { why: 'a list that is none', text: 'acknowledge: all', says: ['1:14: acknowledge: must be a list'] },
  { why: 'an entry that is none', text: 'mustReach: [web]', says: ['1:13: mustReach[0]: must be an object'] },
  { why: 'a document that is none', text: '- a', says: ['1:1: the document: must be an object'] },
  {
    why: 'a misspelt rule',
    text: 'acknowledge: [{ rule: select-no-workload, reason: r }]',
    says: [
      '1:23: acknowledge[0].rule: there is no such rule; got "select-no-workload"; did you mean "selects-no-workload"?',
    ],
  },
  {
    why: 'a rule that is like no other',
    text: 'acknowledge: [{ rule: x, reason: r }]',
    says: ['1:23: acknowledge[0].rule: there is no such rule; got "x"; the rules are custom-rule'],
  },
  {
    why: 'neither rule nor reason',
    text: 'acknowledge: [{ object: shop/a }]',
    says: ['1:15: acknowledge[0].reason: the next reader', '1:15: acknowledge[0].rule: is required'],
  },
  {
    why: 'a blank reason',
    text: 'acknowledge: [{ rule: selects-no-workload, reason: " " }]',
    says: ['1:52: acknowledge[0].reason: the next reader'],
  },
  {
    why: 'a reason that YAML reads as no text',
    text: 'acknowledge: [{ rule: selects-no-workload, reason: yes }]',
    says: [
      '1:52: acknowledge[0].reason: must be a string; got yes, which YAML reads as true; quote it: "yes"',
    ],
  },
  {
    why: 'a day that no month has',
    text: `${ACKNOWLEDGE}until: 2026-11-31 }]`,
    says: ['1:62: acknowledge[0].until: is not a day of the calendar; got "2026-11-31"'],
  },
  {
    why: 'a day in other words',
    text: `${ACKNOWLEDGE}until: 31.12.2026 }]`,
    says: ['1:62: acknowledge[0].until: is not a day'],
  },
  {
    why: 'a year alone',
    text: `${ACKNOWLEDGE}until: 2026 }]`,
    says: ['1:62: acknowledge[0].until: must be a string; got 2026'],
  },
  ...['*', '*/*', '*/db', 'shop/db-*', 'shop/*/*'].map((object) => ({
    why: `an object ${object}`,
    text: `${ACKNOWLEDGE}object: "${object}" }]`,
    says: [
      `1:63: acknowledge[0].object: a * is only allowed for all objects of a namespace, as in shop/*; got "${object}"; name the object, or leave the field out`,
    ],
  })),
  ...['0', '1.5', 'two'].map((atMost) => ({
    why: `a number of findings that is ${atMost}`,
    text: `${ACKNOWLEDGE}atMost: ${atMost} }]`,
    says: ['1:63: acknowledge[0].atMost: must be a number of findings, at least 1'],
  })),
  {
    why: 'ends that are none or missing',
    text: 'mustReach: [{ from: web }]\nmustNotReach: [{ to: 5, from: a/b/c }]',
    says: [
      '1:13: mustReach[0].to: is required',
      '1:21: mustReach[0].from: is not an end of a connection; got "web"; write namespace/workload',
      '2:22: mustNotReach[0].to: must be a string; got 5',
      '2:31: mustNotReach[0].from: is not an end',
    ],
  },
  {
    why: 'ports that are none',
    text: 'mustReach: [{ from: a/b, to: a/c, port: 70000 }, { from: a/b, to: a/c, port: [1] }]',
    says: ['1:41: mustReach[0].port: is not a port', '1:78: mustReach[1].port: must be a string'],
  },
  {
    why: 'onlyFrom without a list',
    text: 'onlyFrom: [{ to: a/b }, { to: a/b, from: a/c }]',
    says: ['1:12: onlyFrom[0].from: is required', '1:42: onlyFrom[1].from: must be a list'],
  },
  {
    why: 'a severity that is none',
    text: 'failOn: warn',
    says: ['1:9: failOn: there is no such value; got "warn"'],
  },
  { why: 'no YAML', text: 'a: [', says: ['1:5: the document: this cannot be read as YAML'] },
  {
    why: 'a key twice',
    text: 'failOn: error\nfailOn: info',
    says: ['2:1: failOn: a key may occur only once in an object'],
  },
  {
    why: 'a second document',
    text: 'failOn: error\n---\nfailOn: info',
    says: ['3:1: the document: only the first document would count'],
  },
])('$why is told with its place', ({ text, says }) => {
  expect(problems(text)).toEqual(says.map((start) => expect.stringContaining(`aks-netpol.yaml:${start}`)));
});

test('an entry that is wrong is left out, its neighbours are not', () => {
  const { intent } = read(
    'acknowledge: [{ rule: x, reason: r }, { rule: selects-no-workload, reason: r }]\n' +
      'mustReach: [{ from: a/b, to: a/c }, { from: a/b, to: c }]',
  );
  expect(intent.acknowledgements).toHaveLength(1);
  expect(intent.expectations).toHaveLength(1);
});

test('a file that cannot be opened is a problem', () => {
  expect(readLintConfig('/nowhere/aks-netpol.yaml').problems).toMatchObject([
    { code: 'file-unreadable', source: { file: '/nowhere/aks-netpol.yaml' } },
  ]);
});
