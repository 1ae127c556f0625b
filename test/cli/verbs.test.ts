import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_CODES } from '../../lib/cli/exit-code';
import { splitPort } from '../../lib/cli/question';
import { PROGRAM, verbsOf } from '../support/outlined';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP, UNCERTAIN } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const shop = write('shop.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: SHOP }));
const uncertain = write(
  'uncertain.json',
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items: UNCERTAIN }),
);
const broken = write(
  'broken.yaml',
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: broken, namespace: shop }
spec:
  podSelector: { matchLabels: { team: y } }
  egres: []
`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const UNKNOWN = 'a verdict that they could change is unknown\n';

test.each([
  { verb: ['connections'], exitCode: 0 },
  { verb: ['reach', 'shop/web', 'shop/db', '5432'], exitCode: 2 },
  { verb: ['explain', 'shop/web', 'shop/db', '5432'], exitCode: 2 },
  { verb: ['lint', '--fail-on', 'never'], exitCode: 0 },
  { verb: ['list'], exitCode: 0 },
])('$verb.0 tells of policies that it does not judge', async ({ verb, exitCode }) => {
  const other = (kind: string, group: string, name: string) => ({
    apiVersion: `${group}/v2`,
    kind,
    metadata: { name },
  });
  const items = [
    other('CiliumNetworkPolicy', 'cilium.io', 'a'),
    other('CiliumNetworkPolicy', 'cilium.io', 'b'),
    other('AdminNetworkPolicy', 'policy.networking.k8s.io', 'c'),
    other('Certificate', 'cert-manager.io', 'd'),
  ];
  const others = write('others.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  expect(await cli(...verb, shop, others)).toMatchObject({
    err:
      `not judged: 1 AdminNetworkPolicy.policy.networking.k8s.io (c); ${UNKNOWN}` +
      `not judged: 2 CiliumNetworkPolicy.cilium.io (default/a, default/b); ${UNKNOWN}`,
    exitCode,
  });
  rmSync(others);
});

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
  '99999',
  '90-80',
  '80/tcp',
  '80/ICMP',
  '*/udp',
  'http ',
  ' 5432',
  'tcp/5432',
  'UDP:53',
  '5432,5433',
  '5432, 53/UDP',
  '80:90',
  'dns/udp',
  'tcp/http',
])(
  'what looks like a port and is none, %s, is told as such, and not as a file that is missing',
  async (port) => {
    const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', port, shop);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(`is no port, range of ports or port name; got "${port}"`);
  },
);

test('a path that was forgotten after the port is asked for', async () => {
  const { err } = await cli('reach', 'shop/web', 'shop/db', '5432');
  expect(err).toMatch(/^error: the paths: .*; got nothing; name files and folders/);
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

test('list passes over what only the server writes, where a manifest has something else there', async () => {
  const items = [
    { managedFields: null, creationTimestamp: null },
    { managedFields: 'none', creationTimestamp: 'soon' },
    { managedFields: [null], creationTimestamp: 1 },
  ].map((fields, i) => {
    const { metadata, ...rest } = policy(`p${i}`, { podSelector: {} });
    return { ...rest, metadata: { ...metadata, ...fields } };
  });
  const { out, err, exitCode } = await cli(
    'list',
    write('edited.json', JSON.stringify({ kind: 'List', items })),
  );
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out.match(/ Ingress +none known +- +-$/gm)).toHaveLength(3);
});

test('a problem is told in one line of what a terminal shows, whatever a name holds', async () => {
  const { metadata, ...rest } = policy('p', { podSelector: {} });
  const items = [{ ...rest, metadata: { ...metadata, name: 'a\u001b[2J\u009bb', namespace: 'x\ny' } }];
  const odd = write('odd.json', JSON.stringify({ kind: 'List', items }));
  for (const verb of ['list', 'import']) {
    const { err } = await cli(verb, odd);
    expect(err).toMatch(/^(.*NetworkPolicy x\\u000ay\/a\\u001b\[2J\\u009bb: .*\n)+$/);
  }
});

describe('show', () => {
  const homeless = write(
    'homeless.json',
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny' },
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.1.2.3/8' } }] }] },
    }),
  );
  const old = write('old.yaml', 'kubernetesVersion: "1.35"\n');

  test.each([
    { why: 'a policy in the namespace', words: ['db-ingress', '-n', 'shop', shop] },
    { why: 'a policy by namespace and name, as it is printed', words: ['shop/db-ingress', shop] },
    {
      why: 'a policy that names no namespace, in the one that is named, as the version of the profile takes it',
      words: ['deny', '-n', 'shop', '--profile', old, homeless],
    },
  ])('tells $why', async ({ words }) => {
    const { out, err, exitCode } = await cli('show', ...words);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toContain(' in namespace shop.\n');
  });

  test('says of a finding which field it is about', async () => {
    const { out } = await cli('show', 'deny', '--profile', old, homeless);
    expect(out).toContain(
      '  warning  cidr-not-canonical  spec.ingress[0].from[0].ipBlock.cidr: 10.1.2.3/8: Kubernetes 1.36',
    );
  });

  test.each([
    {
      why: 'of its name elsewhere',
      words: ['db-ingress', '-n', 'bank'],
      says: 'there is one in shop: name it with --namespace',
    },
    { why: 'beside it', words: ['db', '-n', 'shop'], says: 'namespace shop has db-ingress' },
    { why: 'at all', words: ['db', '-n', 'bank'], says: 'see aks-netpol list' },
  ])('of a policy that is not there says what there is $why', async ({ words, says }) => {
    const { err, exitCode } = await cli('show', ...words, shop);
    expect(err).toMatch(/^error: show: there is no network policy of this name in this namespace; got /);
    expect(err).toContain(`; ${says} [object-missing]`);
    expect(exitCode).toBe(2);
  });

  test('refuses a namespace that cannot be, and says where it stands', async () => {
    const { err, exitCode } = await cli('show', 'Shop/db-ingress', shop);
    expect(err).toMatch(/^error: Shop\/db-ingress: a namespace's name has/);
    expect(exitCode).toBe(2);
  });
});

test.each([
  { words: ['connections'] },
  { words: ['reach', 'internet', 'shop/db'] },
  { words: ['explain', 'internet', 'shop/db'] },
  { words: ['lint'] },
  { words: ['list'] },
  { words: ['show', 'db-ingress'] },
  { words: ['import'] },
  { words: ['apply', '--dry-run'] },
  { words: ['create', '--dry-run', '--filename'] },
  { words: ['drift'] },
])('$words.0 refuses a --namespace that cannot be before it asks anybody', async ({ words }) => {
  const { out, err, exitCode } = await cli(...words, shop, '-n', 'Shop');
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
  expect(err).toMatch(/^error: --namespace: .*got "Shop"; write "shop"/);
});

test('connections lists everything, filtered and grouped as asked', async () => {
  expect((await cli('connections', shop)).out).toMatchInlineSnapshot(`
