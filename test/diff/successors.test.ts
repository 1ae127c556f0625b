import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { rollout, widget } from '../support/rollout';
import { deployment, policy } from '../support/shop';

const db = deployment('db', [5432]);
const onDb = policy('db', {
  podSelector: { matchLabels: { app: 'db' } },
  policyTypes: ['Ingress'],
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
});

/** One line for each change of what reaches the database. */
const changes = (before: readonly object[], after: readonly object[]) => {
  const [left, right] = [before, after].map((own) =>
    Reachability.of(readManifests([db, onDb, ...own]).cluster, { knownOnly: true }),
  );
  const name = ({ workloads = [] }: { workloads?: readonly { workload: { name: string } }[] }) =>
    workloads.map(({ workload }) => workload.name).join();
  return diffConnections(left as Reachability, right as Reachability)
    .filter(({ from, to }) => name(from) !== '' && name(to) === 'db')
    .map(({ change, from, to, before: was, after: is }) => {
      const open = [was, is].map(({ allowed, unknown }) => (unknown.isEmpty ? `${allowed}` : `${unknown}?`));
      return `${change} ${name(from)} to ${name(to)}: ${open.join(' to ')}`;
    });
};

const relabelled = { ...rollout('web'), spec: rollout('batch').spec };

test.each([
  {
    why: 'a Deployment that is a Rollout now stays what it is',
    before: [deployment('web')],
    after: [rollout('web')],
    says: [],
  },
  {
    why: 'and so it does the other way round',
    before: [rollout('web')],
    after: [deployment('web')],
    says: [],
  },
  {
    why: 'one foreign kind may take the place of another',
    before: [widget('web')],
    after: [rollout('web')],
    says: [],
  },
  {
    why: 'what is other because its labels are is told',
    before: [deployment('web')],
    after: [relabelled],
    says: ['closed web to db: 5432/TCP to none'],
  },
  {
    why: 'a Deployment and a StatefulSet have nothing to do with each other',
    before: [deployment('web')],
    after: [{ ...deployment('web'), kind: 'StatefulSet' }],
    says: ['removed web to db: 5432/TCP to none', 'added web to db: none to 5432/TCP'],
  },
  {
    why: 'where a StatefulSet of the name stays, nobody can tell whose place is taken',
    before: [deployment('web'), { ...deployment('web'), kind: 'StatefulSet' }],
    after: [rollout('web'), { ...deployment('web'), kind: 'StatefulSet' }],
    says: ['removed web to db: 5432/TCP to none', 'added web to db: none to 5432/TCP'],
  },
  {
    why: 'one of another name is another',
    before: [deployment('web')],
    after: [rollout('web2')],
    says: ['removed web to db: 5432/TCP to none'],
  },
])('$why', ({ before, after, says }) => {
  expect(changes(before, after).sort()).toEqual([...says].sort());
});

const brokenSpec = () => ({
  template: { ...rollout('web').spec.template, metadata: { labels: { app: 1 } } },
});

test.each([
  {
    why: 'a Rollout that could not be read may be the Deployment that is gone',
    before: deployment('web'),
    after: { ...rollout('web'), spec: brokenSpec() },
  },
  {
    why: 'so may a Deployment be the Rollout',
    before: rollout('web'),
    after: { ...deployment('web'), spec: brokenSpec() },
  },
])('$why', ({ before, after }) => {
  const said = changes([before], [after]);
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((each) => !each.startsWith('unknown'))).toEqual([]);
});
