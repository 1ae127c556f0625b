import { previewConnections } from '../../lib/cli/live/preview';
import { diffConnections } from '../../lib/diff/diff-connections';
import { entryChanges } from '../../lib/diff/entry-change';
import { summarizeChanges } from '../../lib/diff/summary';
import { readManifests } from '../../lib/manifests/read-manifests';
import { describeEntryPoint } from '../../lib/model/entry-points';
import { describeNotBuilt } from '../../lib/model/inventory';
import { managedPoliciesIn } from '../../lib/plan/any-policy';
import { partyNames } from '../../lib/reachability/answers/party-names';
import { Reachability } from '../../lib/reachability/reachability';
import { changeListing } from '../../lib/render/change-listing';
import { connectionListing } from '../../lib/render/connection-listing';
import { driftListing } from '../../lib/render/drift-listing';
import { exposureListing } from '../../lib/render/exposure-listing';
import type { Edge, EdgeEnd } from '../../lib/render/listing';
import { deployment, policy, SHOP } from '../support/shop';

/** What a graph would show of each kind of rows. */

const nameOf = partyNames();

function describe(end: EdgeEnd): string {
  return 'entryPoint' in end
    ? describeEntryPoint(end.entryPoint)
    : 'notBuilt' in end
      ? describeNotBuilt(end.notBuilt)
      : nameOf(end).join(', ');
}

const edges = (listing: { edges?(): Iterable<Edge> }) =>
  [...(listing.edges?.() ?? [])].map(
    ({ from, to, ports, mark }) => `${describe(from)} → ${describe(to)} ${ports} ${mark}`,
  );

const service = (targetPort: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { type: 'LoadBalancer', selector: { app: 'db' }, ports: [{ port: 80, targetPort }] },
});
const onPort = (port: number) =>
  policy('db-ingress', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port }] }],
  });
const silent = policy('web-silent', { podSelector: { matchLabels: { app: 'web' } } });
const judged = (...objects: readonly object[]) =>
  Reachability.of(readManifests([...objects]).cluster, { knownOnly: true });

const before = judged(...SHOP, silent, service(5432));
const after = judged(deployment('web'), deployment('db'), onPort(5433), silent, service(5433));
const filter = { from: 'shop/web', to: 'shop/db' };

test('connections are edges with their verdict', () => {
  expect(edges(connectionListing(before.connections(filter)))).toEqual([
    'shop/web → shop/db 5432/TCP allowed',
  ]);
});

test('exposures are edges from and to their workload, and those that lead to it', () => {
  expect(edges(exposureListing(before.exposure(filter)))).toEqual([
    'shop/web → shop/db 5432/TCP allowed',
    'Service shop/db (LoadBalancer) → shop/db 5432/TCP entry',
    'shop/web → shop/db 5432/TCP allowed',
  ]);
});

test('a change is an edge for what it opens, for what it closes, and for what nobody knows', () => {
  const changes = diffConnections(before, after);
  const listing = changeListing(changes, summarizeChanges(changes, before, after), {
    entries: entryChanges(before, after),
    notBuiltChanges: [
      { change: 'unknown', notBuilt: { by: 'helm', name: 'charts/shop' }, before: false, after: true },
    ],
  });
  expect(edges(listing)).toEqual([
    'Service shop/db (LoadBalancer) → shop/db 5433/TCP opened',
    'Service shop/db (LoadBalancer) → shop/db 5432/TCP closed',
    'Helm chart charts/shop → any pod * unknown',
    'shop/web → shop/db 5433/TCP opened',
    'shop/web → shop/db 5432/TCP closed',
  ]);
});

test('the edges of a drift are what bringing the cluster back would change', () => {
  const { cluster } = readManifests([...SHOP, silent]);
  const back = { put: managedPoliciesIn(readManifests([onPort(5433)]).cluster) };
  const listing = driftListing({ ...previewConnections(cluster, back, {}), drift: [] });
  expect(edges(listing)).toContain('shop/web → shop/db 5433/TCP opened');
  expect(edges(listing)).toContain('shop/web → shop/db 5432/TCP closed');
});
