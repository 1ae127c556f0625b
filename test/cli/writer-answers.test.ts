import { boundTo } from '../../lib/cli/live/bound-policies';
import { type AskOptions, Kubectl, type KubectlAnswer } from '../../lib/cli/live/kubectl';
import { PolicyWriter, type WriteOutcome } from '../../lib/cli/live/policy-writer';
import type { NetworkPolicyEntry } from '../../lib/model/cluster';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';
import type { ManagedPolicy } from '../../lib/plan/any-policy';
import { pairsOf } from '../../lib/plan/policy-pairs';

function policy(name: string, metadata: object = {}): NetworkPolicyEntry {
  return networkPolicyEntry({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop', ...metadata },
    spec: { podSelector: {} },
  });
}

interface Request {
  readonly words: readonly string[];
  /** What is asked for, by name. */
  readonly names: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
}

const QUOTA = 'Error from server (Forbidden): exceeded quota: q';
const AWAY = 'Unable to connect to the server: dial tcp: i/o timeout';
const applied = (...names: readonly string[]) =>
  names.map((name) => `networkpolicy.networking.k8s.io/${name} serverside-applied\n`).join('');
const refusing = (stderr: string, stdout = ''): KubectlAnswer => ({ isDone: false, stdout, stderr });

/** Answers as it is told, and keeps what it was asked. */
class ScriptedKubectl extends Kubectl {
  public readonly requests: Request[] = [];
  /** How many answers were open at once, at most. */
  public most = 0;
  private open = 0;

  public constructor(private readonly answer: (request: Request) => KubectlAnswer) {
    super({});
  }

  public override async ask(
    words: readonly string[],
    { input = '' }: AskOptions = {},
  ): Promise<KubectlAnswer> {
    const read = JSON.parse(input);
    const items: { readonly metadata: { readonly name: string } }[] | undefined = read.items;
    const names = items?.map(({ metadata }) => metadata.name) ?? [words[2]?.split('/').at(-1) ?? ''];
    const request = { words, names, input: read };
    this.requests.push(request);
    this.open += 1;
    this.most = Math.max(this.most, this.open);
    await new Promise((done) => setImmediate(done));
    this.open -= 1;
    return this.answer(request);
  }
}

const asked = ({ requests }: ScriptedKubectl) => requests.map(({ names }) => names.join());
const list = (names: readonly string[]) => names.map((name) => policy(name));

describe('a trial', () => {
  /** The server refuses some, and stores the others with a label of its own. */
  const trying = (...refused: readonly string[]) =>
    new ScriptedKubectl(({ names, input }) => {
      if (names.some((name) => refused.includes(name))) {
        return refusing(QUOTA);
      }
      const items = (input as { items: ReturnType<typeof policy>['written'][] }).items.map((each) => ({
        ...each,
        metadata: { ...each.metadata, labels: { stored: 'yes' } },
      }));
      const [only] = items;
      return { isDone: true, stdout: JSON.stringify(items.length === 1 ? only : { items }), stderr: '' };
    });

  async function trialOf(kubectl: Kubectl, names: readonly string[]) {
    const progress: number[] = [];
    const trial = await new PolicyWriter(kubectl).tryOut(list(names), (count) => progress.push(count));
    return {
      progress,
      stored: [...trial.stored.values()].map(({ name, written }) => [name, written.metadata.labels]),
      refusals: [...trial.refusals].map(([name, { at, code, got }]) => [name, at, code, got]),
    };
  }

  test('asks in halves for what is refused, down to the one that is, and tells how far it is', async () => {
    const kubectl = trying('b');
    expect(await trialOf(kubectl, ['a', 'b', 'c', 'd', 'e'])).toEqual({
      progress: [1, 1, 1, 2],
      stored: ['a', 'c', 'd', 'e'].map((name) => [name, { stored: 'yes' }]),
      refusals: [['shop/b', 'NetworkPolicy shop/b', 'admission-denied', QUOTA]],
    });
    expect(asked(kubectl)).toEqual(['a,b,c,d,e', 'a,b,c', 'a,b', 'a', 'b', 'c', 'd,e']);
  });

  test('is no more than a trial, in batches of fifty', async () => {
    const kubectl = trying();
    const names = Array.from({ length: 51 }, (_, i) => `p${i}`);
    const { progress, stored, refusals } = await trialOf(kubectl, names);
    expect([progress, stored.length, refusals]).toEqual([[50, 1], 51, []]);
    for (const { words } of kubectl.requests) {
      expect(words).toEqual(expect.arrayContaining(['apply', '--dry-run=server', '--output=json']));
    }
  });

  test('ends where nobody is there, and does not ask again', async () => {
    const kubectl = new ScriptedKubectl(() => refusing(AWAY));
    await expect(trialOf(kubectl, ['a', 'b'])).rejects.toMatchObject({ code: 'cluster-unreachable' });
    expect(asked(kubectl)).toEqual(['a,b']);
  });
});

