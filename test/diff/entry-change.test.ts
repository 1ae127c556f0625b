import { type EntryChange, entryChanges } from '../../lib/diff/entry-change';
import { describeSummary, summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import { describeEntryPoint } from '../../lib/model/entry-points';
import { workloadNameOf } from '../../lib/reachability/answers/crowd';
import { Reachability } from '../../lib/reachability/reachability';
import { rollout } from '../support/rollout';
import { deployment } from '../support/shop';

const service = (type: string, port = 8080, selector: object = { app: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'front' },
  spec: { type, selector, ports: [{ port: 80, targetPort: port }] },
});

const route = (kind: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { namespace: 'shop', name: 'front' },
  spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'front', port: 80 }] }] },
});

const web = deployment('web', [8080]);
const more = { ...deployment('more', [8080]) };
const both = { tier: 'front' };
const inFront = (each: typeof web) => ({
  ...each,
  spec: {
    ...each.spec,
    template: {
      ...each.spec.template,
      metadata: { labels: { ...each.spec.template.metadata.labels, ...both } },
    },
  },
});

const judge = (manifests: readonly object[]) => Reachability.of(readManifests(manifests).cluster);

const told = ({ change, entryPoint, to, before, after }: EntryChange) =>
  `${change} ${describeEntryPoint(entryPoint)} → ${to.workloads?.map(({ workload }) => workloadNameOf(workload)).join()}: ${before} to ${after}`;

test.each<{
  why: string;
  before: readonly object[];
  after: readonly object[];
  rows: readonly string[];
  line?: string;
}>([
  {
    why: 'one that is new',
    before: [web],
    after: [web, service('LoadBalancer')],
    rows: ['entry-added Service shop/front (LoadBalancer) → shop/web: none to 8080/TCP'],
    line: 'entry points: 1 new',
  },
  {
    why: 'one that is gone',
    before: [web, service('NodePort')],
    after: [web],
    rows: ['entry-removed Service shop/front (NodePort) → shop/web: 8080/TCP to none'],
    line: 'entry points: 1 gone',
  },
  {
    why: 'one that is for the cluster alone from now on',
    before: [web, service('LoadBalancer')],
    after: [web, service('ClusterIP')],
    rows: ['entry-removed Service shop/front (LoadBalancer) → shop/web: 8080/TCP to none'],
    line: 'entry points: 1 gone',
  },
  {
    why: 'one of another type is another one',
    before: [web, service('LoadBalancer')],
    after: [web, service('NodePort')],
    rows: [
      'entry-added Service shop/front (NodePort) → shop/web: none to 8080/TCP',
      'entry-removed Service shop/front (LoadBalancer) → shop/web: 8080/TCP to none',
    ],
    line: 'entry points: 1 new, 1 gone',
  },
  {
    why: 'one to another port',
    before: [web, service('LoadBalancer')],
    after: [web, service('LoadBalancer', 9000)],
    rows: ['entry-changed Service shop/front (LoadBalancer) → shop/web: 8080/TCP to 9000/TCP'],
    line: 'entry points: 1 changed',
  },
  {
    why: 'one to several workloads is one row',
    before: [inFront(web), inFront(more)],
    after: [inFront(web), inFront(more), service('LoadBalancer', 8080, both)],
    rows: ['entry-added Service shop/front (LoadBalancer) → shop/more,shop/web: none to 8080/TCP'],
    line: 'entry points: 1 new',
  },
  {
    why: 'one to a workload that is new',
    before: [inFront(web), service('LoadBalancer', 8080, both)],
    after: [inFront(web), inFront(more), service('LoadBalancer', 8080, both)],
    rows: ['entry-added Service shop/front (LoadBalancer) → shop/more: none to 8080/TCP'],
    line: 'entry points: 1 new',
  },
  {
    why: 'a route of another kind is another one',
    before: [web, service('ClusterIP'), route('HTTPRoute')],
    after: [web, service('ClusterIP'), route('GRPCRoute')],
    rows: [
      'entry-added GRPCRoute shop/front (gateway shop/edge) → shop/web: none to 8080/TCP',
      'entry-removed HTTPRoute shop/front (gateway shop/edge) → shop/web: 8080/TCP to none',
    ],
    line: 'entry points: 1 new, 1 gone',
  },
  {
    why: 'one to nobody who is known',
    before: [],
    after: [service('LoadBalancer')],
    rows: ['entry-added Service shop/front (LoadBalancer) → : none to none'],
    line: 'entry points: 1 new',
  },
  {
    why: 'one whose workload appears was there before',
    before: [service('LoadBalancer')],
    after: [web, service('LoadBalancer')],
    rows: ['entry-added Service shop/front (LoadBalancer) → shop/web: none to 8080/TCP'],
    line: 'entry points: 1 new',
  },
  {
    why: 'one to a Deployment that is a Rollout now is the same',
    before: [web, service('LoadBalancer')],
    after: [rollout('web', [8080]), service('LoadBalancer')],
    rows: [],
  },
  {
    why: 'the same in another order',
    before: [web, service('LoadBalancer')],
    after: [service('LoadBalancer'), web],
    rows: [],
  },
])('$why', ({ before, after, rows, line }) => {
  const [was, is] = [judge(before), judge(after)];
  expect(entryChanges(was, is).map(told)).toEqual(rows);
  const lines = describeSummary(summarizeChanges([], was, is));
  expect(lines).toEqual(['no connection changes', ...(line === undefined ? [] : [line])]);
});
