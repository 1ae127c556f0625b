import { stripVTControlCharacters } from 'node:util';
import { defined } from '../../lib/model/defined';
import { IpSet } from '../../lib/model/ip-set';
import { PortSet } from '../../lib/model/port-set';
import type { Connection } from '../../lib/reachability/answers/parties';
import { connectionListing } from '../../lib/render/connection-listing';
import { type Format, RENDERERS } from '../../lib/render/outputs';
import { connection, member, workloads } from './rows';

const OUTSIDE = IpSet.ofCidrs(['10.0.0.0/8']).or(
  IpSet.ofBlock({ cidr: '11.0.0.0/30', except: ['11.0.0.0/32'] }),
);
const HTTP_AND_DNS = PortSet.range('TCP', 80).or(PortSet.range('UDP', 53));

const ROWS: readonly Connection[] = [
  connection(workloads('api', 'web'), workloads('db')),
  {
    ...connection({ addresses: OUTSIDE }, workloads('web'), PortSet.ALL),
    verdict: 'unknown',
  },
  connection({ workloads: [member('web', ['web-0', 'web-1'])] }, workloads('api'), HTTP_AND_DNS),
];

const render = (format: Format, rows: Iterable<Connection>) => [
  ...RENDERERS[format](connectionListing(rows)),
];
const text = (format: Format, rows: Iterable<Connection> = ROWS) => render(format, rows).join('');

test('a table gives each member of a party a line of its own, and ends no line with blanks', () => {
  expect(text('table')).toBe(`\
FROM                          TO        PORTS           VERDICT
shop/api                      shop/db   5432/TCP        allowed
shop/web
10.0.0.0/8                    shop/web  *               unknown
11.0.0.1-11.0.0.3
shop/web (pods web-0, web-1)  shop/api  80/TCP, 53/UDP  allowed
`);
});

test.each([
  {
    why: 'the second column',
    from: ['a', 'b'],
    to: ['c', 'd', 'e', 'f'],
    below: ['        shop/e', '        shop/f'],
  },
  { why: 'the first column', from: ['a', 'b', 'e', 'f'], to: ['c', 'd'], below: ['shop/e', 'shop/f'] },
  { why: 'no column', from: ['a', 'b'], to: ['c', 'd'], below: [] },
])('below the lines that columns share, $why stands alone', ({ from, to, below }) => {
  const lines = text('table', [connection(workloads(...from), workloads(...to))]).split('\n');
  expect(lines.slice(1)).toEqual(['shop/a  shop/c  5432/TCP  allowed', 'shop/b  shop/d', ...below, '']);
});

test.each([undefined, 40])(
  'on a terminal %s wide verdicts have colours, and every line its width',
  (width) => {
    const how = defined({ width });
    const coloured = [...RENDERERS.table(connectionListing(ROWS), { ...how, colour: true })].join('');
    expect(coloured).toContain('\u001b[32mallowed\u001b[39m');
    expect(coloured).toContain('\u001b[33munknown\u001b[39m');
    expect(stripVTControlCharacters(coloured)).toBe(
      [...RENDERERS.table(connectionListing(ROWS), how)].join(''),
    );
  },
);

test('CSV quotes what holds a comma or a quote and ends each record with CR LF', () => {
  expect(text('csv').split('\r\n')).toEqual([
    'from,to,ports,verdict',
    '"shop/api, shop/web",shop/db,5432/TCP,allowed',
    '"10.0.0.0/8, 11.0.0.1-11.0.0.3",shop/web,*,unknown',
    '"shop/web (pods web-0, web-1)",shop/api,"80/TCP, 53/UDP",allowed',
    '',
  ]);
});

test('CSV doubles quotes inside a field, and a record is one line', () => {
  const odd = connection(workloads('say "hi"'), workloads('two\nlines'));
  expect(text('csv', [odd])).toContain('"shop/say ""hi""",shop/two\\u000alines,5432/TCP,allowed\r\n');
});

test.each([
  { why: 'a formula', cell: '=1+1', written: "'=1+1" },
  { why: 'a call', cell: '+cmd|x!A0', written: "'+cmd|x!A0" },
  { why: 'a formula behind blanks', cell: '  -2+3', written: "'  -2+3" },
  { why: 'a function', cell: '@SUM(1)', written: "'@SUM(1)" },
  { why: 'a formula of wide characters', cell: '\uff1d1', written: "'\uff1d1" },
  { why: 'a tab before one', cell: '\t=1', written: '\\u0009=1' },
  { why: 'a sign with a word, as of a change', cell: '+ opened', written: '+ opened' },
  { why: 'a sign alone', cell: '-', written: '-' },
  { why: 'a sign inside', cell: 'web-1=a', written: 'web-1=a' },
])('a cell of CSV is no formula: $why', ({ cell, written }) => {
  const listing = { name: 'x', columns: [{ heading: 'a', cell: () => [cell] }], rows: [1], toJson: () => 1 };
  expect([...RENDERERS.csv(listing)].join('')).toBe(`a\r\n${written}\r\n`);
});

