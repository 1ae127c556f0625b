import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { cli } from '../support/run-cli';

const SHOP = join(__dirname, 'recordings/shop.json');
const RECORDED = resolve(__dirname, '../support/recorded');
const folder = mkdtempSync(join(tmpdir(), 'live-'));

// The command line starts the kubectl that is first on the PATH: here one that answers from a recording.
const { PATH } = process.env;
beforeAll(() => {
  process.env.PATH = `${RECORDED}${delimiter}${PATH}`;
});
afterAll(() => {
  process.env.PATH = PATH;
  delete process.env.KUBECTL_RECORDING;
  rmSync(folder, { recursive: true });
});
beforeEach(() => answerFrom(SHOP));

function answerFrom(recording: string): void {
  process.env.KUBECTL_RECORDING = recording;
}

type Answers = Record<string, { stdout: string; stderr: string; status: number }>;

/** The recording with some answers changed. */
function answerBut(change: (answers: Answers) => void): void {
  const answers = JSON.parse(readFileSync(SHOP, 'utf8')) as Answers;
  change(answers);
  const file = join(folder, 'changed.json');
  writeFileSync(file, JSON.stringify(answers));
  answerFrom(file);
}

/** Every request for objects of a kind fails with this message. */
function refuse(plural: string, stderr: string): void {
  answerBut((answers) => {
    for (const key of Object.keys(answers).filter((each) => each.includes(`/${plural}?`))) {
      answers[key] = { stdout: '', stderr, status: 1 };
    }
  });
}

test('list has the portal’s columns, how many pods are selected, the age and the owner', async () => {
  const { out, err, exitCode } = await cli('list');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  // How wide an age is depends on the day.
  expect(out).toMatch(/^NAMESPACE {2}NAME {8}POD-SELECTOR {2}POLICY-TYPES {2}PODS {2}AGE +OWNER\n/);
  expect(out).toMatch(/^shop {7}db-ingress {2}app=db {8}Ingress {7}1 {5}\d+[smhd] /m);
});

test.each([
  { words: ['reach', 'shop/web', 'shop/db', '5432', '--cluster'], exitCode: 0 },
  { words: ['reach', 'shop/web', 'shop/db', '5433', '--cluster'], exitCode: 1 },
  { words: ['explain', 'internet', 'shop/db', '--cluster'], exitCode: 1 },
  { words: ['connections', '--cluster'], exitCode: 0 },
  { words: ['lint', '--cluster'], exitCode: 0 },
  { words: ['import', '--cluster'], exitCode: 0 },
  { words: ['show', 'db-ingress', '-n', 'shop'], exitCode: 0 },
])('$words answers from the cluster', async ({ words, exitCode }) => {
  const { out, err, exitCode: code } = await cli(...words);
  expect({ err, code }).toEqual({ err: '', code: exitCode });
  expect(out).not.toBe('');
});

test('a cluster and a path are too much, and neither is too little', async () => {
  expect(await cli('connections', '--cluster', 'dist')).toMatchObject({
    err: expect.stringContaining('[source-unclear]'),
    exitCode: 2,
  });
  expect(await cli('connections')).toMatchObject({
    err: expect.stringContaining('name files and folders, or write --cluster and no path'),
    exitCode: 2,
  });
});

describe('a refusal is told in a sentence with what helps', () => {
  test.each([
    {
      why: 'no such account',
      says: 'error: You must be logged in to the server (Unauthorized)',
      code: 'not-signed-in',
      exitCode: 3,
    },
    {
      why: 'no Entra token',
      says: 'Unable to connect to the server: getting credentials: exec: executable kubelogin not found',
      code: 'not-signed-in',
      exitCode: 3,
    },
    {
      why: 'no route',
      says: 'Unable to connect to the server: dial tcp 10.0.0.4:443: i/o timeout',
      code: 'cluster-unreachable',
      exitCode: 3,
    },
    {
      why: 'no such name in DNS',
      says: 'Unable to connect to the server: dial tcp: lookup x.azmk8s.io: no such host',
      code: 'cluster-unreachable',
      exitCode: 3,
    },
    {
      why: 'no such context',
      says: 'error: context "prod" does not exist',
      code: 'cluster-unreachable',
      exitCode: 3,
    },
    { why: 'something new', says: 'error: the moon is full', code: 'kubectl-failed', exitCode: 2 },
  ])('$why', async ({ says, code, exitCode }) => {
    refuse('namespaces', `${says}\n`);
    const { err, exitCode: got } = await cli('list');
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(says);
    expect(got).toBe(exitCode);
  });

  test('a kind that may not be listed leaves what depends on it unknown', async () => {
    refuse(
      'networkpolicies',
      'Error from server (Forbidden): networkpolicies is forbidden: User "x" cannot list',
    );
    const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', '--cluster');
    expect(err).toContain('listing NetworkPolicy objects');
    expect(out).toContain('unknown');
    expect(exitCode).toBe(2);
  });

  test('nodes that may not be listed do not stop an answer about pods', async () => {
    refuse('nodes', 'Error from server (Forbidden): nodes is forbidden: User "x" cannot list');
    const { out, exitCode } = await cli('reach', 'shop/web', 'shop/db', '5432', '--cluster');
    expect(out).toContain('allowed');
    expect(exitCode).toBe(2);
  });
});

test('a kubectl that is not there is told, with how to get it', async () => {
  process.env.PATH = folder;
  const { err, exitCode } = await cli('list');
  process.env.PATH = `${RECORDED}${delimiter}${PATH}`;
  expect(err).toContain('[kubectl-missing]');
  expect(exitCode).toBe(3);
});