describe('a deletion', () => {
  const seen = policy('a', { uid: 'u1', resourceVersion: '7' });

  test('is tried as it was seen, and the next four are asked for when four have been answered', async () => {
    const kubectl = new ScriptedKubectl(({ names }) =>
      names[0] === 'p3' ? refusing(QUOTA) : { isDone: true, stdout: '', stderr: '' },
    );
    const progress: number[] = [];
    const names = Array.from({ length: 9 }, (_, i) => `p${i}`);
    const refusals = await new PolicyWriter(kubectl).tryDeletion([seen, ...list(names)], (count) =>
      progress.push(count),
    );
    expect([...refusals].map(([name, { at, code }]) => [name, at, code])).toEqual([
      ['shop/p3', 'NetworkPolicy shop/p3', 'admission-denied'],
    ]);
    expect(asked(kubectl)).toEqual(['a', ...names]);
    expect([progress.length, kubectl.most]).toEqual([10, 4]);
    expect(kubectl.requests[0]).toEqual({
      words: [
        'delete',
        '--raw',
        '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/a',
        '--filename=-',
      ],
      names: ['a'],
      input: {
        apiVersion: 'meta.k8s.io/v1',
        kind: 'DeleteOptions',
        preconditions: { uid: 'u1', resourceVersion: '7' },
        dryRun: ['All'],
      },
    });
  });

  test('that cannot be tried, because nobody is there, ends it', async () => {
    const kubectl = new ScriptedKubectl(() => refusing(AWAY));
    const trial = new PolicyWriter(kubectl).tryDeletion([seen], () => {});
    await expect(trial).rejects.toMatchObject({ code: 'cluster-unreachable' });
  });

  test('is made one by one and as it was seen, until one is refused', async () => {
    const kubectl = new ScriptedKubectl(({ names }) =>
      names[0] === 'b' ? refusing(QUOTA) : { isDone: true, stdout: '', stderr: '' },
    );
    const { results } = await writing(kubectl, 'delete', [seen, policy('b'), policy('c')]);
    expect(results).toEqual(['a done', 'b refused: admission-denied', 'c left']);
    expect(asked(kubectl)).toEqual(['a', 'b']);
    expect(kubectl.requests[0]?.input).toEqual({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'u1', resourceVersion: '7' },
    });
  });
});

/** What became of each, and of which somebody was told. */
async function writing(
  kubectl: Kubectl,
  verb: 'apply' | 'delete',
  policies: readonly ManagedPolicy[],
  interruption = { isAsked: false, stop: new AbortController().signal },
) {
  const told: string[] = [];
  const say = ({ name }: ManagedPolicy, { result, refusal }: WriteOutcome) =>
    `${name} ${result}${refusal === undefined ? '' : `: ${refusal.code}`}`;
  const outcomes = await new PolicyWriter(kubectl)[verb](policies, interruption, async (each, outcome) => {
    told.push(say(each, outcome));
  });
  return { told, results: [...outcomes].map(([each, outcome]) => say(each, outcome)) };
}

describe('of policies that are applied together', () => {
  test('those whose names were confirmed are done, and the others are asked for alone', async () => {
    const kubectl = new ScriptedKubectl(({ names }) =>
      names.length > 1 || names[0] === 'c'
        ? refusing(QUOTA, `${applied('a')}networkpolicy.networking.k8s.io/d2 serverside-applied\nd\n`)
        : { isDone: true, stdout: '', stderr: '' },
    );
    const { told, results } = await writing(kubectl, 'apply', list(['a', 'b', 'c', 'd']));
    expect(results).toEqual(['a done', 'b done', 'c refused: admission-denied', 'd done']);
    expect(told).toEqual(results);
    expect(asked(kubectl)).toEqual(['a,b,c,d', 'b', 'c', 'd']);
  });

  test('the next ones are left, once one is refused', async () => {
    const kubectl = new ScriptedKubectl(({ names }) =>
      names.includes('p3') ? refusing(QUOTA) : { isDone: true, stdout: '', stderr: '' },
    );
    const names = Array.from({ length: 12 }, (_, i) => `p${i}`);
    const { told, results } = await writing(kubectl, 'apply', list(names));
    expect(results.slice(-2)).toEqual(['p10 left', 'p11 left']);
    expect(told).toHaveLength(10);
    expect(kubectl.requests).toHaveLength(11);
  });

  test('those that nobody answered are not asked for again', async () => {
    const kubectl = new ScriptedKubectl(() => refusing(AWAY, applied('a')));
    const { results } = await writing(kubectl, 'apply', list(['a', 'b']));
    expect(results).toEqual(['a done', 'b unanswered: cluster-unreachable']);
    expect(asked(kubectl)).toEqual(['a,b']);
  });

  test('nor those that a person stopped, of which it is not known what became', async () => {
    const stop = new AbortController();
    stop.abort();
    const kubectl = new ScriptedKubectl(() => refusing('signal: killed'));
    const interruption = { isAsked: false, stop: stop.signal };
    const { results } = await writing(kubectl, 'apply', list(['a', 'b']), interruption);
    expect(results).toEqual(['a unanswered: kubectl-failed', 'b unanswered: kubectl-failed']);
    expect(asked(kubectl)).toEqual(['a,b']);
  });

  test('one that is alone is refused at once', async () => {
    const kubectl = new ScriptedKubectl(() => refusing(QUOTA));
    const { results } = await writing(kubectl, 'apply', list(['a']));
    expect(results).toEqual(['a refused: admission-denied']);
    expect(asked(kubectl)).toEqual(['a']);
  });
});

test('what is sent is bound to the version that was read, or to there being none, and says its namespace, and nothing of a server', () => {
  const live = [policy('a', { uid: 'u1', resourceVersion: '7' }), policy('other', { uid: 'u2' })];
  const wanted = [
    policy('a', { uid: 'old', generation: 3, labels: { team: 'x' } }),
    networkPolicyEntry(
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'new' } },
      { namespace: 'bank' },
    ),
  ];
  expect(boundTo(pairsOf(wanted, live)).map(({ written }) => written.metadata)).toEqual([
    { name: 'a', namespace: 'shop', labels: { team: 'x' }, uid: 'u1', resourceVersion: '7' },
    { name: 'new', namespace: 'bank', resourceVersion: '1' },
  ]);
});
