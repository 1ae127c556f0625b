import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../lib/manifests/read-manifests';
import { readYaml } from './read';

const folder = mkdtempSync(join(tmpdir(), 'forms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const POLICY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n';
const policy = (name: string) =>
  `${POLICY}metadata: {name: ${name}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: ${name}}}}\n`;
const json = (name: string, indent = 0) =>
  JSON.stringify(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: name } } },
    },
    null,
    indent,
  );

/** Forms that users reported because they are read by kubectl and were not read here. */
test.each([
  {
    why: 'what PowerShell writes with >',
    file: Buffer.from(`\ufeff${policy('db')}---\n${policy('web')}`.replaceAll('\n', '\r\n'), 'utf16le'),
  },
  { why: 'files with marks put one after the other', file: `${policy('db')}---\n\ufeff${policy('web')}` },
  { why: 'what jq writes for each item', file: `${json('db', 2)}\n${json('web', 2)}\n` },
  { why: 'lines of JSON', file: `${json('db')}\n${json('web')}\n` },
  {
    why: 'brackets that close at the column of their key',
    file: `${POLICY}metadata: {
  name: db,
  namespace: shop
}
spec:
  podSelector: {
    matchLabels: { app: db
  } }
---
${POLICY}metadata:
  name: web
  namespace: shop
  annotations:
    note: '{
    "a": 1
    }'
spec:
  podSelector:
    matchLabels: {
      app: web
    }
  policyTypes: [
    "Ingress"
  ]
`,
  },
  { why: 'dashes with a comment right behind them', file: `${policy('db')}---# next\n${policy('web')}` },
])('$why is read', ({ file }) => {
  const path = join(folder, 'a.yaml');
  writeFileSync(path, file);
  const { cluster, problems } = readManifests([path]);
  expect(problems).toEqual([]);
  expect(cluster.policies).toMatchObject(
    ['db', 'web'].map((app) => ({ name: app, written: { spec: { podSelector: { matchLabels: { app } } } } })),
  );
});

test('each label that reads as a number is told at its own line', () => {
  const labels = ['a: 1.10', 'b: 007', 'c: 1e3', 'd: x', 'e: 0x1F', 'f: 1_000', 'g: "1"'];
  const { problems } = readYaml(
    `${POLICY}metadata: {name: db, namespace: shop}\nspec:\n  podSelector:\n    matchLabels:\n${labels.map((label) => `      ${label}\n`).join('')}`,
  );
  expect(problems.map(({ source, got }) => [source.line, source.column, got])).toEqual([
    [7, 10, '1.10, which YAML reads as 1.1'],
    [8, 10, '007, which YAML reads as 7'],
    [9, 10, '1e3, which YAML reads as 1000'],
    [11, 10, '0x1F, which YAML reads as 31'],
    [12, 10, '1_000, which YAML reads as 1000'],
  ]);
});
