import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../lib/manifests/read-manifests';
import { CHART, db, open, shut, useFolder, web } from './folder';

/** What a tool makes manifests of: whether it was built, and whether it is what it was. */

const { at, write, told } = useFolder();

describe('a kustomization whose result is read from elsewhere', () => {
  beforeEach(() =>
    write({
      'base/kustomization.yaml': 'resources: [db.json, ../common]\n',
      'base/db.json': shut,
      'common/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base, https://example.com/x]\n',
      'other/kustomization.yaml': 'components: [../base]\n',
    }),
  );
  const built = (...folders: string[]) => told({ built: folders.map((each) => at(each)) });

  test.each([
    { built: [], lines: 'not built: 4 kustomizations (-k other)' },
    { built: ['prod'], lines: 'not built: 1 kustomization (-k other)' },
    { built: ['base'], lines: 'not built: 2 kustomizations (-k other)' },
  ])('is not told, nor is what it uses: $built', ({ built: folders, lines }) => {
    expect(built(...folders).lines.at(-1)).toBe(lines);
  });

  test('and a folder in which all is built is not empty', () => {
    expect(built('prod', 'other')).toMatchObject({ lines: [], problems: [] });
  });
});

test('thousands of kustomizations that use each other are gone through one after the other', () => {
  const many = 3000;
  for (let i = 0; i < many; i++) {
    write({ [`k${i}/kustomization.yaml`]: `resources: [../k${(i + 1) % many}]\n` });
  }
  expect(told({ built: [at('k1')] })).toMatchObject({ lines: [], problems: [] });
});

test('what a link outside says makes no folder a kustomization or a chart, and is told', () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'k.yaml'), 'resources: [db.json]\n');
  writeFileSync(join(outside, 'c.yaml'), CHART);
  write({ 'base/db.json': shut, 'shop/templates/web.json': web });
  symlinkSync(join(outside, 'k.yaml'), at('base/kustomization.yaml'));
  symlinkSync(join(outside, 'c.yaml'), at('shop/Chart.yaml'));
  expect(told()).toMatchObject({
    lines: [],
    problems: ['base/kustomization.yaml link-outside', 'shop/Chart.yaml link-outside'],
    cluster: { policies: [{ name: 'db' }], workloads: [{ name: 'web' }] },
  });
  rmSync(outside, { recursive: true });
});

describe('the digest of what is not built', () => {
  const digest = () => readManifests([at()]).cluster.inventory?.notBuilt[0]?.digest;
  beforeEach(() =>
    write({
      'web.json': web,
      'base/kustomization.yaml': 'resources: [db.json]\n',
      'base/db.json': shut,
      'base/patches/a.txt': 'a',
      'shared.json': open,
    }),
  );

  test.each([
    { why: 'a file has other contents', change: () => write({ 'base/db.json': open }) },
    { why: 'a file in a folder of it has', change: () => write({ 'base/patches/a.txt': 'b' }) },
    { why: 'a file is new', change: () => write({ 'base/more.json': '{}' }) },
    { why: 'a file is gone', change: () => rmSync(at('base/patches/a.txt')) },
  ])('is another where $why', ({ change }) => {
    const before = digest();
    change();
    expect(digest()).not.toBe(before);
  });

  test('is another where a link in it leads to other contents, and ends where one leads back', () => {
    symlinkSync('../shared.json', at('base/link.json'));
    symlinkSync('..', at('base/loop'));
    const before = digest();
    expect(digest()).toBe(before);
    write({ 'shared.json': shut });
    expect(digest()).not.toBe(before);
  });

  test('is not of what a link leads to that leads out of the folder', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'a.json'), '1');
    symlinkSync(outside, at('base/link'));
    const before = digest();
    writeFileSync(join(outside, 'a.json'), '2');
    expect(digest()).toBe(before);
    rmSync(at('base/link'));
    symlinkSync(tmpdir(), at('base/link'));
    expect(digest()).not.toBe(before);
    rmSync(outside, { recursive: true });
  });

  test('is the same where nothing changed, whatever stands beside it', () => {
    const before = digest();
    write({ 'web.json': db, 'base/.git/index': 'x' });
    expect(digest()).toBe(before);
  });
});
