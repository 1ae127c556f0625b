import { Kubectl } from '../../lib/cli/live/kubectl';
import { type LiveScope, readLiveCluster } from '../../lib/cli/live/live-cluster';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';

const { answerBut, onlyIn, refuse, without } = useRecordedKubectl();

test('list has the portal’s columns, how many pods are selected, the age and the owner', async () => {
  const { out, err, exitCode } = await cli('list');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  // How wide an age is depends on the day.
  expect(out).toMatch(/^NAMESPACE +NAME +POD-SELECTOR +POLICY-TYPES +RULES +PODS +AGE +OWNER\n/);
  expect(out).toMatch(/^shop +db-ingress +app=db +Ingress +1 allow +1 +\d+[smhd] /m);
});

test('list knows every pod of a cluster, so that none is none, unless asked for those that could be there', async () => {
  answerWith((policy) => [
    { ...policy, spec: { ...policy.spec, podSelector: { matchLabels: { app: 'x' } } } },
  ]);
  expect((await cli('list')).out).toMatch(/ Ingress +1 allow +0 +\d/);
  expect((await cli('list', '--possible')).out).toMatch(/ Ingress +1 allow +none known +\d/);
});

test.each([
  { words: ['reach', 'shop/web', 'shop/db', '5432', '--cluster'], exitCode: 0 },
  { words: ['reach', 'shop/web', 'shop/db', '5433', '--cluster'], exitCode: 1 },
  { words: ['reach', 'web', 'db', '5432', '--cluster'], exitCode: 0 },
  { words: ['reach', 'web', 'db', '5432', '--cluster', '-n', 'shop'], exitCode: 0 },
  { words: ['explain', 'internet', 'shop/db', '--cluster'], exitCode: 1 },
  { words: ['explain', 'internet', 'db', '--cluster', '-n', 'shop'], exitCode: 1 },
  { words: ['reach', '10.9.9.9', 'db', '--cluster', '-n', 'shop'], exitCode: 1 },
  { words: ['connections', '--cluster', '-n', 'shop', '--to', 'db'], exitCode: 0 },
  { words: ['connections', '--cluster'], exitCode: 0 },
  { words: ['lint', '--cluster'], exitCode: 0 },
  { words: ['import', '--cluster'], exitCode: 0 },
  { words: ['show', 'db-ingress', '-n', 'shop'], exitCode: 0 },
])('$words answers from the cluster', async ({ words, exitCode }) => {
  const { out, err, exitCode: code } = await cli(...words);
  expect({ err, code }).toEqual({ err: '', code: exitCode });
  expect(out).not.toBe('');
});

test('a name alone is sought in the namespace that is named', async () => {
  const { err, exitCode } = await cli('reach', 'web', 'db', '5432', '--cluster', '-n', 'nowhere');
  expect(err).toContain('got "nowhere/web"');
  expect(exitCode).toBe(2);
});

test.each([
  { selector: '!tier', policies: 1 },
  { selector: 'tier!=front', policies: 1 },
  { selector: 'tier notin (front, back)', policies: 1 },
  { selector: 'tier', policies: 0 },
])('list takes --selector "$selector" as kubectl does', async ({ selector, policies }) => {
  const { out, exitCode } = await cli('list', '--selector', selector, '--format', 'json');
  expect({ found: JSON.parse(out).policies.length, exitCode }).toEqual({ found: policies, exitCode: 0 });
});

test('list refuses a --selector that is none, rather than find nothing', async () => {
  const { err, exitCode } = await cli('list', '--selector', 'tier>1');
  expect(err).toContain('--selector: "tier>1" is not a label requirement');
  expect(exitCode).toBe(2);
});

/** The recording with the one policy that it has given to a function. */
function answerWith(change: (policy: { spec: { ingress: { from: object[] }[] } }) => readonly object[]) {
  answerBut((answers) => {
    const key = Object.keys(answers).find((each) => each.includes('/networkpolicies?')) as string;
    const { items, ...list } = JSON.parse(answers[key]?.stdout as string);
    answers[key] = { stdout: JSON.stringify({ ...list, items: change(items[0]) }), stderr: '', status: 0 };
  });
}

test('a CIDR that only newer API servers refuse is none to complain of: the cluster has taken it', async () => {
  answerWith((policy) => {
    policy.spec.ingress[0]?.from.push({ ipBlock: { cidr: '10.1.2.3/8' } });
    return [policy];
  });
  const { out, err, exitCode } = await cli('reach', '10.9.9.9', 'shop/db', '5432', '--cluster');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out).toContain('allowed');
});

