import childProcess from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli, cliAsking, kubectlPlugin } from '../support/run-cli';

const { answerBut, onlyIn } = useRecordedKubectl();

const DENIED = join(__dirname, 'manifests/denied.yaml');

/** The words of every kubectl that was started. */
const started = () =>
  jest.mocked(childProcess.spawn).mock.calls.map(([, words]) => words as readonly string[]);

const QUESTION = 'config view --minify --output jsonpath={.contexts[0]}';

const isQuestion = (words: readonly string[]) => words.includes('config');

describe('as a plugin of kubectl', () => {
  const HERE = join(__dirname, 'manifests');
  test.each([
    { words: ['connections'], asks: true },
    { words: ['connections', '--context', 'bed', '--to', 'shop/db'], asks: true },
    { words: ['connections', HERE], asks: false },
    { words: ['connections', '-k', HERE], asks: false },
    { words: ['reach', 'shop/web', 'shop/db'], asks: true },
    { words: ['reach', 'shop/web', 'shop/db', '5432'], asks: true },
    { words: ['reach', 'web', 'db', 'http'], asks: true },
    { words: ['reach', 'shop/web', 'shop/db', HERE], asks: false },
    { words: ['reach', 'shop/web', 'shop/db', '5432', HERE], asks: false },
    { words: ['reach', 'shop/web', 'shop/db', 'nosuch.yaml'], asks: false },
    { words: ['lint', '--fail-on', 'never'], asks: true },
    { words: ['import'], asks: true },
    { words: ['drift', DENIED], asks: true },
    { words: ['show', 'db-ingress'], asks: true },
  ])('$words asks the cluster: $asks', async ({ words, asks }) => {
    const { err } = await kubectlPlugin(...words);
    expect(err).not.toContain('[source-unclear]');
    expect(started().some((call) => call.includes('get'))).toBe(asks);
  });

  test('it is called so in its help', async () => {
    expect((await kubectlPlugin('reach', '--help')).out).toMatch(/^Usage: kubectl aks-netpol reach /);
    expect((await cli('connections')).err).toContain('[source-unclear]');
  });
});

describe('the context is asked for once, and named in every other call of', () => {
  test.each([
    { words: ['reach', 'shop/web', 'shop/db', '5432', '--cluster'] },
    { words: ['reach', 'web', 'db', '5432', '--cluster'] },
    { words: ['explain', 'internet', 'shop/db', '--cluster'] },
    { words: ['connections', '--cluster'] },
    { words: ['exposure', '--cluster'] },
    { words: ['lint', '--cluster'] },
    { words: ['import', '--cluster'] },
    { words: ['list'] },
    { words: ['show', 'db-ingress'] },
    { words: ['drift', DENIED] },
    { words: ['apply', '--yes', DENIED] },
    { words: ['apply', '--yes', '-n', 'shop', DENIED] },
    { words: ['delete', '--yes', 'db-ingress'] },
  ])('$words', async ({ words }) => {
    expect((await cli(...words)).err).toBe('');
    const [first = [], ...others] = started();
    expect(isQuestion(first)).toBe(true);
    expect(others.length).toBeGreaterThan(0);
    for (const call of others) {
      expect(call.slice(0, 2)).toEqual(['--context', 'bed']);
    }
  });

  test('an apply of which a person is asked', async () => {
    const { err } = await cliAsking(() => 'y\n', 'apply', '-n', 'shop', DENIED);
    expect(err).toBe('apply 1 network policy, context bed? [y/N] ');
    expect(started().filter(isQuestion)).toHaveLength(1);
  });

  test('doctor', async () => {
    answerBut(() => {}, 'doctor-cilium');
    expect((await cli('doctor')).err).toBe('');
    expect(started().filter(isQuestion)).toHaveLength(1);
  });

  test('an account with rights in one namespace alone', async () => {
    onlyIn('shop', 'Error from server (Forbidden): User "x" cannot list');
    await cli('apply', '--yes', '-n', 'shop', DENIED);
    expect(started().filter((call) => call[1] !== 'bed')).toHaveLength(1);
  });
});

