import { describeCause } from '../../lib/diff/cause';
import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { guard, pods } from '../support/guard';
import { policy } from '../support/shop';
import { db, fromWeb, judged, onDb, port, web } from './judged';

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
