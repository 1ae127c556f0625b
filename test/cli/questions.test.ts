import { stripVTControlCharacters } from 'node:util';
import { splitPort } from '../../lib/cli/judge-question';
import { expectValid, validatorOf } from '../render/schemas';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';
import { useShopFiles } from './shop-files';

/** What `reach` and `explain` are asked and answer. */

const { folder, write, list, shop, uncertain, broken } = useShopFiles();

describe('reach', () => {
  test.each([
    { why: 'allowed is 0', words: ['shop/web', 'shop/db', '5432', shop], exitCode: 0 },
    { why: 'denied is 1', words: ['internet', 'shop/db', '5432/TCP', shop], exitCode: 1 },
    { why: 'allowed in part is 1', words: ['shop/web', 'shop/db', shop], exitCode: 1 },
    { why: 'unknown is 2', words: ['shop/web', 'shop/db', '80', uncertain], exitCode: 2 },
    { why: 'an end that nobody declares is 2', words: ['shop/wbe', 'shop/db', shop], exitCode: 2 },
    { why: 'an end that is none is 2', words: ['web', 'shop/db', shop], exitCode: 2 },
    {
      why: 'a name alone is in the namespace',
      words: ['web', 'db', '5432', '-n', 'shop', shop],
      exitCode: 0,
    },
    { why: 'a namespace that cannot be is 2', words: ['web', 'db', '-n', 'Shop', shop], exitCode: 2 },
    { why: 'the internet is in none', words: ['internet', 'db', '5432', '-n', 'shop', shop], exitCode: 1 },
    { why: 'a file that is missing is 2', words: ['shop/web', 'shop/db', '5432', `${shop}x`], exitCode: 2 },
    {
      why: 'a broken policy is 2, whatever the rest says',
      words: ['shop/web', 'internet', shop, broken],
      exitCode: 2,
    },
    { why: 'without a path it is 2', words: ['shop/web', 'shop/db'], exitCode: 2 },
    {
      why: 'an engine that enforces nothing allows',
      words: ['internet', 'shop/db', '--engine', 'none', shop],
      exitCode: 0,
    },
    {
      why: 'an engine that is none is 2',
      words: ['internet', 'shop/db', '--engine', 'cillium', shop],
      exitCode: 2,
    },
    {
      why: 'a format that is none is 2',
      words: ['internet', 'shop/db', '--format', 'xml', shop],
      exitCode: 2,
    },
  ])('$why', async ({ words, exitCode }) => {
    expect(await cli('reach', ...words)).toMatchObject({ exitCode });
  });

  test('answers with a row', async () => {
    expect((await cli('reach', 'shop/web', 'shop/db', '5432', shop)).out).toBe(
      'FROM      TO       PORT  VERDICT  OPEN\nshop/web  shop/db  5432  allowed  5432/TCP\n',
    );
    expect((await cli('reach', 'shop/web', 'shop/db', '--format', 'csv', shop)).out).toBe(
      'from,to,port,verdict,open\r\nshop/web,shop/db,*,partly,5432/TCP\r\n',
    );
  });

  test('answers in JSON with everything it knows', async () => {
    const { out } = await cli('reach', 'internet', 'shop/db', '5432', '--format', 'json', shop);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      verdicts: [
        {
          verdict: 'denied',
          question: { from: 'internet', to: 'shop/db', port: '5432' },
          ingress: { verdict: 'denied', isolatedBy: [{ policy: 'shop/db-ingress' }] },
          explanation: expect.arrayContaining(['Denied: internet to shop/db on 5432.']),
        },
      ],
    });
  });
});

test.each([
  { why: 'a number before a path is the port', words: ['5432', shop], port: '5432' },
  { why: 'so is a protocol, a range, a name', words: ['*/UDP', shop], port: '*/UDP' },
  { why: 'a name that is no file is a port', words: ['http', shop], port: 'http' },
  { why: 'a name that is a folder here is a path', words: ['lib', shop], port: undefined },
  { why: 'a single word is a path', words: ['http'], port: undefined },
  { why: 'but not one that nobody would call a file', words: ['5432'], port: '5432' },
  { why: 'standard input is no port', words: ['-', shop], port: undefined },
  { why: 'a name with its protocol that is no file is a port', words: ['dns/UDP'], port: 'dns/UDP' },
  { why: 'a folder in a folder is a path', words: ['lib/model', shop], port: undefined },
  { why: 'a folder with a date for a name is a path', words: ['2026-11-30', shop], port: undefined },
  { why: 'a path that is missing is a path', words: ['policies.yaml', shop], port: undefined },
])('$why', ({ words, port }) => {
  expect(splitPort(words).port).toBe(port);
  expect(splitPort(words).paths).toEqual(port === undefined ? words : words.slice(1));
});

