import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../support/run-cli';
import { deployment, policy, SHOP } from '../support/shop';
import { useShopFiles } from './shop-files';

const { folder, list, shop, uncertain, write } = useShopFiles();

const dbFrom = (...from: readonly object[]) =>
  policy('db-ingress', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [{ from, ports: [{ protocol: 'TCP', port: 5432 }] }],
  });
const web = { podSelector: { matchLabels: { app: 'web' } } };
const shut = list('shut.json', [
  ...SHOP.slice(0, 2),
  policy('db-ingress', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] }),
]);
const toInternet = list('internet.json', [
  ...SHOP.slice(0, 2),
  dbFrom(web, { ipBlock: { cidr: '8.8.8.0/24' } }),
]);
const toOffice = list('office.json', [
  ...SHOP.slice(0, 2),
  dbFrom(web, { ipBlock: { cidr: '10.9.0.0/16' } }),
]);
const toAll = list('all.json', [...SHOP.slice(0, 2), dbFrom({ namespaceSelector: {} })]);
const withCache = list('cache.json', [...SHOP, deployment('cache')]);
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
};
const entered = list('entered.json', [...SHOP, service]);
const nowhere = list('nowhere.json', [
  ...SHOP,
  { ...service, spec: { ...service.spec, selector: { app: 'gone' } } },
]);

const gated = (gate: string, ...words: string[]) => cli('diff', '--fail-on', gate, ...words);

describe.each([
  { why: 'a connection opens', words: [shut, shop], fails: ['opened', 'namespace:shop'] },
  { why: 'a connection closes', words: [shop, shut], fails: ['closed', 'namespace:shop'] },
  {
    why: 'addresses of the internet may connect',
    words: [shop, toInternet],
    fails: ['opened', 'internet', 'namespace:shop'],
  },
  {
    why: 'private addresses may connect',
    words: ['--engine', 'cilium', shop, toOffice],
    fails: ['opened', 'namespace:shop'],
  },
  {
    why: 'any pod may connect',
    words: [shop, toAll],
    fails: ['opened', 'any-pod', 'namespace:shop', 'namespace:other'],
  },
  {
    why: 'a workload is new that nothing isolates',
    words: [shop, withCache],
    fails: ['added', 'internet', 'any-pod', 'namespace:shop', 'namespace:other'],
  },
  {
    why: 'a way into the cluster is new',
    words: [shop, entered],
    fails: ['opened', 'internet', 'namespace:shop'],
  },
  {
    why: 'a way is new that leads to nobody',
    words: [shop, nowhere],
    fails: ['opened', 'internet', 'namespace:shop'],
  },
  { why: 'a way into the cluster is gone', words: [entered, shop], fails: ['closed', 'namespace:shop'] },
  { why: 'nothing changes', words: [shop, shop], fails: [] },
])('where $why', ({ words, fails }) => {
  test.each([
    'opened',
    'closed',
    'added',
    'internet',
    'any-pod',
    'unknown',
    'namespace:shop',
    'namespace:other',
  ])('gate %s', async (gate) => {
    const { out, exitCode } = await gated(gate, ...words);
    const has = fails.some((each) => each === gate);
    expect({ out: out.split('\n')[0], exitCode }).toEqual({
      out: has ? expect.stringMatching(`^Gate ${gate} fails: (opens|closes) `) : `Gate ${gate} passes.`,
      exitCode: has ? 1 : 0,
    });
  });
});

test('where nothing is known to open and something may, a gate is 2, and the gate about that is 1', async () => {
  const words = ['--known-only', shop, uncertain];
  const team = (name: string) =>
    policy('db-by-team', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: name } }, podSelector: {} }] }],
    });
  const [a, b] = [list('a.json', [...SHOP, team('a')]), list('b.json', [...SHOP, team('b')])];
  expect(await gated('opened', '--known-only', a, b)).toMatchObject({
    out: expect.stringMatching(/^Gate opened cannot be judged: may change .* → shop\/db/),
    exitCode: 2,
  });
  expect(await gated('unknown', ...words)).toMatchObject({
    out: expect.stringContaining('Gate unknown fails: may change'),
    exitCode: 1,
  });
  expect((await gated('internet', ...words)).exitCode).toBe(0);
});

test('filters that change leave every gate open, and fail the one about what is unknown', async () => {
  const filtered = (method: string) =>
    list(`filtered-${method}.json`, [
      ...SHOP.slice(0, 2),
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'db', namespace: 'shop' },
        spec: {
          endpointSelector: {},
          ingress: [
            { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method }] } }] },
          ],
        },
      },
    ]);
  const profile = write('cilium.yaml', 'engine: cilium\nacns: L7\nkubernetesVersion: "1.35"\n');
  const words = ['--profile', profile, filtered('GET'), filtered('PUT')];
  expect(await gated('opened', ...words)).toMatchObject({
    out: expect.stringContaining(
      'Gate opened cannot be judged: filters change of CiliumNetworkPolicy shop/db.',
    ),
    exitCode: 2,
  });
  expect((await gated('unknown', ...words)).exitCode).toBe(1);
});

test('several gates are judged each, and the one that fails decides, beside --exit-code too', async () => {
  const { out, exitCode } = await gated('closed', '--fail-on', 'opened', '--exit-code', shut, shop);
  expect(out).toMatch(
    /^Gate closed passes\.\nGate opened fails: opens shop\/web → shop\/db 5432\/TCP\.\nopens 1; /,
  );
  expect(exitCode).toBe(1);
  expect((await gated('closed', '--exit-code', shut, shop)).exitCode).toBe(1);
  expect((await gated('closed', shut, shop)).exitCode).toBe(0);
});

