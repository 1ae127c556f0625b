import { describeCause } from '../../lib/diff/cause';
import { countConnections } from '../../lib/diff/connection-change';
import { diffConnections } from '../../lib/diff/diff-connections';
import { describeSummary, type SummaryOptions, summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineProfile } from '../../lib/model/engine-profile';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { guard, pods } from '../support/guard';
import { inWords } from '../support/in-words';
import { deployment, policy, SHOP } from '../support/shop';

const judged = (objects: readonly object[], profile: EngineProfile = {}) =>
  Reachability.of(readManifests([...objects]).cluster, { profile });

/** Each change of pods as a line: what, from, to, before, after. */
const told = (before: Reachability, after: Reachability) =>
  diffConnections(before, after)
    .filter(({ from, to }) => from.workloads !== undefined && to.workloads !== undefined)
    .map(({ change, from, to, before: was, after: is }) => {
      const names = [from, to].map(({ workloads = [] }) =>
        workloads.map(({ workload }) => workload.name).join(),
      );
      const open = [was, is].map(({ allowed, unknown }) => (unknown.isEmpty ? `${allowed}` : `${unknown}?`));
      return `${change} ${names.join(' to ')}: ${open.join(' to ')}`;
    });

/** A cluster in which the objects of a kind could be listed in some namespaces only. */
const listedBut = (kind: string, except: readonly string[], objects: readonly object[]) => {
  const problem = {
    code: 'forbidden',
    at: kind,
    got: 'no',
    problem: 'may not be listed',
    fix: 'ask',
  } as const;
  const { cluster } = readManifests([...objects]);
  return Reachability.of({ ...cluster, unreadable: [{ kind, except, problem }] });
};

const web = deployment('web');
const db = deployment('db', [5432]);
const onDb = (spec: NetworkPolicySpec) =>
  policy('db', { podSelector: { matchLabels: { app: 'db' } }, ...spec });
const fromWeb = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] };
const port = (number: number, endPort = number) => ({ ports: [{ port: number, endPort }] });