test.each([
  { why: 'an end', words: ['Internet', 'shop/db'], as: ['internet', 'shop/db'] },
  { why: 'any pod', words: ['ANY', 'shop/db'], as: ['any', 'shop/db'] },
  {
    why: 'an engine',
    words: ['internet', 'shop/db', '--engine', 'Cilium'],
    as: ['internet', 'shop/db', '--engine', 'cilium'],
  },
])('$why is taken in letters of any size', async ({ words, as }) => {
  expect(await cli('explain', ...words, '5432', shop)).toEqual(await cli('explain', ...as, '5432', shop));
});

test('a misspelt engine is asked back', async () => {
  const { err } = await cli('reach', 'internet', 'shop/db', '--engine', 'cillium', shop);
  expect(err).toContain('Did you mean cilium?');
});

test('a misspelt field of a profile is named as it stands there', async () => {
  const profile = write('misspelt.yaml', 'engin: cilium\n');
  expect((await cli('reach', 'internet', 'shop/db', '--profile', profile, shop)).err).toBe(
    `error: ${profile}: profile.engin: unknown field "engin"; did you mean "engine"? [field-unknown]\n`,
  );
});

test('a protocol may be in small letters', async () => {
  const written = async (port: string) => {
    const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', port, shop);
    return { out: out.replaceAll(port, port.toUpperCase()), err, exitCode };
  };
  expect(await written('5432/tcp')).toEqual(await written('5432/TCP'));
});

test.each([
  '99999',
  '90-80',
  '80/ICMP',
  'http ',
  ' 5432',
  'tcp/5432',
  'UDP:53',
  '5432,5433',
  '5432, 53/UDP',
  '80:90',
  'tcp/http',
])(
  'what looks like a port and is none, %s, is told as such, and not as a file that is missing',
  async (port) => {
    const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', port, shop);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(`is not a port, a range of ports or a port name; got "${port}"`);
  },
);

test('a path that was forgotten after the port is asked for', async () => {
  const { err } = await cli('reach', 'shop/web', 'shop/db', '5432');
  expect(err).toMatch(/^error: the paths: .*; got nothing; name files and folders/);
});

test('verdicts have colours where they are asked for', async () => {
  for (const [verb, word] of [
    ['reach', 'allowed'],
    ['explain', 'Allowed'],
  ] as const) {
    const told = async (...words: string[]) =>
      (await cli(verb, 'shop/web', 'shop/db', '5432', ...words, shop)).out;
    const out = await told('--color', 'always');
    expect(out).toContain(`\u001b[32m${word}\u001b[39m`);
    expect(stripVTControlCharacters(out)).toBe(await told());
  }
});

