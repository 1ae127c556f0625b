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
FOLDER/missing.yaml: the input: there is no such file or folder; got ENOENT; check its name and permissions [file-unreadable]
"
`);
  expect(out).not.toContain('allowed');
  expect(out).toContain('unknown');
});