describe('the word for a change', () => {
  test.each([
    {
      why: 'opened, where nothing was open',
      before: [onDb({ policyTypes: ['Ingress'] })],
      after: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      says: ['opened web to db: none to 80/TCP'],
    },
    {
      why: 'closed, where nothing is open any more',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      after: [onDb({ policyTypes: ['Ingress'] })],
      says: ['closed web to db: 80/TCP to none'],
    },
    {
      why: 'widened and narrowed, where some ports stay',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      after: [onDb({ ingress: [{ ...fromWeb, ...port(80, 81) }] })],
      says: ['widened web to db: 80/TCP to 80-81/TCP'],
    },
    {
      why: 'changed, where others open and close',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      after: [onDb({ ingress: [{ ...fromWeb, ...port(81) }] })],
      says: ['changed web to db: 80/TCP to 81/TCP'],
    },
    {
      why: 'none, where a policy is written in another way',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80, 81) }] })],
      after: [
        onDb({ ingress: [{ ...fromWeb, ...port(80) }] }),
        {
          ...onDb({ ingress: [{ ...fromWeb, ...port(81) }] }),
          metadata: { name: 'more', namespace: 'shop' },
        },
      ],
      says: [],
    },
    {
      why: 'none, where it is another kind of file with the same in it',
      before: [onDb({ ingress: [] })],
      after: [onDb({ policyTypes: ['Ingress'] })],
      says: [],
    },
    {
      why: 'unknown, where a policy cannot be read any more',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      after: [{ ...onDb({}), spec: { podSelector: { matchLabels: { app: 'db' } }, ingres: [] } }],
      says: [
        'unknown db to db: none to *?',
        'unknown db,web to web: * to *?',
        'unknown web to db: 80/TCP to *?',
      ],
    },
    {
      why: 'unknown, where it depends on a namespace that nobody declares, otherwise than before',
      before: [
        onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ...port(80) }] }),
      ],
      after: [
        onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }], ...port(80) }] }),
      ],
      says: ['unknown db,web to db: 80/TCP? to 80/TCP?'],
    },
    {
      why: 'none, where it depends on the same in the form that the API server stores',
      before: [
        onDb({
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { team: 'a', at: 'b' } } }], ports: [{ port: 80 }] },
          ],
        }),
      ],
      after: [
        onDb({
          ingress: [
            {
              ports: [{ protocol: 'TCP', port: 80 }],
              from: [{ namespaceSelector: { matchLabels: { at: 'b', team: 'a' }, matchExpressions: [] } }],
            },
          ],
        }),
      ],
      says: [],
    },
    {
      why: 'none, where it depends on the same as before, and other ports open',
      before: [
        onDb({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ...port(80) }] }),
      ],
      after: [
        onDb({
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ...port(80) },
            { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ...port(81) },
          ],
        }),
      ],
      says: [],
    },
  ])('$why', ({ before, after, says }) => {
    expect(told(judged([web, db, ...before]), judged([web, db, ...after]))).toEqual(says);
  });

  const byTeam = (team: string) => [{ namespaceSelector: { matchLabels: { team } } }];
  const onWeb = (egress: NetworkPolicySpec['egress'] & object) =>
    policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress });

  const denied = policy('denied', { podSelector: {}, policyTypes: ['Ingress'] });
  /** On pods with a label that their controller adds, which no manifest tells. */
  const maybe = (hash: string, spec: NetworkPolicySpec) =>
    policy('maybe', { podSelector: { matchLabels: { 'pod-template-hash': hash } }, ...spec });

  test.each([
    {
      why: 'one side settles what the other keeps in doubt',
      before: [onDb({ ingress: [{ from: byTeam('a') }] }), onWeb([{ to: byTeam('b') }])],
      after: [onDb({ ingress: [{ ...fromWeb }] }), onWeb([{ to: byTeam('b') }])],
      pair: 'unknown web to db: *? to *?',
    },
    {
      why: 'the sender depends on another label than before',
      before: [onWeb([{ to: byTeam('a') }])],
      after: [onWeb([{ to: byTeam('b') }])],
      pair: 'unknown web to db,web: *? to *?',
    },
    {
      why: 'the sender depends on the same label in another policy',
      before: [onWeb([{ to: byTeam('a') }])],
      after: [onWeb([{ to: byTeam('a') }, { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }])],
      pair: undefined,
    },
    {
      why: 'another policy may isolate the receiver than before',
      before: [maybe('a', { ingress: [] })],
      after: [maybe('b', { ingress: [] })],
      pair: 'unknown db,web to db,web: *? to *?',
    },
    {
      why: 'the receiver may be held by another policy than before, beside one that holds it',
      before: [denied, maybe('a', { ingress: [{ ...fromWeb }] })],
      after: [denied, maybe('b', { ingress: [{ ...fromWeb }] })],
      pair: 'unknown web to db,web: *? to *?',
    },
    {
      why: 'the receiver may be held by the same policy as before, beside one that holds it',
      before: [denied, maybe('a', { ingress: [{ ...fromWeb }] })],
      after: [denied, maybe('a', { ingress: [{ ...fromWeb }, { ...fromWeb }] })],
      pair: undefined,
    },
  ])('in doubt before and after, where $why', ({ before, after, pair }) => {
    const rows = told(judged([web, db, ...before]), judged([web, db, ...after]));
    expect(rows.find((row) => row.includes('web to db'))).toBe(pair);
  });

  test('none, where only a pod itself is concerned', () => {
    const pod = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'main' }] },
    });
    const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] });
    const itself = policy('itself', {
      podSelector: { matchLabels: { app: 'one' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'one' } } }] }],
    });
    const pods = [pod('one'), pod('two'), deny];
    expect(told(judged(pods), judged([...pods, itself]))).toEqual([]);
  });

  test('added and removed, where a workload is new or gone', () => {
    const denied = onDb({ policyTypes: ['Ingress'] });
    expect(told(judged([db, denied]), judged([web, db, denied]))).toEqual([
      'added db to web: none to *',
      'added web to web: none to *',
    ]);
    expect(told(judged([web, db]), judged([db]))).toEqual([
      'removed db to web: * to none',
      'removed web to db,web: * to none',
    ]);
  });

  test('none of its pods is named where a workload is gone with all of them', () => {
    const withPods = (...objects: object[]) => {
      const { cluster } = readManifests(objects);
      const pods = (name: string) => ['a', 'b'].map((each) => ({ name: `${name}-${each}`, addresses: [] }));
      const workloads = cluster.workloads.map((each) => ({ ...each, pods: pods(each.name) }));
      return Reachability.of({ ...cluster, workloads });
    };
    const rows = diffConnections(withPods(web, db), withPods(db));
    const parties = rows.flatMap(({ from, to }) => [...(from.workloads ?? []), ...(to.workloads ?? [])]);
    expect(new Set(parties.map(({ workload, pods }) => `${workload.name} ${pods ?? 'all'}`))).toEqual(
      new Set(['web all', 'db all']),
    );
  });

  test.each([
    { why: 'removed, where only other namespaces are hidden', except: ['shop'], word: 'removed' },
    { why: 'unknown, where its own is', except: ['bank'], word: 'unknown' },
  ])('$why', ({ except, word }) => {
    const rows = diffConnections(judged([web, db]), listedBut('Deployment', except, [db]));
    expect(new Set(rows.map(({ change }) => change))).toEqual(new Set([word]));
  });

  test('removed, where another one cannot be read', () => {
    const broken = { ...deployment('api'), spec: { template: 5 } };
    const rows = diffConnections(judged([web, db]), judged([broken, db]));
    expect(new Set(rows.map(({ change }) => change))).toEqual(new Set(['removed']));
  });

  test('unknown, where a workload cannot be read any more', () => {
    const broken = { ...web, spec: { ...web.spec, template: 5 } };
    const rows = diffConnections(judged([web, db]), judged([broken, db]));
    expect(new Set(rows.map(({ change }) => change))).toEqual(new Set(['unknown']));
    for (const { before, after, opened, closed, unknown } of rows) {
      expect([before, after, opened, closed, unknown].map(inWords)).toEqual([
        { allowed: '*', unknown: 'none' },
        { allowed: 'none', unknown: '*' },
        'none',
        'none',
        '*',
      ]);
    }
  });
});

