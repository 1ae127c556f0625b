import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHOP, UNCERTAIN } from '../support/shop';

const BROKEN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: broken, namespace: shop }
spec:
  podSelector: { matchLabels: { team: y } }
  egres: []
`;

/** Gives the tests of a file a folder with the shop in it, which is removed after them. */
export function useShopFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const list = (name: string, items: readonly object[]) =>
    write(name, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return {
    folder,
    write,
    list,
    shop: list('shop.json', SHOP),
    uncertain: list('uncertain.json', UNCERTAIN),
    broken: write('broken.yaml', BROKEN),
  };
}
