import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LiveCluster } from './bed/cluster';
import { addShop } from './bed/shop';
import { withoutChance } from './bed/without-chance';

const KEPT = resolve(__dirname, '../cli/recordings/shop.json');

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
  for (const words of [['list'], ['show', 'db-ingress']]) {
    const { err, status } = await cluster.record(words, file, kubeconfig);
    expect({ words, err, status }).toEqual({ words, err: '', status: 0 });
  }
  expect(withoutChance(readFileSync(file, 'utf8'))).toEqual(withoutChance(readFileSync(KEPT, 'utf8')));
});