test.each(['json', 'csv', 'markdown'])('as %s, standard error tells of the gates, too', async (format) => {
  const { out, err } = await gated('opened', '--format', format, shut, shop);
  expect(err).toContain('Gate opened fails: opens shop/web → shop/db 5432/TCP.\n');
  if (format === 'json') {
    expect(JSON.parse(out).gates).toEqual([
      {
        gate: 'opened',
        outcome: 'failed',
        accepted: 0,
        because: [{ change: 'opened', from: ['shop/web'], to: ['shop/db'], ports: '5432/TCP' }],
      },
    ]);
  }
});

test.each([
  { why: 'a gate that is none', words: ['--fail-on', 'widened'] },
  { why: 'a namespace that is no name', words: ['--fail-on', 'namespace:a/b'] },
  { why: 'the gate about any pod without any pod', words: ['--fail-on', 'any-pod', '--known-only'] },
  { why: 'a baseline without a gate', words: ['--write-baseline', join(folder, 'none.yaml')] },
])('$why is 2', async ({ words }) => {
  expect((await cli('diff', ...words, shop, shop)).exitCode).toBe(2);
});

describe('what is accepted', () => {
  const accept = (more: string) =>
    write(
      'accepted.yaml',
      `acceptChanges: [{ change: opened, from: shop/web, to: shop/db, reason: orders${more} }]\n`,
    );
  const judged = (file: string, after = shop) => gated('opened', '--config', file, shut, after);

  test.each([
    { why: 'on all ports', more: '', exitCode: 0 },
    { why: 'on its port', more: ', ports: 5432/TCP', exitCode: 0 },
    { why: 'until some day', more: ", until: '2999-12-31'", exitCode: 0 },
    { why: 'on another port', more: ', ports: 5433/TCP', exitCode: 1 },
    { why: 'no longer', more: ", until: '2026-01-01'", exitCode: 1 },
  ])('$why', async ({ more, exitCode }) => {
    expect(await judged(accept(more))).toMatchObject({ exitCode });
  });

  test('is counted, and what is over is told', async () => {
    expect((await judged(accept(''))).out).toContain('Gate opened passes; 1 change is accepted.\n');
    expect((await judged(accept(", until: '2026-01-01'"))).err).toMatch(
      /accepted\.yaml:1:\d+: accepted until 2026-01-01, which is over: orders\n$/,
    );
  });

  test('lets pass nothing beside it', async () => {
    expect(await judged(accept(''), toInternet)).toMatchObject({
      out: expect.stringContaining(
        'Gate opened fails: opens 8.8.8.0/24 → shop/db 5432/TCP; 1 change is accepted.',
      ),
      exitCode: 1,
    });
  });

  test('is told where it did not happen', async () => {
    expect(await gated('opened', '--config', accept(''), shop, shop)).toMatchObject({
      err: expect.stringContaining('1 accepted change did not happen here'),
      exitCode: 0,
    });
  });

  test('leaves the answer open where a file has mistakes', async () => {
    const file = write('wrong.yaml', 'acceptChanges: [{ change: opened }]\n');
    expect((await gated('closed', '--config', file, shop, shop)).exitCode).toBe(2);
  });
});

describe('a baseline', () => {
  const file = join(folder, 'baseline.yaml');
  const written = (...words: string[]) =>
    gated('opened', '--fail-on', 'internet', '--write-baseline', file, ...words);

  test('accepts each change once, keeps reasons that somebody wrote, and lets what is new fail', async () => {
    expect(await written(shut, toInternet)).toMatchObject({
      err: expect.stringContaining('baseline.yaml now accepts 2 changes, new ones until '),
      exitCode: 0,
    });
    const text = readFileSync(file, 'utf8');
    expect(text.replaceAll(/until: .*/g, 'until: DAY')).toMatchInlineSnapshot(`
"# Written by aks-netpol diff --write-baseline, which may be run again: what still happens keeps its
# reason and its day, what does not goes, and comments do not stay. What happens beyond this is not accepted.
# Write for each why it is all right, or take it out.
acceptChanges:
  - change: opened
    from: ["shop/web"]
    to: ["shop/db"]
    ports: "5432/TCP"
    reason: "TODO: why is this all right?"
    until: DAY
  - change: opened
    from: ["8.8.8.0/24"]
    to: ["shop/db"]
    ports: "5432/TCP"
    reason: "TODO: why is this all right?"
    until: DAY
"
`);
    writeFileSync(file, text.replace('TODO: why is this all right?', 'the partner'));
    expect((await gated('opened', '--config', file, shut, toInternet)).exitCode).toBe(0);
    expect((await gated('opened', '--config', file, shut, toAll)).exitCode).toBe(1);
    expect((await written(shut, toInternet)).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('the partner');
    await written(shut, shop);
    expect(readFileSync(file, 'utf8').match(/change: /g)).toHaveLength(1);
  });

  test.each([
    { why: 'of lint', text: '# Written by aks-netpol lint --write-baseline\nacknowledge: []\n' },
    { why: 'that is none', text: 'acceptChanges: []\n' },
  ])('overwrites no file $why', async ({ text }) => {
    const other = write('other.yaml', text);
    const words = ['--write-baseline', other, shut, shop];
    expect(await gated('opened', ...words)).toMatchObject({ exitCode: 2 });
    expect(readFileSync(other, 'utf8')).toBe(text);
    expect((await gated('opened', '--force', ...words)).exitCode).toBe(0);
    expect(existsSync(other)).toBe(true);
  });
});
