import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atTerminal, type Typing } from './support/person';
import { environment, MAIN, need, newFolder, ROOT, writeProgram } from './support/programs';
import { columnsOf, wordsOf } from './support/reading';

const ESCAPE = '\u001b[';
const KEYS: Readonly<Record<string, string>> = { 'Ctrl-C': '\u0003', 'Ctrl-D': '\u0004' };

const here = newFolder();
const programs = newFolder();
const env: NodeJS.ProcessEnv = {
  ...environment(newFolder(), programs),
  KUBECTL_RECORDING: join(here, 'recording.json'),
};

const NAMESPACE = 'payments-and-settlements-production';

function deployment(name: string) {
  const labels = { 'app.kubernetes.io/name': name, tier: 'back' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, ports: [{ containerPort: 5432 }] }] } },
    },
  };
}

function policy(name: string, app: string, from?: string) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': app, tier: 'back' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          ...(from === undefined
            ? {}
            : { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': from } } }] }),
          ports: [
            { port: 5432 },
            { port: 8000, endPort: 8100 },
            { port: 9090 },
            { port: 9443, protocol: 'UDP' },
          ],
        },
      ],
    },
  };
}

const WORKLOADS = ['checkout-orchestrator', 'ledger-database-primary', 'ledger-database-replica'].map(
  deployment,
);
const write = (name: string, objects: readonly object[]) =>
  writeFileSync(join(here, name), objects.map((each) => JSON.stringify(each)).join('\n---\n'));
write('before.yaml', [
  ...WORKLOADS,
  policy('ledger-database-ingress-from-everybody', 'ledger-database-primary'),
]);
write('after.yaml', [
  ...WORKLOADS,
  policy('ledger-database-ingress-from-everybody', 'ledger-database-primary', 'checkout-orchestrator'),
  policy('waits-for-a-workload-that-never-comes', 'ledger-databse-primary'),
]);
write('deny.yaml', [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'nothing-gets-into-any-pod-of-this-namespace', namespace: 'shop' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  },
]);
writeFileSync(
  join(here, 'broken.yaml'),
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, nam: a }\nspec: { podSelctor: {} }\n',
);

copyFileSync(join(ROOT, 'test/cli/manifests/denied.yaml'), join(here, 'denied.yaml'));

// The recorded cluster answers, and tells doctor what no other verb asks for.
const recorded = JSON.parse(readFileSync(join(ROOT, 'test/cli/recordings/shop.json'), 'utf8'));
const answer = (stdout: string) => ({ stdout, stderr: '', status: 0 });
const missing = {
  stdout: '',
  stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
  status: 1,
};
const told = {
  'get --raw /apis/cilium.io/v2/ciliumnetworkpolicies?limit=500': missing,
  'get --raw /apis/cilium.io/v2/ciliumclusterwidenetworkpolicies?limit=500': missing,
  'get --raw /version': answer('{"gitVersion":"v1.33.0"}'),
  'get --raw /apis/networking.k8s.io/v1/servicecidrs?limit=500': answer(
    '{"kind":"ServiceCIDRList","apiVersion":"networking.k8s.io/v1","items":[]}',
  ),
};
writeFileSync(join(here, 'recording.json'), JSON.stringify({ ...recorded, ...told }));
const kubectl = (before: string) => `${before} exec '${ROOT}/test/support/recorded/kubectl' "$@"`;
writeProgram(programs, 'kubectl', kubectl(''));
writeProgram(programs, 'aks-netpol', `exec '${process.execPath}' '${MAIN}' "$@"`);

beforeAll(() => need('script'));

function piped(words: string) {
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `aks-netpol ${words}`], {
    cwd: here,
    env,
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n'), raw: stdout, stderr, status };
}

const seen = (words: string, columns: number, typing: readonly Typing[] = []) =>
  atTerminal(`aks-netpol ${words}`, { columns, cwd: here, env, typing });

const ENDS = `${NAMESPACE}/ledger-database-replica ${NAMESPACE}/ledger-database-primary 5432`;