describe('who is responsible', () => {
  const by = (before: readonly object[], after: readonly object[]) =>
    diffConnections(judged([web, db, ...before]), judged([web, db, ...after]))
      .filter(({ from, to }) => from.workloads !== undefined && to.workloads?.[0]?.workload.name === 'db')
      .map((row) => row.by.map(describeCause));

  test.each([
    {
      why: 'a rule that allows now',
      before: [onDb({ policyTypes: ['Ingress'] })],
      after: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      says: [['policy shop/db ingress rule 0 (peer 0, port 0) allows']],
    },
    {
      why: 'a rule that is gone',
      before: [onDb({ ingress: [{ ...fromWeb, ...port(80) }] })],
      after: [onDb({ policyTypes: ['Ingress'] })],
      says: [['policy shop/db ingress rule 0 (peer 0, port 0) allowed before']],
    },
    {
      why: 'a policy that isolates now',
      before: [],
      after: [onDb({ policyTypes: ['Ingress'] })],
      says: [['policy shop/db isolates ingress']],
    },
    {
      why: 'a policy that isolates no more',
      before: [onDb({ policyTypes: ['Ingress'] })],
      after: [],
      says: [['policy shop/db isolated ingress before']],
    },
    {
      why: 'both sides, where both changed',
      before: [policy('all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
      after: [
        policy('all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
        onDb({ policyTypes: ['Ingress'], ingress: [{ ...fromWeb, ...port(80) }] }),
        policy('web', {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ podSelector: {} }] }],
        }),
      ],
      says: [
        [
          'policy shop/db ingress rule 0 (peer 0, port 0) allows',
          'policy shop/web egress rule 0 (peer 0) allows',
        ],
      ],
    },
  ])('$why', ({ before, after, says }) => {
    const withoutSource = (text: string) => text.replace(/, \d+:\d+\)/g, ')').replace(/ \(\d+:\d+\)/g, '');
    expect(by(before, after).map((causes) => causes.map(withoutSource))).toEqual(says);
  });
});

test('where a deny is new, it is responsible, and not what allows the same', () => {
  const { cluster } = readManifests([web, db, onDb({ ingress: [{ ...fromWeb, ...port(80) }] })]);
  const denying = guard({ name: 'shut', ingress: [{ action: 'deny', peers: [pods({ app: 'web' })] }] });
  const after = { ...cluster, policies: [...cluster.policies, denying] };
  const rows = diffConnections(Reachability.of(cluster), Reachability.of(after));
  const toDb = rows.find(({ to }) => to.workloads?.some(({ workload }) => workload.name === 'db'));
  expect(toDb?.by.map(describeCause)).toEqual([
    'Guard shut ingress rule 0 (peer 0, guards/shut.yaml:1) denies',
    'policy shop/db ingress rule 0 (peer 0, port 0) allowed before',
  ]);
});