test.each([
  { why: 'a mention', cell: '@team', written: '@&#8203;team' },
  { why: 'the number of an issue', cell: 'shop#12', written: 'shop#&#8203;12' },
  { why: 'the number of a merge request', cell: '!12', written: '!&#8203;12' },
  { why: 'an address', cell: 'https://a.b', written: 'https:&#8203;//a.b' },
  { why: 'a host', cell: 'WWW.a.b', written: 'WWW&#8203;.a.b' },
  { why: 'a link', cell: '[a](b)', written: '\\[a\\](b)' },
  { why: 'an image', cell: '![a](b)', written: '!\\[a\\](b)' },
  { why: 'HTML', cell: '<img src=x> &lt;', written: '\\<img src=x> \\&lt;' },
  { why: 'code', cell: '`a` ~~~', written: '\\`a\\` \\~\\~\\~' },
  { why: 'a formula', cell: '$a$', written: '\\$a\\$' },
  { why: 'a row of its own', cell: 'a\n| b', written: 'a\\\\u000a\\| b' },
  { why: 'a sign and a word', cell: '~ widened #a 1!', written: '~ widened #a 1!' },
])('a cell of Markdown is text: $why', ({ cell, written }) => {
  const listing = { name: 'x', columns: [{ heading: 'a', cell: () => [cell] }], rows: [1], toJson: () => 1 };
  expect([...RENDERERS.markdown(listing)].join('')).toBe(`| a |\n| --- |\n| ${written} |\n`);
});

test('a cell of a table is in its line', () => {
  const cell = () => ['a\n::error::b', '\u001b[31mc'];
  const listing = { name: 'x', columns: [{ heading: 'a', cell }], rows: [1], toJson: () => 1 };
  expect([...RENDERERS.table(listing)].join('')).toBe('A\na\\u000a::error::b\n\\u001b[31mc\n');
});

test('Markdown keeps stars and bars as they are', () => {
  expect(text('markdown')).toBe(`\
| from | to | ports | verdict |
| --- | --- | --- | --- |
| shop/api<br>shop/web | shop/db | 5432/TCP | allowed |
| 10.0.0.0/8<br>11.0.0.1-11.0.0.3 | shop/web | \\* | unknown |
| shop/web (pods web-0, web-1) | shop/api | 80/TCP, 53/UDP | allowed |
`);
  expect(text('markdown', [connection(workloads('a|b'), workloads('c'))])).toContain('| shop/a\\|b |');
});

test('JSON names its schema version and says all of a row', () => {
  expect(JSON.parse(text('json'))).toEqual({
    schemaVersion: 1,
    connections: [
      {
        from: {
          workloads: [
            { kind: 'Deployment', namespace: 'shop', name: 'api' },
            { kind: 'Deployment', namespace: 'shop', name: 'web' },
          ],
        },
        to: { workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'db' }] },
        ports: '5432/TCP',
        verdict: 'allowed',
      },
      {
        from: { ranges: ['10.0.0.0/8', '11.0.0.1-11.0.0.3'] },
        to: { workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'web' }] },
        ports: '*',
        verdict: 'unknown',
      },
      {
        from: {
          workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'web', pods: ['web-0', 'web-1'] }],
        },
        to: { workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'api' }] },
        ports: '80/TCP, 53/UDP',
        verdict: 'allowed',
      },
    ],
  });
});

test.each([
  ['table', 'FROM  TO  PORTS  VERDICT\n'],
  ['csv', 'from,to,ports,verdict\r\n'],
  ['markdown', '| from | to | ports | verdict |\n| --- | --- | --- | --- |\n'],
  ['json', '{"schemaVersion": 1, "connections": [\n]}\n'],
] as const)('an empty %s is still one', (format, expected) => {
  expect(text(format, [])).toBe(expected);
});

/** Rows that tell how many were asked for. */
function counted() {
  const seen = { rows: 0 };
  function* rows() {
    for (;;) {
      seen.rows += 1;
      yield connection(workloads(`from-${seen.rows}`), workloads('to'));
    }
  }
  return { seen, rows: rows() };
}

test.each([
  ['csv', 1],
  ['json', 1],
  ['markdown', 1],
  ['table', 1000],
] as const)('%s looks no further ahead than it must', (format, ahead) => {
  const { seen, rows } = counted();
  let pieces = 0;
  for (const _ of RENDERERS[format](connectionListing(rows))) {
    pieces += 1;
    if (pieces === 3000) break;
  }
  expect(seen.rows).toBeLessThanOrEqual(pieces + ahead);
  expect(seen.rows).toBeGreaterThan(2000);
});

test('a cell wider than the measured ones pushes its own line only', () => {
  const narrow = connection(workloads('a'), workloads('b'));
  const wide = connection(workloads('a'.repeat(40)), workloads('b'));
  const lines = text('table', [...Array<Connection>(1000).fill(narrow), wide, narrow]).split('\n');
  expect(lines[1001]).toBe(`shop/${'a'.repeat(40)}  shop/b  5432/TCP  allowed`);
  expect(lines[1002]).toBe(lines[1]);
});
