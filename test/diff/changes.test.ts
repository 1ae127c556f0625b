import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { NetworkPolicySpec } from '../../lib/model/network-policy';
import { Reachability } from '../../lib/reachability/reachability';
import { inWords } from '../support/in-words';
import { deployment, policy } from '../support/shop';
import { db, fromWeb, judged, listedBut, onDb, port, web } from './judged';

/** One line for each change of pods: what, from, to, before, after. */
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
  /** About pods with a label that their controller adds, and that no manifest tells. */
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
