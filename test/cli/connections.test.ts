import { join } from 'node:path';
import { cli } from '../support/run-cli';
import { SHOP } from '../support/shop';
import { useShopFiles } from './shop-files';

const { folder, write, shop, broken } = useShopFiles();

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

test('a repeated end adds up, and what both have is listed once', async () => {
  const rows = async (...words: string[]) =>
    (await cli('connections', ...words, '--known-only', '--format', 'csv', shop)).out
      .split('\n')
      .slice(1, -1);
  const [web, db] = [await rows('--to', 'shop/web'), await rows('--to', 'shop/db')];
  expect([web.length, db.length]).toEqual([2, 1]);
  expect(await rows('--to', 'shop/web', '--to', 'shop/db')).toEqual([...web, ...db]);
  expect(await rows('--to', 'shop/web', '--to', 'shop/web')).toEqual(web);
  expect(await rows('--to', 'shop/*', '--to', 'shop/db')).toHaveLength(new Set([...web, ...db]).size);
  const [fromDb, fromOutside] = [
    await rows('--from', 'shop/db', '--to', 'shop/web'),
    await rows('--from', 'internet', '--to', 'shop/web'),
  ];
  expect([fromDb.length, fromOutside.length]).toEqual([1, 1]);
  expect(
    await rows('--from', 'shop/db', '--from', 'internet', '--to', 'shop/db', '--to', 'shop/web'),
  ).toEqual([...fromDb, ...fromOutside]);
});

describe('--port', () => {
  const rows = async (...words: string[]) => {
    const { out, exitCode } = await cli('connections', '--known-only', '--format', 'json', ...words, shop);
    expect(exitCode).toBe(0);
    const { ports, connections } = JSON.parse(out);
    return { ports, connections: connections.map((row: { ports: string }) => row.ports) };
  };

  test.each([
    { words: ['--port', '5432'], ports: '5432/TCP', is: ['5432/TCP', '5432/TCP', '5432/TCP', '5432/TCP'] },
    { words: ['--port', '53/udp'], ports: '53/UDP', is: ['53/UDP', '53/UDP', '53/UDP'] },
    {
      words: ['--port', '53/udp', '--port', '5000-6000'],
      ports: '5000-6000/TCP, 53/UDP',
      is: ['5432/TCP', '5000-6000/TCP, 53/UDP', '5000-6000/TCP, 53/UDP', '5000-6000/TCP, 53/UDP'],
    },
  ])('$words lists what is open on $ports, and says so', async ({ words, ports, is }) => {
    expect(await rows(...words)).toEqual({ ports, connections: is });
    expect((await cli('connections', ...words, shop)).out).toMatch(`Ports ${ports} alone.\n`);
  });

  test.each(['http', 'tcp/80', '0'])('%s is refused', async (port) => {
    expect(await cli('connections', '--port', port, shop)).toMatchObject({
      out: '',
      err: expect.stringContaining('Write a number, a range or a protocol'),
      exitCode: 2,
    });
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
FOLDER/broken.yaml:6:3: NetworkPolicy shop/broken: spec.egres: unknown field "egres"; did you mean "egress"? [field-unknown]
FOLDER/missing.yaml: the input: there is no such file or folder; got ENOENT; check its name and permissions [file-unreadable]
"
`);
  expect(out).not.toContain('allowed');
  expect(out).toContain('unknown');
});
