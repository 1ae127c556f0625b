import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../lib/manifests/read-manifests';
import { cli } from '../support/run-cli';
import { deployment, policy } from '../support/shop';

const folder = mkdtempSync(join(tmpdir(), 'convert-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, ...objects: readonly unknown[]) => {
  const file = join(folder, name);
  writeFileSync(file, objects.map((each) => JSON.stringify(each)).join('\n---\n'));
  return file;
};
const db = policy('db', { podSelector: { matchLabels: { app: 'db' } } });
const NP = write('db.json', db);
const OWN_LABEL = write('own.json', policy('own', { podSelector: { matchLabels: { 'io.cilium.a': 'b' } } }));
const cnp = (name: string, spec: object) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { endpointSelector: {}, ...spec },
});
const CNP = write('web.json', cnp('web', { ingress: [{}] }));
const broken = join(folder, 'broken.yaml');
writeFileSync(broken, 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { nam: a }\n');

const TWIN = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  endpointSelector:
    matchLabels:
      app: db
  ingress:
    - {}
`;

test('writes YAML to standard output, and says nothing else', async () => {
  expect(await cli('convert', '--to', 'cilium', NP)).toEqual({ out: TWIN, err: '', exitCode: 0 });
  const { out } = await cli('convert', '--to', 'kubernetes', CNP);
  expect(out).toContain('kind: NetworkPolicy\n');
});

test('several twins are several documents', async () => {
  const two = write('two.json', db, policy('other', { podSelector: {} }));
  const { out } = await cli('convert', '--to', 'cilium', two);
  expect(out.startsWith(`${TWIN}---\n`)).toBe(true);
  expect(out.split('---\n')).toHaveLength(2);
});

test('kubectl reads each text of it as it was', async () => {
  const texts = [
    'yes',
    'on',
    '0x1f',
    '1_000',
    '017',
    '1e3',
    '12:30:45',
    '~',
    '',
    ' a',
    '# b',
    'a: b',
    '\u2028x',
  ];
  const annotations = Object.fromEntries(texts.map((text, i) => [`a${i}`, text]));
  const odd = write('odd.json', { ...db, metadata: { ...db.metadata, annotations } });
  const { out } = await cli('convert', '--to', 'cilium', odd);
  const { unjudged = [] } = readManifests([{ text: out, file: 'out.yaml' }]).cluster;
  expect(unjudged.map(({ written }) => written?.metadata.annotations)).toEqual([annotations]);
});

test('--out writes a file, and never over another without --force', async () => {
  const file = join(folder, 'deep/out.yaml');
  const words = ['convert', '--to', 'cilium', '--out', file];
  expect(await cli(...words, NP)).toEqual({ out: '', err: `wrote ${file}: 1 policy\n`, exitCode: 0 });
  expect(readFileSync(file, 'utf8')).toBe(TWIN);
  writeFileSync(file, 'mine');
  expect(await cli(...words, NP)).toMatchObject({
    err: expect.stringContaining('[file-exists]'),
    exitCode: 2,
  });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(await cli(...words, '--force', NP)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(file, 'utf8')).toBe(TWIN);
});

test('what has no twin is told with its line and its field, the others are written, and the exit code is 1', async () => {
  const { out, err, exitCode } = await cli('convert', '--to', 'cilium', NP, OWN_LABEL);
  expect({ out, exitCode }).toEqual({ out: TWIN, exitCode: 1 });
  expect(err).toMatch(
    /own\.json:1:\d+: NetworkPolicy shop\/own: spec\.podSelector: Cilium takes .* \[no-twin\]\n$/,
  );
});

test('the line of a field of a policy of Cilium is told', async () => {
  const file = join(folder, 'names.yaml');
  writeFileSync(
    file,
    `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: names, namespace: shop }
spec:
  endpointSelector: {}
  egress:
    - toFQDNs: [{ matchName: a.example.com }]
    - toEntities:
        - world
        - host