describe('a summary', () => {
  const coreDns = {
    ...deployment('coredns'),
    metadata: { name: 'coredns', namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      template: {
        metadata: { labels: { 'k8s-app': 'kube-dns' } },
        spec: { containers: [{ name: 'dns', image: 'dns' }] },
      },
    },
  };
  const denyEgress = policy('deny-egress', { podSelector: {}, policyTypes: ['Egress'] });
  const summary = (before: readonly object[], after: readonly object[], options: SummaryOptions = {}) => {
    const [was, is] = [judged(before), judged(after)];
    return describeSummary(summarizeChanges(diffConnections(was, is), was, is, options));
  };

  test('says that nothing changes', () => {
    expect(summary(SHOP, [...SHOP].reverse())).toEqual(['no connection changes']);
  });

  test('counts pairs, and those that carry DNS', () => {
    expect(summary([web, coreDns], [web, coreDns, denyEgress])).toEqual([
      'opens 0; closes 8, of which 4 carry DNS',
      'shop gets its first default deny for egress',
    ]);
  });

  test('knows LocalDNS where the cluster has it', () => {
    expect(summary([web], [web, denyEgress], { localDns: true })[0]).toBe(
      'opens 0; closes 6, of which 4 carry DNS',
    );
    expect(summary([web], [web, denyEgress])[0]).toBe('opens 0; closes 6, of which 2 carry DNS');
    const toNameServer = policy('dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.53/32' } }], ports: [{ port: 53, protocol: 'UDP' }] }],
    });
    expect(summary([web, denyEgress], [web, toNameServer], { localDns: true })[0]).toBe('opens 2; closes 0');
  });

  const allows = (spec: NetworkPolicySpec) => policy('allows', { podSelector: {}, ...spec });
  const unreadable = policy('broken', { podSelector: { matchLabels: { app: 5 } } } as never);

  test.each([
    {
      why: 'though another policy still isolates some pods',
      before: [denyEgress, onDb({ egress: [] })],
      after: [onDb({ egress: [], policyTypes: ['Egress'] })],
      says: ['shop loses its last default deny for egress'],
    },
    {
      why: 'where it lets some peers in as well',
      before: [allows({ ingress: [fromWeb] })],
      after: [],
      says: ['shop loses its last default deny for ingress'],
    },
    {
      why: 'and one that comes',
      before: [onDb({ ingress: [] })],
      after: [onDb({ ingress: [] }), denyEgress],
      says: ['shop gets its first default deny for egress'],
    },
    {
      why: 'not a second one',
      before: [denyEgress],
      after: [denyEgress, allows({ policyTypes: ['Egress'] })],
      says: [],
    },
    { why: 'not a policy for some pods', before: [onDb({ ingress: [] })], after: [], says: [] },
    {
      why: 'also one that lets everybody in on some ports',
      before: [allows({ ingress: [{ ports: [{ port: 80 }] }] })],
      after: [],
      says: ['shop loses its last default deny for ingress'],
    },
    { why: 'not a policy that allows everybody', before: [allows({ ingress: [{}] })], after: [], says: [] },
    {
      why: 'nothing where a policy that cannot be read may be one',
      before: [denyEgress],
      after: [unreadable],
      says: [],
    },
    {
      why: 'whatever cannot be read after it',
      before: [denyEgress, { ...unreadable, metadata: { name: 'zone', namespace: 'shop' } }],
      after: [],
      says: ['shop loses its last default deny for egress'],
    },
    {
      why: 'whatever cannot be read before it',
      before: [unreadable, denyEgress],
      after: [],
      says: ['shop loses its last default deny for egress'],
    },
  ])('tells the last default deny that goes, $why', ({ before, after, says }) => {
    expect(summary([web, db, ...before], [web, db, ...after]).slice(1)).toEqual(says);
  });

  test.each([
    { why: 'is known where only other namespaces are hidden', except: ['shop'], says: 'shop loses' },
    { why: 'is not known where a hidden policy may deny, too', except: ['bank'], says: undefined },
  ])('whether the last default deny goes $why', ({ except, says }) => {
    const hidden = (objects: readonly object[]) => listedBut('NetworkPolicy', except, objects);
    const [before, after] = [hidden([web, denyEgress]), hidden([web])];
    const told = summarizeChanges(diffConnections(before, after), before, after);
    expect(describeSummary(told)[1]).toEqual(says && `${says} its last default deny for egress`);
  });

  test('says of how many it is not known', () => {
    const broken = { ...web, spec: { ...web.spec, template: 5 } };
    expect(summary([web, db], [broken, db])).toEqual(['leaves 7 unknown']);
  });

  test('has no default deny where nothing enforces one', () => {
    const [before, after] = [
      judged([web, denyEgress], { engine: 'none' }),
      judged([web], { engine: 'none' }),
    ];
    const told = summarizeChanges(diffConnections(before, after), before, after);
    expect(describeSummary(told)).toEqual(['no connection changes']);
  });

  test('keeps what new and gone workloads bring apart', () => {
    expect(summary([web], [web, db])).toEqual(['7 more with workloads that are new']);
    expect(summary([web, db], [web])).toEqual(['7 fewer with workloads that are gone']);
  });

  test('counts a pod that is at both ends once less', () => {
    const pod = {
      kind: 'Pod' as const,
      namespace: 'shop',
      name: 'one',
      labels: {},
      ports: [],
      hostNetwork: false,
      pods: [],
    };
    const party = { workloads: [{ workload: pod }, { workload: { ...pod, name: 'two' } }] };
    expect(countConnections({ from: party, to: party })).toBe(2);
  });
});