describe('no more is asked than is needed:', () => {
  test('files need no context', async () => {
    await cli('lint', DENIED);
    expect(started()).toEqual([]);
  });

  test.each([
    { why: 'a context that is named is not asked for', words: ['list', '--context', 'bed'], questions: 0 },
    {
      why: 'nor is its namespace, where another one is named',
      words: ['show', 'db-ingress', '-n', 'shop', '--context', 'bed'],
      questions: 0,
    },
  ])('$why', async ({ words, questions }) => {
    expect(await cli(...words)).toMatchObject({ err: '', exitCode: 0 });
    expect(started().filter(isQuestion)).toHaveLength(questions);
  });

  test('the namespace of a context that is named is asked for in that context', async () => {
    answerBut((answers) => {
      answers[QUESTION] = {
        stdout: '{"name":"bed","context":{"namespace":"nowhere"}}',
        stderr: '',
        status: 0,
      };
    });
    expect((await cli('show', 'db-ingress', '--context', 'bed')).err).toContain('got nowhere/db-ingress');
    expect(started()[0]?.slice(0, 3)).toEqual(['--context', 'bed', 'config']);
  });
});

test('a kubeconfig that is named is named in every call', async () => {
  answerBut((answers) => {
    answers[`--kubeconfig some ${QUESTION}`] = { stdout: '{"name":"bed"}', stderr: '', status: 0 };
  });
  await cli('list', '--kubeconfig', 'some');
  const [first, second] = started();
  expect(first?.slice(0, 3)).toEqual(['--kubeconfig', 'some', 'config']);
  expect(second?.slice(0, 5)).toEqual(['--context', 'bed', '--kubeconfig', 'some', 'get']);
});

describe('where there is no context', () => {
  beforeEach(() => {
    answerBut((answers) => {
      const stderr = 'error: current-context must exist in order to minify\n';
      answers[QUESTION] = { stdout: '', stderr, status: 1 };
      answers[`--kubeconfig some ${QUESTION}`] = { stdout: '', stderr, status: 1 };
    });
  });

  test.each([{ words: [] }, { words: ['--kubeconfig', 'some'] }])(
    'kubectl takes the cluster that it runs in, and no context that is chosen meanwhile: list $words',
    async ({ words }) => {
      const { out, err, exitCode } = await cli('list', ...words);
      expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
      expect(out).toContain('db-ingress');
      const [, ...others] = started();
      for (const call of others) {
        expect(call.slice(0, 3)).toEqual(['--kubeconfig', devNull, 'get']);
      }
    },
  );

  test('none is told', async () => {
    const { out } = await cli('delete', 'shop/db-ingress', '--dry-run');
    expect(out).toMatch(/^delete {2}shop\/db-ingress\n/);
  });
});

test.each([
  { why: 'a context that is not in the kubeconfig', says: 'error: cannot locate context gone' },
  { why: 'a kubeconfig that is not there', says: 'error: stat /none: no such file or directory' },
])('$why is told, and nothing is read', async ({ says }) => {
  answerBut((answers) => {
    for (const key of Object.keys(answers).filter((each) => each.startsWith('config'))) {
      answers[key] = { stdout: '', stderr: `${says}\n`, status: 1 };
    }
  });
  const { out, err, exitCode } = await cli('apply', '--yes', DENIED);
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
  expect(err).toContain(`kubectl knows no such cluster; got ${says}; `);
  expect(started()).toHaveLength(1);
});

test('a failure tells in which context it was', async () => {
  answerBut((answers) => {
    for (const key of Object.keys(answers).filter((each) => each.includes('/pods?'))) {
      answers[key] = { stdout: '', stderr: 'error: the moon is full\n', status: 1 };
    }
  });
  expect((await cli('list')).err).toMatch(/^error: kubectl --context bed get --raw: kubectl failed; /);
});