`,
  );
  const { out, err, exitCode } = await cli('convert', '--to', 'kubernetes', file);
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
  expect(err).toMatch(/names\.yaml:7:7: CiliumNetworkPolicy shop\/names: spec\.egress\[0\]\.toFQDNs: /);
  const host = file.replace('names', 'host');
  writeFileSync(host, readFileSync(file, 'utf8').replace(/.*toFQDNs.*\n/, ''));
  expect((await cli('convert', '--to', 'kubernetes', host)).err).toMatch(
    /host\.yaml:9:11: .*spec\.egress\[0\]\.toEntities\[1\]: /,
  );
});

test('without a twin no file is written', async () => {
  const file = join(folder, 'none.yaml');
  expect(await cli('convert', '--to', 'cilium', '--out', file, OWN_LABEL)).toMatchObject({ exitCode: 1 });
  expect(existsSync(file)).toBe(false);
});

test('a note is told, and no failure', async () => {
  const unlisted = write('unlisted.json', policy('a', { policyTypes: ['Ingress'], egress: [{}] }));
  const { err, exitCode } = await cli('convert', '--to', 'cilium', unlisted);
  expect(exitCode).toBe(0);
  expect(err).toMatch(/unlisted\.json:1: NetworkPolicy shop\/a: spec\.egress: policyTypes omits .*\n$/);
});

test('what could not be read is told, and the exit code is 2', async () => {
  const { out, err, exitCode } = await cli('convert', '--to', 'cilium', NP, broken);
  expect({ out, exitCode }).toEqual({ out: TWIN, exitCode: 2 });
  expect(err).toContain('broken.yaml:3:13');
});

test('what is no policy of the kind is passed over, and counted', async () => {
  const mixed = write('mixed.json', db, deployment('web'), deployment('db'), cnp('web', { ingress: [{}] }), {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
  });
  const { out, err, exitCode } = await cli('convert', '--to', 'cilium', mixed);
  expect({ out, exitCode }).toEqual({ out: TWIN, exitCode: 0 });
  expect(err).toBe('passed over 4 objects: 1 CiliumNetworkPolicy.cilium.io, 1 ConfigMap, 2 Deployment\n');
  expect((await cli('convert', '--to', 'kubernetes', mixed)).err).toBe(
    'passed over 4 objects: 1 ConfigMap, 2 Deployment, 1 NetworkPolicy\n',
  );
});

test('two policies of one name have no twin, because nobody knows which one counts', async () => {
  const twice = write('twice.json', cnp('web', { ingress: [{}] }), cnp('web', { egress: [{}] }));
  const { out, err, exitCode } = await cli('convert', '--to', 'kubernetes', twice);
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
  expect(err.match(/\[policy-duplicate\]/g)).toHaveLength(2);
});

test('a policy without a namespace stays without one', async () => {
  const { namespace: _, ...metadata } = db.metadata;
  const homeless = write('homeless.json', { ...db, metadata });
  const { out } = await cli('convert', '--to', 'cilium', '-n', 'web', homeless);
  expect(out).toBe(TWIN.replace('  namespace: shop\n', ''));
});

test('without a policy there is nothing to convert', async () => {
  expect(await cli('convert', '--to', 'kubernetes', NP)).toMatchObject({
    out: '',
    err: expect.stringContaining('[objects-missing]'),
    exitCode: 2,
  });
});

test('--to has to be named', async () => {
  expect(await cli('convert', NP)).toMatchObject({
    err: expect.stringContaining("'--to <kind>'"),
    exitCode: 2,
  });
});

test('--format json has what became of each policy', async () => {
  const { out, exitCode } = await cli('convert', '--to', 'cilium', '--format', 'json', NP, OWN_LABEL, broken);
  expect(exitCode).toBe(2);
  const { policies, problems } = JSON.parse(out);
  expect(policies).toMatchObject([
    {
      kind: 'NetworkPolicy',
      namespace: 'shop',
      name: 'db',
      twins: [{ kind: 'CiliumNetworkPolicy' }],
      problems: [],
    },
    { name: 'own', twins: [], problems: [{ code: 'no-twin', at: 'spec.podSelector' }] },
  ]);
  expect(problems).toMatchObject([{ code: 'name-missing' }, { code: 'field-unknown' }]);
});
