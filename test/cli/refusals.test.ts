import { refusalOf } from '../../lib/cli/live/kubectl-refusals';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';

const { answerBut, refuse } = useRecordedKubectl();

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
      why: 'no kubeconfig',
      says: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
      means: 'kubectl knows no such cluster',
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
  ])('$why', async ({ says, means = '', code, exitCode }) => {
    refuse('pods', `${says}\n`);
    const { err, exitCode: got } = await cli('list');
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(says);
    expect(err).toContain(means);
    expect(got).toBe(exitCode);
  });
});

/** What kubectl and API servers have said. */
test.each([
  {
    says: 'Error from server: admission webhook "p.kyverno.svc" denied the request: no',
    code: 'admission-denied',
  },
  {
    says: "The networkpolicies \"a\" is invalid: : ValidatingAdmissionPolicy 'p' with binding 'p' denied request: no",
    code: 'admission-denied',
  },
  {
    says: 'error: Apply failed with 1 conflict: conflict with "helm" using networking.k8s.io/v1: .spec.ingress',
    code: 'field-conflict',
  },
  {
    says: 'Error from server (Conflict): Operation cannot be fulfilled on networkpolicies.networking.k8s.io "a": the object has been modified; please apply your changes to the latest version and try again',
    code: 'changed-meanwhile',
  },
  {
    says: 'Error from server (Conflict): Operation cannot be fulfilled on networkpolicies.networking.k8s.io "a": uid mismatch: the provided object specified uid 1, and no existing object was found',
    code: 'changed-meanwhile',
  },
  {
    says: 'Error from server (NotFound): networkpolicies.networking.k8s.io "a" not found',
    code: 'object-missing',
  },
  {
    says: 'Error from server (NotFound): the server could not find the requested resource',
    code: 'object-missing',
  },
  // That something of its own was not found says nothing of the cluster.
  { says: 'error: plugin "x" not found', code: 'kubectl-failed' },
  { says: 'error: stat /none: no such file or directory', code: 'cluster-unreachable' },
  { says: 'error: cannot locate context gone', code: 'cluster-unreachable' },
  { says: 'error: context was canceled and does not exist', code: 'kubectl-failed' },
])('$says: $code', ({ says, code }) => {
  expect(refusalOf(['get', '--raw'], `${says}\n`)).toMatchObject({ code, got: says });
});

test('of several lines each is told, and no advice on options of kubectl', () => {
  const said = refusalOf(['apply'], '\n one \n\n  two\nPlease review the fields above--they\nhave\n');
  expect(said.got).toBe('one; two');
});

describe('what is said at length', () => {
  const LENGTH = 400_000;

  test.each([
    'context ',
    'context "',
    'admission webhook ',
    'ValidatingAdmissionPolicy ',
    'stat ',
    'Apply failed with 1',
    ' ',
    '; ',
    ' \n',
    'Please review the fields above',
    'cannot ',
    'denied the ',
  ])('costs no more than to read it: %j again and again', (word) => {
    const said = word.repeat(LENGTH / word.length);
    const start = process.cpuUsage();
    refusalOf(['get', '--raw'], said);
    const { user } = process.cpuUsage(start);
    // Where it is gone over again from each place, it takes seconds.
    expect(user / 1000).toBeLessThan(500);
  });

  test('is told with its beginning and its end, by which it is understood', async () => {
    answerBut((answers) => {
      for (const key of Object.keys(answers).filter((each) => each.includes('/pods?'))) {
        const stderr = `E1130 first\n${'context '.repeat(LENGTH / 8)}\nerror: You must be logged in to the server\n`;
        answers[key] = { stdout: '', stderr, status: 1 };
      }
    });
    const { err, exitCode } = await cli('list');
    expect(exitCode).toBe(3);
    expect(err).toMatch(/got E1130 first; context context .* … .* context; error: You must be logged in/);
    expect(err.length).toBeLessThan(20_000);
  });
});