test('an object that two pages show, because it changed in between, counts once', async () => {
  answerWith((policy) => [policy, { ...policy, spec: { podSelector: {} } }]);
  const { out, err, exitCode } = await cli('list', '--format', 'csv');
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  expect(out.trim().split('\r\n')).toHaveLength(2);
});

describe('show without --namespace looks in the namespace of', () => {
  const CONTEXT = 'config view --minify --output jsonpath={.contexts[0]}';
  const said = (stdout: string, stderr = '') => ({ stdout, stderr, status: stderr === '' ? 0 : 1 });

  test('kubectl’s context', async () => {
    const { out, exitCode } = await cli('show', 'db-ingress');
    expect(exitCode).toBe(0);
    expect(out).toContain('shop/db-ingress applies to');
  });

  test.each([
    {
      why: 'default, where the context has none',
      answer: said('{"name":"bed","context":{"cluster":"bed","user":"user"}}'),
    },
    {
      why: 'default, where there is no context',
      answer: said('', 'error: current-context must exist in order to minify\n'),
    },
  ])('$why', async ({ answer }) => {
    answerBut((answers) => {
      answers[CONTEXT] = answer;
    });
    expect((await cli('show', 'db-ingress')).err).toContain('got default/db-ingress');
  });

  test('a context that is none is told in a sentence', async () => {
    answerBut((answers) => {
      answers[`--context prod ${CONTEXT}`] = said('', 'error: cannot locate context prod\n');
    });
    const { err, exitCode } = await cli('show', 'db-ingress', '--context', 'prod');
    expect(err).toContain('kubectl knows no such cluster');
    expect(exitCode).toBe(3);
  });
});

