import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { addShop } from './bed/shop';
import { longAgo, withoutChance } from './bed/without-chance';

const KEPT = resolve(__dirname, '../cli/recordings/shop.json');

const SHOP = resolve(__dirname, '../cli/manifests');

/** In an order in which none changes what a later one is to see: the first answer to each request is kept. */
const WRITING = [
  { words: ['apply', '--yes', join(SHOP, 'denied.yaml'), join(SHOP, 'nowhere.yaml')], exitCode: 1 },
  { words: ['apply', '--yes', join(SHOP, 'denied.yaml')], exitCode: 0 },
  { words: ['delete', 'db-ingress', '--yes'], exitCode: 0 },
];

let cluster: LiveCluster;
beforeAll(async () => {
  cluster = await LiveCluster.start();
  await addShop(cluster.server.api);
});
afterAll(() => cluster?.stop());

test('what `npm test` answers in place of a server is what the server answers (RECORD=1 writes it anew)', async () => {
  const file = process.env.RECORD === '1' ? KEPT : join(cluster.server.folder, 'recording.json');
  writeFileSync(file, '{}');
  const kubeconfig = cluster.kubeconfig(undefined, undefined, 'shop');
  for (const words of [['list'], ['show', 'db-ingress'], ['lint', '--cluster']]) {
    const { err, status } = await cluster.record(words, file, kubeconfig);
    expect({ words, err, status }).toEqual({ words, err: '', status: 0 });
  }
  for (const { words, exitCode } of WRITING) {
    const { err, status } = await cluster.record(words, file, kubeconfig);
    expect({ words, err, status }).toMatchObject({ words, status: exitCode });
  }
  if (process.env.RECORD === '1') {
    writeFileSync(KEPT, longAgo(readFileSync(KEPT, 'utf8')));
  }
  expect(withoutChance(readFileSync(file, 'utf8'))).toEqual(withoutChance(readFileSync(KEPT, 'utf8')));
});