"FROM            TO                         PORTS     VERDICT
shop/web        shop/db                    5432/TCP  allowed
everybody       shop/web                   *         allowed
every workload  any pod and every address  *         allowed
"
`);
  expect(
    (await cli('connections', '--to', 'shop/db', '--format', 'markdown', shop)).out,
  ).toMatchInlineSnapshot(`
"| from | to | ports | verdict |
| --- | --- | --- | --- |
| shop/web | shop/db | 5432/TCP | allowed |
"
`);
  const { out } = await cli(
    'connections',
    '--from',
    'internet',
    '--group-by',
    'workload',
    '--format',
    'json',
    shop,
  );
  expect(JSON.parse(out)).toMatchObject({
    connections: [{ to: { workloads: [{ name: 'web' }] }, ports: '*' }],
  });
});

test('the order of the input does not change the answer', async () => {
  const turned = write('turned.json', JSON.stringify({ kind: 'List', items: [...SHOP].reverse() }));
  expect((await cli('connections', turned)).out).toBe((await cli('connections', shop)).out);
});

test('every problem is told at once, with file, line and column, beside an answer that counts on none', async () => {
  const { out, err, exitCode } = await cli('connections', shop, broken, join(folder, 'missing.yaml'));
  expect(exitCode).toBe(2);
  expect(err.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"FOLDER/broken.yaml:5:39: NetworkPolicy shop/broken: spec.podSelector.matchLabels: must be a string; got y, which YAML reads as true; quote it: "y" [type-mismatch]
FOLDER/broken.yaml:6:3: NetworkPolicy shop/broken: spec.egres: there is no such field; got "egres"; the fields here are podSelector, policyTypes, ingress, egress [field-unknown]
FOLDER/missing.yaml: the source: there is no such file or folder; got ENOENT; check its name and permissions [file-unreadable]
"
`);
  expect(out).not.toContain('allowed');
  expect(out).toContain('unknown');
});