test('explain without a port tells of each class of ports which rules decide, and every policy', async () => {
  const rule = (app: string, ...ports: object[]) => ({
    from: [{ podSelector: { matchLabels: { app } } }],
    ports,
  });
  const onDb = (...ingress: object[]) => ({ podSelector: { matchLabels: { app: 'db' } }, ingress });
  const file = list('classes.json', [
    deployment('web'),
    deployment('db', [5432]),
    policy('a', onDb(rule('web', { port: 5432 }))),
    policy('b', onDb(rule('web', { port: 9000, endPort: 9100 }))),
    policy('c', onDb(rule('web', { port: 9050 }, { port: 53, protocol: 'UDP' }), rule('lab', { port: 1 }))),
  ]);
  const { out, exitCode } = await cli('explain', 'shop/web', 'shop/db', file);
  expect(exitCode).toBe(1);
  expect(out.replaceAll(file, 'FILE')).toMatchInlineSnapshot(`
"Partly: shop/web to shop/db; open on 5432/TCP, 9000-9100/TCP, 53/UDP.
Out of shop/web: allowed; no policy isolates it.
Into shop/db: partly; isolated by policy shop/a (FILE:1), policy shop/b (FILE:1), policy shop/c (FILE:1).
On 53/UDP: allowed by policy shop/c ingress rule 0 (peer 0, port 1, FILE:1).
On 5432/TCP: allowed by policy shop/a ingress rule 0 (peer 0, port 0, FILE:1).
On 9000-9049/TCP, 9051-9100/TCP: allowed by policy shop/b ingress rule 0 (peer 0, port 0, FILE:1).
On 9050/TCP: allowed by policy shop/b ingress rule 0 (peer 0, port 0, FILE:1), policy shop/c ingress rule 0 (peer 0, port 0, FILE:1).
On every other port: denied into shop/db; no rule allows it.
"
`);
  expect((await cli('explain', 'internet', 'shop/db', file)).out).not.toContain('every other port');
  const { out: json } = await cli('explain', 'shop/web', 'shop/db', '--format', 'json', file);
  expectValid(validatorOf('verdicts'), json);
});

test('explain answers in sentences, with file and line', async () => {
  const { out, exitCode } = await cli('explain', 'internet', 'shop/db', '5432', shop);
  expect(exitCode).toBe(1);
  expect(out.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"Denied: internet to shop/db on 5432.
Out of internet: allowed; is no pod, so no policy judges it.
Into shop/db: denied; isolated by policy shop/db-ingress (FOLDER/shop.json:1).
Nearest: policy shop/db-ingress ingress rule 0 (port 0, FOLDER/shop.json:1) allows 5432/TCP only from pods with app=web in namespace shop.
"
`);
});

describe('a cluster with Cilium', () => {
  const named = list('named.json', [
    deployment('web'),
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        endpointSelector: { matchLabels: { app: 'web' } },
        egress: [
          {
            toPorts: [
              { ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } },
              {
                ports: [{ port: '80', protocol: 'TCP' }],
                rules: { http: [{ method: 'GET', path: '/orders' }] },
              },
            ],
          },
          {
            toFQDNs: [{ matchPattern: '*.example.com' }],
            toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
          },
        ],
      },
    },
  ]);
  const profile = write('l7.yaml', 'engine: cilium\nacns: L7\nkubernetesVersion: "1.35"\n');
  const reach = (...words: string[]) => cli('reach', ...words, '--profile', profile, named);

  test.each([
    { why: 'a host that is named', words: ['shop/web', 'login.example.com', '443'], exitCode: 0 },
    { why: 'in a namespace, too', words: ['web', 'login.example.com', '443', '-n', 'shop'], exitCode: 0 },
    { why: 'another host', words: ['shop/web', 'example.org', '443'], exitCode: 1 },
    {
      why: 'a request that passes',
      words: ['shop/web', '8.8.8.8', '80', '--http', 'GET /orders'],
      exitCode: 0,
    },
    {
      why: 'a request that does not',
      words: ['shop/web', '8.8.8.8', '80', '--http', 'PUT /orders'],
      exitCode: 1,
    },
    { why: 'what is no request', words: ['shop/web', '8.8.8.8', '80', '--http', '/orders'], exitCode: 2 },
    { why: 'a host as a source', words: ['login.example.com', 'shop/web'], exitCode: 2 },
  ])('$why: $exitCode', async ({ words, exitCode }) => {
    expect(await reach(...words)).toMatchObject({ exitCode });
  });

  test('what is filtered stands behind the verdict', async () => {
    expect((await reach('shop/web', '8.8.8.8', '80')).out).toBe(
      'FROM      TO       PORT  VERDICT                         OPEN\n' +
        'shop/web  8.8.8.8  80    allowed, filtered: GET /orders  80/TCP\n',
    );
    const { verdicts } = JSON.parse((await reach('shop/web', '8.8.8.8', '80', '--format', 'json')).out);
    expect(verdicts[0]).toMatchObject({
      verdict: 'allowed',
      egress: {
        filters: [
          {
            extent: 'wholly',
            ports: '80/TCP',
            requests: [{ method: 'GET', path: '/orders' }],
            by: [{ policy: 'shop/web', rule: 0 }],
          },
        ],
      },
    });
  });
});
