import { join } from 'node:path';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli, cliAsking } from '../support/run-cli';

const { answerBut, onlyIn, refuse, without } = useRecordedKubectl();

const DENIED = join(__dirname, 'manifests/denied.yaml');
const NOWHERE = join(__dirname, 'manifests/nowhere.yaml');

test('apply shows what becomes of each policy, what closes, and what was applied', async () => {
  const { out, err, exitCode } = await cli('apply', '--yes', '-n', 'shop', DENIED);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out.replaceAll(DENIED, 'denied.yaml')).toMatchInlineSnapshot(`
"context bed
create  shop/default-deny

opens 0; closes 7
shop gets its first default deny for ingress

CHANGE    FROM                       TO                                                   BEFORE  AFTER
- closed  everybody except shop/web  shop/web                                             *       none
    shop/default-deny · denied.yaml:1 · isolates ingress
- closed  everybody                  any pod of namespace shop, except those with app=db  *       none
    shop/default-deny · denied.yaml:1 · isolates ingress

applied  shop/default-deny
"
`);
});

test('what names no namespace goes where kubectl’s context says', async () => {
  const { out } = await cli('apply', '--dry-run', DENIED);
  expect(out).toContain('create  shop/default-deny\n');
  expect(out).toContain('nothing was applied: --dry-run\n');
});

test('a refusal of the server stops all of it, and names the policy', async () => {
  const { out, err, exitCode } = await cli('apply', '--yes', '-n', 'shop', DENIED, NOWHERE);
  expect(exitCode).toBe(1);
  expect(err).toMatch(
    /^refused: NetworkPolicy nowhere\/default-deny: there is no such object; got .*namespaces "nowhere" not found.*\nnothing was applied: the cluster refuses a policy\n$/,
  );
  expect(out).not.toContain('applied');
});

describe('what forbids an object and is no lack of rights is told as what it is:', () => {
  const FORBIDDEN = 'Error from server (Forbidden): networkpolicies.networking.k8s.io "a" is forbidden: ';

  test.each([
    {
      why: 'a quota',
      says: `${FORBIDDEN}exceeded quota: q, requested: count/networkpolicies.networking.k8s.io=1`,
      means: 'a quota leaves no room for it',
    },
    {
      why: 'the end of the namespace',
      says: `${FORBIDDEN}unable to create new content in namespace shop because it is being terminated`,
      means: 'its namespace is being deleted',
    },
  ])('$why', async ({ says, means }) => {
    refuseTrial(says);
    const { err, exitCode } = await cli('apply', '--yes', '-n', 'shop', DENIED);
    expect(err).toContain(`${means}; got ${says}`);
    expect(err).toContain('[admission-denied]');
    expect(exitCode).toBe(1);
  });
});

test('of a conflict only who else manages what is told, for kubectl’s advice is not on our options', async () => {
  const conflict =
    'error: Apply failed with 1 conflict: conflict with "helm" using networking.k8s.io/v1: .spec.ingress';
  refuseTrial(
    `${conflict}\nPlease review the fields above--they currently have other managers. Here\nare the ways:\n* If`,
  );
  const { err } = await cli('apply', '--yes', '-n', 'shop', DENIED);
  expect(err).toContain(`got ${conflict}; see who does it`);
});

/** The server refuses each policy that it is to try. */
function refuseTrial(stderr: string): void {
  answerBut((answers) => {
    for (const request of Object.keys(answers).filter((each) => each.includes('--dry-run=server'))) {
      answers[request] = { stdout: '', stderr, status: 1 };
    }
  });
}

describe('a person', () => {
  test.each([{ answer: 'y\n' }, { answer: 'Yes\n' }])(
    'who says $answer has it applied',
    async ({ answer }) => {
      const { out, err, exitCode } = await cliAsking(() => answer, 'apply', '-n', 'shop', DENIED);
      expect(exitCode).toBe(0);
      expect(err).toContain('apply 1 network policy, context bed? [y/N] ');
      expect(out).toMatch(/^applied {2}shop\/default-deny$/m);
    },
  );

  test.each(['n\n', '\n', 'yesterday\n', ''])('who says %j has not', async (answer) => {
    const { out, err, exitCode } = await cliAsking(() => answer, 'apply', '-n', 'shop', DENIED);
    expect(exitCode).toBe(1);
    expect(err).toContain('nothing was applied');
    expect(out).not.toMatch(/^applied/m);
  });

  test('is told when somebody else has changed a policy in the meantime', async () => {
    const meanwhile = () => {
      answerBut((answers) => {
        for (const [key, { stdout }] of Object.entries(answers)) {
          if (key.includes('/networkpolicies?')) {
            const changed = stdout.replace(
              /("resourceVersion":")(\d+)("[^}]*"creationTimestamp")/,
              '$19$2$3',
            );
            expect(changed).not.toBe(stdout);
            answers[key] = { stdout: changed, stderr: '', status: 0 };
          }
        }
      });
      return 'y\n';
    };
    const { out, err, exitCode } = await cliAsking(meanwhile, 'apply', '-n', 'shop', DENIED);
    expect(err).toContain('[changed-meanwhile]');
    expect(err).toContain('shop/db-ingress');
    expect(exitCode).toBe(2);
    expect(out).not.toMatch(/^applied/m);
  });

  test('who is shown JSON is not asked, because it comes when all is done', async () => {
    const { out, err, exitCode } = await cliAsking(() => 'y\n', 'apply', '--format', 'json', DENIED);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain('got --format json; look at it with --dry-run, then write --yes');
  });

  test('who is not there is not asked, and nothing is read either', async () => {
    const { out, err, exitCode } = await without(() => cli('apply', DENIED));
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain('[confirmation-missing]');
  });
});

