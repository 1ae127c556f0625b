import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../lib/manifests/read-manifests';
import { MAX_FILE_BYTES } from '../../lib/model/limits';
import { SIDE_FILE } from '../../lib/model/side-file';

jest.mock('../../lib/model/limits', () => ({
  ...jest.requireActual('../../lib/model/limits'),
  MAX_FOLDER_ENTRIES: 4,
}));

const namespace = (name: string) => `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"${name}"}}`;
const newFolder = () => mkdtempSync(join(tmpdir(), 'limits-'));

test('a file that is too large is a problem, is not read, and leaves open what stands in it', () => {
  const file = join(newFolder(), 'large.json');
  writeFileSync(file, namespace('shop'));
  truncateSync(file, MAX_FILE_BYTES + 1);
  const { cluster, problems } = readManifests([file]);
  expect(problems).toMatchObject([{ code: 'file-too-large', got: '268435457 bytes', source: { file } }]);
  expect(cluster.unreadable).toHaveLength(1);
});

test('a file beside manifests that tells who wrote them is not read either, and the manifests are', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'a.yaml'), namespace('shop'));
  writeFileSync(join(folder, SIDE_FILE), '');
  truncateSync(join(folder, SIDE_FILE), MAX_FILE_BYTES + 1);
  const { cluster, problems } = readManifests([folder]);
  expect(problems).toMatchObject([{ code: 'file-too-large' }]);
  expect(cluster.namespaces).toMatchObject([{ name: 'shop' }]);
});

test.each([
  { why: 'as many files as are read', folders: [], files: ['a', 'b', 'c', 'd'], read: 4, codes: [] },
  {
    why: 'one more',
    folders: [],
    files: ['a', 'b', 'c', 'd', 'e'],
    read: 4,
    codes: ['folder-too-large'],
  },
  {
    why: 'one more, folders counted',
    folders: ['x', 'x/y'],
    files: ['x/y/a', 'x/y/b', 'z'],
    read: 2,
    codes: ['folder-too-large'],
  },
])('a folder with $why', ({ folders, files, read, codes }) => {
  const folder = newFolder();
  for (const each of folders) {
    mkdirSync(join(folder, each));
  }
  for (const each of files) {
    writeFileSync(join(folder, `${each}.yaml`), namespace(each.replaceAll('/', '-')));
  }
  const { cluster, problems } = readManifests([folder]);
  expect(problems.map(({ code }) => code)).toEqual(codes);
  expect(cluster.unreadable).toHaveLength(codes.length);
  expect(cluster.namespaces).toHaveLength(read);
});

test('more mistakes in one policy than a call takes arguments are all told', () => {
  const metadata = { name: 'db', namespace: 'shop' };
  const from = Array.from({ length: 200_000 }, () => ({}));
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata };
  const { problems } = readManifests([{ ...policy, spec: { podSelector: {}, ingress: [{ from }] } }]);
  expect(problems).toHaveLength(200_000);
});
