import { changeWords } from '../../lib/diff/change-words';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Workload } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { rollout } from '../support/rollout';
import { deployment } from '../support/shop';

const judge = (...manifests: readonly object[]) => Reachability.of(readManifests(manifests).cluster);
const declared = ({ judged }: Reachability): readonly Workload[] =>
  judged.cluster.workloads.filter(({ assumed }) => assumed !== true);

const [web, db, job] = [deployment('web'), deployment('db'), deployment('job')];
const before = judge(web, db, job);

test.each<{ why: string; after: Reachability; said: string }>([
  { why: 'the same are there', after: judge(web, db, job), said: 'every workload' },
  {
    why: 'one is gone, and was one of them',
    after: judge(web, db),
    said: 'shop/db and shop/web',
  },
  {
    why: 'one is new, and is one of them',
    after: judge(web, db, job, deployment('new')),
    said: 'every workload',
  },
  {
    why: 'one is of another kind, and the same one',
    after: judge(web, db, rollout('job')),
    said: 'every workload',
  },
])('of those that are there after a change: $why', ({ after, said }) => {
  expect(changeWords(before, after).workloads(declared(after))).toBe(said);
});