test('delete shows what opens, and deletes the policy as it was seen', async () => {
  const { out, err, exitCode } = await cli('delete', 'db-ingress', '-n', 'shop', '--yes');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out).toMatch(/^context bed\ndelete {2}shop\/db-ingress\n/);
  expect(out).toMatch(/^opens \d+; closes 0$/m);
  expect(out).toMatch(/^deleted {2}shop\/db-ingress\n$/m);
});

test('delete with --dry-run tells what the cluster would refuse', async () => {
  const says = 'Error from server (Forbidden): User "x" cannot delete resource "networkpolicies"';
  answerBut((answers) => {
    for (const request of Object.keys(answers).filter((each) => each.startsWith('delete --raw'))) {
      answers[request] = { stdout: '', stderr: says, status: 1 };
    }
  });
  const { out, err, exitCode } = await cli('delete', 'db-ingress', '-n', 'shop', '--dry-run');
  expect(out).toMatch(/^context bed\ndelete {2}shop\/db-ingress\n/);
  expect(err).toMatch(
    /^refused: NetworkPolicy shop\/db-ingress: .* cannot delete .*\nnothing was deleted: the cluster refuses a policy\n$/,
  );
  expect(exitCode).toBe(1);
});

test('delete tells which name is not there, and deletes nothing', async () => {
  const { err, exitCode } = await cli('delete', 'db-ingress', 'db', '-n', 'shop', '--yes');
  expect(err).toContain('got shop/db;');
  expect(exitCode).toBe(2);
});

test('create takes nothing that is there', async () => {
  const { err, exitCode } = await cli('create', '--yes', '-n', 'shop', '-f', NOWHERE);
  expect({ err, exitCode }).toMatchObject({ exitCode: 1 });
  answerBut((answers) => {
    for (const [key, { stdout }] of Object.entries(answers)) {
      if (key.includes('/networkpolicies?')) {
        answers[key] = { stdout: stdout.replaceAll('db-ingress', 'default-deny'), stderr: '', status: 0 };
      }
    }
  });
  const second = await cli('create', '--yes', '-n', 'shop', '-f', DENIED);
  expect(second.err).toContain('there are policies of these names already');
  expect(second.exitCode).toBe(2);
});

test('policies that may not be listed stop a change before it is judged', async () => {
  refuse(
    'networkpolicies',
    'Error from server (Forbidden): networkpolicies is forbidden: User "x" cannot list',
  );
  const { err, exitCode } = await cli('delete', 'db-ingress', '-n', 'shop', '--yes');
  expect(err).toContain('[forbidden]');
  expect(exitCode).toBe(2);
});

describe('an account with rights in one namespace alone', () => {
  beforeEach(() => onlyIn('shop', 'Error from server (Forbidden): User "x" cannot list'));

  test.each([
    { words: ['apply', '--yes', '-n', 'shop', DENIED], says: 'applied  shop/default-deny', exitCode: 0 },
    { words: ['delete', '--yes', '-n', 'shop', 'db-ingress'], says: 'deleted  shop/db-ingress', exitCode: 0 },
    { words: ['drift', '-n', 'shop', DENIED], says: 'missing  shop/default-deny', exitCode: 2 },
  ])('may $words.0 there, and is told what is not known', async ({ words, says, exitCode }) => {
    const answer = await cli(...words);
    expect(answer.out).toContain(`${says}\n`);
    expect(answer.err).toContain('listing NetworkPolicy objects');
    expect(answer.err).toContain('listing Node objects');
    expect(answer.exitCode).toBe(exitCode);
  });

  test('sees what changes there for certain', async () => {
    const { out } = await cli('apply', '--dry-run', '-n', 'shop', DENIED);
    expect(out).toMatch(/^- closed {2}everybody except shop\/web +shop\/web/m);
    expect(out).not.toContain('unknown');
  });

  test('may not elsewhere', async () => {
    const { err, exitCode } = await cli('delete', '--yes', 'bank/db-ingress');
    expect(err).toContain('nothing was recorded');
    expect(exitCode).toBe(2);
  });
});

describe('drift', () => {
  test('tells what is missing, and what bringing it back changes', async () => {
    const { out, err, exitCode } = await cli('drift', '-n', 'shop', DENIED);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 1 });
    expect(out).toMatch(
      /^missing {2}shop\/default-deny\n\nTo bring the cluster back:\nopens 0; closes \d+\n/,
    );
  });

  test('manifests without a policy are compared, as far as they speak of a namespace', async () => {
    const left = join(__dirname, 'manifests/web.yaml');
    const { out, err, exitCode } = await cli('drift', '--all', left);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toMatch(/^foreign {2}shop\/db-ingress/);
    const nothing = await cli('drift', join(__dirname, 'manifests/settings.yaml'));
    expect(nothing.err).toContain('[objects-missing]');
    expect(nothing.exitCode).toBe(2);
  });

  test('with --all tells what code does not own', async () => {
    const { out } = await cli('drift', '--all', '-n', 'shop', DENIED);
    expect(out).toMatch(/^foreign {2}shop\/db-ingress {2}managed by .+\nmissing/);
  });

  test('in JSON has the same', async () => {
    const { out, exitCode } = await cli('drift', '--format', 'json', '-n', 'shop', DENIED);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      summary: { opens: { connections: 0 } },
      drift: [{ drift: 'missing', namespace: 'shop', name: 'default-deny' }],
    });
    expect(exitCode).toBe(1);
  });
});