describe.each([80, 200])('%i columns', (columns) => {
  test.each([
    { words: 'list after.yaml', first: 'NAMESPACE' },
    { words: 'connections after.yaml', first: 'FROM' },
    { words: `reach ${ENDS} after.yaml`, first: 'FROM' },
    { words: 'diff before.yaml after.yaml', first: 'CHANGE' },
    { words: 'list', first: 'NAMESPACE' },
    { words: 'doctor', first: 'WHAT' },
    { words: 'drift deny.yaml', first: 'CHANGE' },
  ])('the table of $words has all that a pipe gets, and no line is wider', async ({ words, first }) => {
    const pipe = piped(words);
    const { lines, status } = await seen(words, columns);
    expect(status).toBe(pipe.status);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    const columnsInPipe = columnsOf(pipe.lines, first);
    expect(Object.keys(columnsInPipe).length).toBeGreaterThan(2);
    expect(columnsOf(lines, first)).toEqual(columnsInPipe);
    if (Math.max(...pipe.lines.map((line) => line.length)) <= columns) {
      expect(lines).toEqual(pipe.lines);
    }
  });

  test.each([
    { words: `explain ${ENDS} after.yaml` },
    { words: `show ledger-database-ingress-from-everybody -n ${NAMESPACE} after.yaml` },
    { words: 'lint after.yaml' },
    { words: 'lint --explain selects-no-workload', isCode: true },
    { words: '--help' },
    { words: 'lint --help' },
    { words: 'completion --help' },
  ])('the sentences of $words are broken at words, and none is lost', async ({ words, isCode }) => {
    const pipe = piped(words);
    const { lines, status } = await seen(words, columns);
    expect(status).toBe(pipe.status);
    // Code is to be copied, and stays as it is.
    const wide = lines.filter((line) => line.length > columns && !(isCode && line.includes('{')));
    expect(wide).toEqual([]);
    expect(wordsOf(lines)).toEqual(wordsOf(pipe.lines));
  });

  test.each([
    { words: 'show nope -n shop' },
    { words: 'list --context prod -n Shop' },
    { words: 'apply broken.yaml --yes' },
    { words: 'list broken.yaml' },
    { words: 'lint broken.yaml' },
  ])('what $words complains of is broken at words, and none is lost', async ({ words }) => {
    const { stderr, status: found } = piped(words);
    const { lines, status } = await seen(`${words} >nothing`, columns);
    expect(status).toBe(found);
    expect(stderr).not.toBe('');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(wordsOf(lines)).toEqual(wordsOf(stderr.split('\n')));
  });

  test.each([
    { words: 'apply denied.yaml', press: 'y', last: ['y', '', 'applied  shop/default-deny'], status: 0 },
    { words: 'apply denied.yaml', press: 'n', last: ['n', 'nothing was applied'], status: 1 },
    { words: 'apply denied.yaml', press: 'Ctrl-C', last: ['', 'nothing was applied'], status: 130 },
    { words: 'apply denied.yaml', press: 'Ctrl-D', last: ['', 'nothing was applied'], status: 1 },
    { words: 'delete db-ingress', press: 'y', last: ['y', '', 'deleted  shop/db-ingress'], status: 0 },
    { words: 'delete db-ingress', press: 'n', last: ['n', 'nothing was deleted'], status: 1 },
  ])('$words asks, and takes $press for an answer', async ({ words, press, last, status }) => {
    const dry = piped(`${words} --dry-run`);
    const { lines, status: found } = await seen(words, columns, [
      { after: /\[y\/N\] /, text: KEYS[press] ?? `${press}\r` },
    ]);
    expect(found).toBe(status);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    const at = lines.findIndex((line) => line.includes('1 network policy, context bed? [y/N]'));
    const [typed, ...after] = last;
    expect(lines.slice(at)).toEqual([
      `${words.split(' ')[0]} 1 network policy, context bed? [y/N] ${typed}`,
      ...after,
      '',
    ]);
    expect(columnsOf(lines.slice(0, at).concat(''), 'CHANGE')).toEqual(columnsOf(dry.lines, 'CHANGE'));
  });
});

test('80 columns fold what is wider, and 200 need not', async () => {
  const narrow = await seen('list after.yaml', 80);
  const wide = await seen('list after.yaml', 200);
  expect(narrow.lines.length).toBeGreaterThan(wide.lines.length);
  expect(wide.lines).toEqual(piped('list after.yaml').lines);
});

describe('colour', () => {
  test.each(['lint after.yaml', 'connections after.yaml', 'diff before.yaml after.yaml'])(
    'of %s is on a terminal, and takes nothing away',
    async (words) => {
      const { raw, lines } = await seen(words, 80);
      expect(raw).toContain(`${ESCAPE}3`);
      expect(lines.join()).not.toContain(ESCAPE);
    },
  );

  test('is not with --color never', async () => {
    expect((await seen('diff --color never before.yaml after.yaml', 80)).raw).not.toContain(ESCAPE);
  });

  test.each(['NO_COLOR=1', 'TERM=dumb'])('is not where %s', async (setting) => {
    const { raw } = await atTerminal(`${setting} aks-netpol lint after.yaml`, { cwd: here, env });
    expect(raw).toContain('selects-no-workload');
    expect(raw).not.toContain(ESCAPE);
  });

  test.each(['lint after.yaml', 'connections after.yaml', '--help', 'list'])(
    '%s has none in a pipe',
    (words) => {
      const { raw, stderr } = piped(words);
      expect(raw + stderr).not.toContain(ESCAPE);
    },
  );

  // Files: of a cluster that takes its time is told in a line that is erased, with a sequence of its own.
  test('list has none anywhere', async () => {
    expect((await seen('list after.yaml', 80)).raw).not.toContain(ESCAPE);
  });
});

describe('a cluster that takes its time', () => {
  const slow = newFolder();
  writeProgram(slow, 'kubectl', kubectl('sleep 0.6;'));
  const patient = { ...env, PATH: `${slow}:${env.PATH}` };

  test.each([80, 30])('is told of in a line that is gone in the end, at %i columns', async (columns) => {
    const line = 'aks-netpol list >table';
    const { raw, lines, status } = await atTerminal(line, { columns, cwd: here, env: patient });
    expect(status).toBe(0);
    const told = raw.match(/reading the cluster: \d[^\r]*/g) ?? [];
    expect(told.length).toBeGreaterThan(1);
    // A line that fills its row to the edge, or more, could not be taken away.
    expect(told.filter((text) => (text.split(ESCAPE)[0] ?? '').length >= columns)).toEqual([]);
    expect(lines).toEqual(['']);
    expect(readFileSync(join(here, 'table'), 'utf8')).toContain('db-ingress');
  });

  test('is not told of in a pipe', async () => {
    const { raw } = await atTerminal('aks-netpol list 2>told', { cwd: here, env: patient });
    expect(raw).toContain('db-ingress');
    expect(readFileSync(join(here, 'told'), 'utf8')).toBe('');
  });
});
