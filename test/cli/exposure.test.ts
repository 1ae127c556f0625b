import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CROWDED } from '../support/crowded';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';
import { deployment, SHOP } from '../support/shop';

useRecordedKubectl();

const folder = mkdtempSync(join(tmpdir(), 'exposure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, items: readonly object[]) => {
  writeFileSync(join(folder, name), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return join(folder, name);
};

const FRONT = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front', namespace: 'shop' },
  spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
};

const closed = write('closed.json', SHOP);
const shop = write('shop.json', [...SHOP, FRONT]);
const crowded = write('crowded.json', CROWDED);

test('exposure tells of each workload who reaches it, whom it reaches, and its ways in', async () => {
  expect(await cli('exposure', shop)).toMatchInlineSnapshot(`
{
  "err": "",
  "exitCode": 0,
  "out": "WORKLOAD  FROM                  TO                             INTERNET  ENTRY
shop/db   shop/web on 5432/TCP  everybody except shop/db on *  out on *  -
shop/web  everybody on *        shop/db on 5432/TCP            in on *   Service shop/front (LoadBalancer) to 8080/TCP
                                everybody except shop/db on *  out on *
",
}
`);
});

test('with --wide every name is told', async () => {
  expect((await cli('exposure', shop, '--wide')).out).toMatchInlineSnapshot(`
"WORKLOAD  FROM                    TO                   INTERNET  ENTRY
shop/db   shop/web on 5432/TCP    shop/web on *        out on *  -
                                  0.0.0.0/0 on *
                                  any pod on *
shop/web  shop/db, shop/web on *  shop/db on 5432/TCP  in on *   Service shop/front (LoadBalancer) to 8080/TCP
          0.0.0.0/0 on *          shop/web on *        out on *
          any pod on *            0.0.0.0/0 on *
                                  any pod on *
"
`);
});

test('workloads that are treated alike share a row, and with --wide each has its own', async () => {
  const told = await cli('exposure', crowded);
  expect(told.out.match(/^every workload of namespace \w+/gm)).toHaveLength(3);
  expect(told.out).not.toMatch(/^shop\/app-099 /m);
  expect((await cli('exposure', crowded, '--wide')).out).toMatch(/^shop\/app-099 /m);
});

test('as Markdown and as CSV', async () => {
  expect((await cli('exposure', shop, '--format', 'markdown')).out).toContain(
    '| shop/web | everybody on \\* | shop/db on 5432/TCP<br>everybody except shop/db on \\* |',
  );
  expect((await cli('exposure', shop, '--format', 'csv')).out).toContain(
    'Service shop/front (LoadBalancer) to 8080/TCP\r\n',
  );
});

test('a filter tells of both ends', async () => {
  const { out } = await cli('exposure', shop, '--from', 'web', '--to', 'db', '-n', 'shop');
  expect(out).toMatchInlineSnapshot(`
"WORKLOAD  FROM                  TO                   INTERNET  ENTRY
shop/db   shop/web on 5432/TCP  -                    -         -
shop/web  -                     shop/db on 5432/TCP  -         Service shop/front (LoadBalancer) to 8080/TCP
"
`);
});

test('--known-only leaves out who could be there, and says so', async () => {
  const { out } = await cli('exposure', shop, '--known-only');
  expect(out).toMatch(/^Known pods only: /);
  expect(out).not.toContain('any pod');
});

test('a cluster shows every pod that it has, unless pods that could be there are asked for', async () => {
  const known = await cli('exposure', '--cluster');
  expect(known.out).toMatch(/^Known pods only: /);
  const all = await cli('exposure', '--cluster', '--possible');
  expect(all.out).not.toContain('Known pods only');
  expect(all.out).toContain('everybody');
});

test('what could not be read is told, and the exit code says it', async () => {
  const broken = write('broken.json', [...SHOP, { ...FRONT, spec: 1 }, deployment('x')]);
  const { err, exitCode } = await cli('exposure', broken);
  expect(exitCode).toBe(2);
  expect(err).toContain('spec');
});

describe('a way in that is new or gone is a row of diff', () => {
  test.each([
    {
      why: 'new',
      files: [closed, shop],
      row: /^\+ entry-added +Service shop\/front \(LoadBalancer\) +shop\/web +none +8080\/TCP$/m,
    },
    {
      why: 'gone',
      files: [shop, closed],
      row: /^- entry-removed +Service shop\/front \(LoadBalancer\) +shop\/web +8080\/TCP +none$/m,
    },
  ])('$why', async ({ files, row }) => {
    const { out, exitCode } = await cli('diff', '--exit-code', ...files);
    expect(out).toMatch(row);
    expect(out).toMatch(/^no connection changes\nentry points: 1 /);
    expect(exitCode).toBe(1);
  });

  test('in JSON it has the form of a change of a connection', async () => {
    const { changes, summary } = JSON.parse((await cli('diff', closed, shop, '--format', 'json')).out);
    expect(changes).toEqual([
      {
        change: 'entry-added',
        from: { entryPoint: { kind: 'Service', namespace: 'shop', name: 'front', type: 'LoadBalancer' } },
        to: { workloads: [{ kind: 'Deployment', namespace: 'shop', name: 'web' }] },
        before: { allowed: 'none', unknown: 'none' },
        after: { allowed: '8080/TCP', unknown: 'none' },
        opened: '8080/TCP',
        closed: 'none',
        unknown: 'none',
        by: [],
      },
    ]);
    expect(summary.entryPoints).toEqual({ added: 1, changed: 0, removed: 0 });
  });

  test('the same is none', async () => {
    expect(await cli('diff', '--exit-code', shop, shop)).toMatchObject({
      out: 'no connection changes\n',
      exitCode: 0,
    });
  });
});