describe('--profile', () => {
  const profile = write('profile.yaml', 'engine: none\nkubernetesVersion: 1.30\n');

  test('is the cluster that is judged', async () => {
    expect(await cli('reach', 'internet', 'shop/db', '--profile', profile, shop)).toMatchObject({
      exitCode: 0,
    });
  });

  test('gives way to --engine', async () => {
    const words = ['internet', 'shop/db', '--profile', profile, '--engine', 'calico', shop];
    expect(await cli('reach', ...words)).toMatchObject({ exitCode: 1 });
  });

  test.each([
    { why: 'that is missing', file: join(folder, 'nowhere.yaml'), says: 'nowhere.yaml' },
    { why: 'with an unknown field', file: write('field.yaml', 'engin: azure\n'), says: '[field-unknown]' },
    { why: 'that is no YAML', file: write('no.yaml', '{engine'), says: '[profile-unreadable]' },
  ])('$why is wrong usage, in one line', async ({ file, says }) => {
    const { err, exitCode } = await cli('reach', 'internet', 'shop/db', '--profile', file, shop);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^error: .*\n$/);
    expect(err).toContain(says);
  });
});

describe('diff', () => {
  const list = (name: string, items: readonly object[]) =>
    write(name, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const open = list('open.json', [deployment('web'), deployment('db', [5432])]);
  const moved = list('moved.json', [...SHOP].reverse());
  const doubtful = list('doubtful.json', [
    ...SHOP.slice(0, 2),
    policy('db-ingress', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }],
    }),
  ]);
  const other = list('other.json', [
    ...SHOP.slice(0, 2),
    policy('db-ingress', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }],
    }),
  ]);

  test.each([
    { why: 'a change is 0', words: [open, shop], exitCode: 0 },
    { why: 'a change is 1 with --exit-code', words: ['--exit-code', open, shop], exitCode: 1 },
    { why: 'no change is 0 with --exit-code', words: ['--exit-code', shop, moved], exitCode: 0 },
    {
      why: 'a change for pods that nobody declares is 1 with --exit-code',
      words: ['--exit-code', doubtful, other],
      exitCode: 1,
    },
    {
      why: 'what only may change is 2 with --exit-code',
      words: ['--exit-code', '--known-only', doubtful, other],
      exitCode: 2,
    },
    { why: 'a broken policy before is 2', words: [broken, shop], exitCode: 2 },
    { why: 'a broken policy after is 2', words: ['--exit-code', shop, broken], exitCode: 2 },
    { why: 'one path is 2', words: [shop], exitCode: 2 },
    { why: 'standard input twice is 2', words: ['-', '-'], exitCode: 2 },
    { why: 'an engine that is none is 2', words: ['--engine-after', 'x', shop, shop], exitCode: 2 },
    {
      why: 'another engine may change the same policies',
      words: ['--exit-code', '--engine', 'none', '--engine-after', 'cilium', shop, shop],
      exitCode: 1,
    },
    {
      why: 'one engine before and after changes nothing',
      words: ['--exit-code', '--engine', 'none', open, shop],
      exitCode: 0,
    },
  ])('$why', async ({ words, exitCode }) => {
    expect(await cli('diff', ...words)).toMatchObject({ exitCode });
  });

  test('--profile-after brings its own engine', async () => {
    const profile = write('after.yaml', 'engine: cilium\n');
    const words = ['--exit-code', '--engine', 'none', '--profile-after', profile, shop, shop];
    expect(await cli('diff', ...words)).toMatchObject({ exitCode: 1 });
  });

  test('tells a default deny that comes or goes below the numbers', async () => {
    const denied = list('denied.json', [
      deployment('web'),
      policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
    ]);
    const one = list('one.json', [deployment('web')]);
    expect((await cli('diff', one, denied)).out).toContain(
      'opens 0; closes 6\nshop gets its first default deny for ingress\n\n',
    );
    expect((await cli('diff', '--format', 'markdown', denied, one)).out).toContain(
      '**opens 6; closes 0**<br>\n**shop loses its last default deny for ingress**\n\n',
    );
  });

  test('marks each row, with who is responsible', async () => {
    expect((await cli('diff', open, shop)).out.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
"opens 0; closes 4

CHANGE      FROM                       TO       BEFORE  AFTER
~ narrowed  shop/web                   shop/db  *       5432/TCP
    shop/db-ingress · FOLDER/shop.json:1 · isolates ingress
- closed    everybody except shop/web  shop/db  *       none
    shop/db-ingress · FOLDER/shop.json:1 · isolates ingress
"
`);
    expect(
      (await cli('diff', '--format', 'markdown', shop, open)).out.replaceAll(folder, 'FOLDER'),
    ).toMatchInlineSnapshot(`
"**opens 4; closes 0**

| change | from | to | before | after | by |
| --- | --- | --- | --- | --- | --- |
| + opened | everybody except shop/web | shop/db | none | \\* | shop/db-ingress · FOLDER/shop.json:1 · isolated ingress before |
| ~ widened | shop/web | shop/db | 5432/TCP | \\* | shop/db-ingress · FOLDER/shop.json:1 · isolated ingress before |
"
`);
  });

  test('says that nothing changes, and shows no empty table', async () => {
    expect((await cli('diff', shop, moved)).out).toBe('no connection changes\n');
    expect((await cli('diff', '--format', 'markdown', shop, moved)).out).toBe('**no connection changes**\n');
    expect((await cli('diff', '--format', 'csv', shop, moved)).out).toBe(
      'change,from,to,before,after,by\r\n',
    );
    expect(JSON.parse((await cli('diff', '--format', 'json', shop, moved)).out)).toMatchObject({
      summary: { opens: { connections: 0 } },
      changes: [],
    });
  });
});

const VERBS = verbsOf(PROGRAM)
  .map((verb) => verb.name())
  .filter((name) => name !== 'help');

test.each(VERBS)(
  '%s --help shows examples that fit a terminal, and the one table of exit codes',
  async (verb) => {
    const { out, exitCode } = await cli(verb, '--help');
    expect(exitCode).toBe(0);
    const [, examples = ''] =
      new RegExp(`\n\nExamples:\n((?:  .*aks-netpol ${verb}\\b.*\n)+)${EXIT_CODES}\n$`).exec(out) ?? [];
    expect(examples).not.toBe('');
    expect(examples.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);

test('the exit codes stand in one table: no other file of the command line has a number for one', () => {
  const folder = join(__dirname, '../../lib/cli');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files).toContain('commands/reach.ts');
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  expect(files.filter((file) => /exitCode\s*[=:]\s*\d|process\.exit\(/.test(text(file)))).toEqual([]);
});

test('without a verb the help is shown, and it is wrong usage', async () => {
  expect(await cli()).toMatchObject({ out: '', err: expect.stringContaining('Commands:'), exitCode: 2 });
});