describe('what is installed in a cluster', () => {
  const GROUPS = 'get --raw /apis';
  const UNKNOWN = 'a verdict that they could change is unknown\n';
  const answered = (apiVersion: string, kind: string, items: readonly object[]) => ({
    stdout: JSON.stringify({ kind: `${kind}List`, apiVersion, items }),
    stderr: '',
    status: 0,
  });
  const list = (apiVersion: string, kind: string, ...names: string[]) =>
    answered(
      apiVersion,
      kind,
      names.map((name) => ({ metadata: { name, namespace: 'shop' } })),
    );
  const refused = (stderr: string) => ({ stdout: '', stderr, status: 1 });
  const NOT_FOUND = refused(
    'Error from server (NotFound): the server could not find the requested resource\n',
  );
  const FORBIDDEN = refused('Error from server (Forbidden): ciliumnetworkpolicies.cilium.io is forbidden\n');

  /** A recording in which a version is served, and lists of it are answered. */
  function serve(version: string, answers: Readonly<Record<string, ReturnType<typeof list>>>) {
    answerBut((recorded) => {
      const { groups } = JSON.parse(recorded[GROUPS]?.stdout as string);
      groups.push({ name: version.split('/')[0], versions: [{ groupVersion: version }] });
      recorded[GROUPS] = { stdout: JSON.stringify({ kind: 'APIGroupList', groups }), stderr: '', status: 0 };
      for (const [plural, answer] of Object.entries(answers)) {
        recorded[`get --raw /apis/${version}/${plural}?limit=500`] = answer;
      }
    });
  }

  test.each([
    {
      why: 'Cilium’s policies',
      version: 'cilium.io/v2',
      answers: {
        ciliumnetworkpolicies: list('cilium.io/v2', 'CiliumNetworkPolicy', 'a', 'b'),
        ciliumcidrgroups: list('cilium.io/v2', 'CiliumCIDRGroup'),
        ciliumclusterwidenetworkpolicies: NOT_FOUND,
      },
      told: `not judged: 2 CiliumNetworkPolicy.cilium.io (shop/a, shop/b); ${UNKNOWN.trimEnd()} until the profile tells the engine\n`,
      verdict: 'unknown',
    },
    {
      why: 'Calico’s policies, of which one kind has the name of Kubernetes’ own',
      version: 'crd.projectcalico.org/v1',
      answers: {
        networkpolicies: list('crd.projectcalico.org/v1', 'NetworkPolicy', 'a'),
        globalnetworkpolicies: list('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'b'),
      },
      told:
        `not judged: 1 GlobalNetworkPolicy.crd.projectcalico.org (b); ${UNKNOWN}` +
        `not judged: 1 NetworkPolicy.crd.projectcalico.org (shop/a); ${UNKNOWN}`,
      verdict: 'unknown',
    },
    {
      why: 'kinds of which there are no objects',
      version: 'policy.networking.k8s.io/v1alpha1',
      answers: {
        adminnetworkpolicies: list('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'),
        baselineadminnetworkpolicies: list('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy'),
      },
      told: '',
      verdict: 'allowed',
    },
    {
      why: 'kinds that the account may not list',
      version: 'cilium.io/v2',
      answers: {
        ciliumnetworkpolicies: FORBIDDEN,
        ciliumcidrgroups: FORBIDDEN,
        ciliumclusterwidenetworkpolicies: list('cilium.io/v2', 'CiliumClusterwideNetworkPolicy'),
      },
      told: `could not be listed: CiliumNetworkPolicy.cilium.io; if there are any, ${UNKNOWN}could not be listed: CiliumCIDRGroup.cilium.io; a policy that refers to one is not judged\n`,
      verdict: 'unknown',
    },
  ])('is told: $why', async ({ version, answers, told, verdict }) => {
    serve(version, answers);
    const { out, err, exitCode } = await cli('reach', 'shop/web', 'shop/db', '5432', '--cluster');
    expect({ err, exitCode }).toEqual({ err: told, exitCode: verdict === 'allowed' ? 0 : 2 });
    expect(out).toContain(verdict);
  });

  const WEBHOOKS =
    'get --raw /apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations?limit=500';

  test('lint knows the webhooks of the cluster', async () => {
    answerBut((answers) => {
      answers['get --raw /api/v1/services?limit=500'] = answered('v1', 'Service', [
        {
          metadata: { name: 'db', namespace: 'shop' },
          spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
        },
      ]);
      const service = { namespace: 'shop', name: 'db', port: 5432 };
      answers[WEBHOOKS] = answered('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', [
        { metadata: { name: 'checks' }, webhooks: [{ name: 'checks.db', clientConfig: { service } }] },
      ]);
    });
    const { out, err } = await cli('lint', '--cluster', '--rule', 'webhook-cut-off');
    expect(err).toBe('');
    expect(out).toContain('ValidatingWebhookConfiguration checks has the API server call it on 5432/TCP');
  });

  test('a kind that one version of its group lacks is asked for in the next', async () => {
    const group = 'gateway.networking.k8s.io';
    const [v1, alpha] = [`${group}/v1`, `${group}/v1alpha2`];
    const asked = (version: string, plural: string) => `get --raw /apis/${version}/${plural}?limit=500`;
    answerBut((answers) => {
      const { groups } = JSON.parse(answers[GROUPS]?.stdout as string);
      groups.push({ name: group, versions: [{ groupVersion: v1 }, { groupVersion: alpha }] });
      answers[GROUPS] = { stdout: JSON.stringify({ kind: 'APIGroupList', groups }), stderr: '', status: 0 };
      for (const plural of ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes']) {
        answers[asked(v1, plural)] = NOT_FOUND;
        answers[asked(alpha, plural)] = NOT_FOUND;
      }
      answers[asked(v1, 'grpcroutes')] = list(v1, 'GRPCRoute');
      answers[asked(alpha, 'tcproutes')] = refused(
        'Error from server (Forbidden): tcproutes are forbidden\n',
      );
    });
    const { err } = await cli('lint', '--cluster');
    expect(err).toBe(
      'could not be listed: TCPRoute.gateway.networking.k8s.io; rules do not know who calls pods through them\n',
    );
  });

  test('lint says whose callers it does not know', async () => {
    answerBut((answers) => {
      answers[WEBHOOKS] = refused('Error from server (Forbidden): webhooks are forbidden\n');
    });
    const { err, exitCode } = await cli('lint', '--cluster');
    expect({ err, exitCode }).toEqual({
      err:
        'could not be listed: ValidatingWebhookConfiguration.admissionregistration.k8s.io; ' +
        'rules do not know who calls pods through them\n',
      exitCode: 0,
    });
  });

  test('verdicts do not ask for who calls pods', async () => {
    answerBut((answers) => {
      for (const key of Object.keys(answers).filter((each) => each.includes('webhook'))) {
        delete answers[key];
      }
    });
    expect(await cli('reach', 'shop/web', 'shop/db', '5432', '--cluster')).toMatchObject({
      err: '',
      exitCode: 0,
    });
  });
});

test.each<{ why: string; scope: LiveScope; isLive: true | undefined }>([
  { why: 'all of a cluster is known to be live', scope: {}, isLive: true },
  { why: 'so is what an account with fewer rights sees of it', scope: { orIn: ['shop'] }, isLive: true },
  { why: 'one namespace is not a live cluster', scope: { namespace: 'shop' }, isLive: undefined },
  { why: 'nor is one kind', scope: { kinds: ['NetworkPolicy'] }, isLive: undefined },
])('$why', async ({ scope, isLive }) => {
  if (scope.namespace !== undefined || scope.orIn !== undefined) {
    onlyIn('shop', 'Error from server (Forbidden): pods is forbidden: User "x" cannot list');
  }
  const { cluster } = await readLiveCluster(new Kubectl({}), undefined, scope);
  expect(cluster.isLive).toBe(isLive);
});

test('a cluster and a path are too much, and neither is too little', async () => {
  expect(await cli('connections', '--cluster', 'dist')).toMatchObject({
    err: expect.stringContaining('--cluster: files are named as well, and only one of the two is read; got'),
    exitCode: 2,
  });
  expect(await cli('connections')).toMatchObject({
    err: expect.stringContaining('the paths: there is nothing to read; got nothing; name files and folders'),
    exitCode: 2,
  });
});

describe('what may not be listed', () => {
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

  test('a policy that may be there is not said to be missing', async () => {
    const refusal = { stdout: '', stderr: 'Error from server (Forbidden): is forbidden', status: 1 };
    answerBut((answers) => {
      for (const place of ['', 'namespaces/shop/']) {
        answers[`get --raw /apis/networking.k8s.io/v1/${place}networkpolicies?limit=500`] = refusal;
      }
    });
    const { err, exitCode } = await cli('show', 'db-ingress', '-n', 'shop');
    expect(err).toContain('no network policy of this name could be read in this namespace; there may be one');
    expect(exitCode).toBe(2);
  });

  test('nodes that may not be listed do not stop an answer about pods', async () => {
    refuse('nodes', 'Error from server (Forbidden): nodes is forbidden: User "x" cannot list');
    const { out, exitCode } = await cli('reach', 'shop/web', 'shop/db', '5432', '--cluster');
    expect(out).toContain('allowed');
    expect(exitCode).toBe(2);
  });
});

describe('a verb asks for no more than it needs:', () => {
  const FORBIDDEN = 'Error from server (Forbidden): User "x" cannot list';

  test.each([
    { words: ['list'], plural: 'services' },
    { words: ['list'], plural: 'namespaces' },
    { words: ['import', '--cluster'], plural: 'pods' },
  ])('$words does without $plural', async ({ words, plural }) => {
    refuse(plural, FORBIDDEN);
    expect(await cli(...words)).toMatchObject({ err: '', exitCode: 0 });
  });

  test.each([{ words: ['list', '-n', 'shop'] }, { words: ['import', '--cluster', '-n', 'shop'] }])(
    '$words does with rights in shop',
    async ({ words }) => {
      onlyIn('shop', FORBIDDEN);
      const { out, err, exitCode } = await cli(...words);
      expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
      expect(out).toContain('db-ingress');
    },
  );

  test('show does with less, and says of what it knows nothing', async () => {
    onlyIn('shop', FORBIDDEN);
    const { out, err, exitCode } = await cli('show', 'db-ingress', '-n', 'shop');
    expect(out).toContain('It selects today:\n  shop/db (db)\n');
    expect(err).toContain('listing NetworkPolicy objects');
    expect(exitCode).toBe(2);
  });

  test('policies that may not be listed are not none', async () => {
    refuse('networkpolicies', FORBIDDEN);
    const { err, exitCode } = await cli('import', '--cluster');
    expect(err).toContain('[forbidden]');
    expect(err).toContain('there is nothing to import in what could be read');
    expect(exitCode).toBe(2);
  });
});

test.each([{ words: ['list', '-n', 'Shop'] }, { words: ['import', '--cluster', '-n', 'a/b'] }])(
  '$words: a namespace that cannot be is refused',
  async ({ words }) => {
    const { err, exitCode } = await cli(...words);
    expect(err).toContain('[namespace-invalid]');
    expect(exitCode).toBe(2);
  },
);

test('what a sign-in asks of a person is passed on', async () => {
  const says =
    'To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code A1.';
  answerBut((answers) => {
    const key = Object.keys(answers).find((each) => each.includes('/networkpolicies?')) as string;
    answers[key] = { stdout: answers[key]?.stdout as string, stderr: `${says}\n`, status: 0 };
  });
  expect(await cli('list')).toMatchObject({ err: `${says}\n`, exitCode: 0 });
});

test('a kubectl that is not there is told, with how to get it', async () => {
  const { err, exitCode } = await without(() => cli('list'));
  expect(err).toContain('[kubectl-missing]');
  expect(exitCode).toBe(3);
});
