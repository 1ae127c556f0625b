import { diffConnections } from '../../../lib/diff/diff-connections';
import { readManifests } from '../../../lib/manifests/read-manifests';
import type { NetworkPolicyPeer } from '../../../lib/model/network-policy';
import { describePossible } from '../../../lib/reachability/answers/parties';
import { Reachability } from '../../../lib/reachability/reachability';
import { application, prometheus } from '../../support/makers';
import { deployment, policy } from '../../support/shop';

const NAME = 'app.kubernetes.io/name';
const labelled = (matchLabels: Record<string, string>) => ({ podSelector: { matchLabels } });
const inNamespace = (matchLabels: Record<string, string>) => ({ namespaceSelector: { matchLabels } });
const named = (name: string) => inNamespace({ 'kubernetes.io/metadata.name': name });

const opened = (from: NetworkPolicyPeer) =>
  policy('db', { ...labelled({ app: 'db' }), policyTypes: ['Ingress'], ingress: [{ from: [from] }] });

/** The possible pods that reach `shop/db`, in words. */
function known(objects: readonly object[]) {
  const { cluster } = readManifests([deployment('db'), ...objects]);
  return [...Reachability.of(cluster).connections({ to: 'shop/db' })].flatMap(({ from: { possible } }) =>
    possible === undefined ? [] : [describePossible(possible)],
  );
}

test.each([
  {
    why: 'its namespace, and labels that it may have',
    from: labelled({ app: 'prometheus' }),
    is: 'pods with app=prometheus in namespace shop (Prometheus main may make them)',
  },
  {
    why: 'its namespace, and labels that it has',
    from: labelled({ [NAME]: 'prometheus' }),
    is: 'pods with app.kubernetes.io/name=prometheus in namespace shop (Prometheus main may make them)',
  },
  {
    why: 'another value of a label than it has',
    from: labelled({ [NAME]: 'grafana' }),
    is: 'pods with app.kubernetes.io/name=grafana in namespace shop',
  },
  {
    why: 'that a label is not there which it has',
    from: { podSelector: { matchExpressions: [{ key: NAME, operator: 'DoesNotExist' as const }] } },
    is: 'pods without app.kubernetes.io/name in namespace shop',
  },
  {
    why: 'any pod of its namespace',
    from: named('shop'),
    is: 'any pod of namespace shop (Prometheus main may make some)',
  },
  {
    why: 'another namespace',
    from: { ...named('prod'), ...labelled({ app: 'prometheus' }) },
    is: 'pods with app=prometheus in namespace prod',
  },
  {
    why: 'namespaces by labels that its own may have, for no manifest declares it',
    from: { ...inNamespace({ team: 'ops' }), ...labelled({ app: 'prometheus' }) },
    is: 'pods with app=prometheus in namespaces with team=ops (Prometheus shop/main may make them)',
  },
  { why: 'any pod, of whom it says nothing', from: { namespaceSelector: {} }, is: 'any pod' },
])('a maker is named where a peer asks for $why', ({ from, is }) => {
  expect(known([prometheus(), opened(from)])).toContain(is);
});

test('it is not named where the labels of its namespace are known, and are others', () => {
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'web' } } };
  const asks = opened({ ...inNamespace({ team: 'ops' }), ...labelled({ app: 'prometheus' }) });
  expect(known([prometheus(), shop, asks])).toEqual(['pods with app=prometheus in namespaces with team=ops']);
});

test.each([
  {
    why: 'one whose pods may be anywhere is not named',
    makers: [application('web')],
    is: 'pods with app=etl in namespace shop',
  },
  {
    why: 'one that tells another namespace than its own is named with its own',
    makers: [application('web', 'shop')],
    is: 'pods with app=etl in namespace shop (Application argocd/web may make them)',
  },
  {
    why: 'of many three are named',
    makers: ['a', 'b', 'c', 'd', 'e'].map((name) => prometheus(name)),
    is: 'pods with app=etl in namespace shop (Prometheus a, Prometheus b, Prometheus c and 2 more may make them)',
  },
])('$why', ({ makers, is }) => {
  expect(known([...makers, opened(labelled({ app: 'etl' }))])).toEqual([is]);
});

test('a policy about pods that nobody knows names who may make them', () => {
  const onPrometheus = policy('prometheus', {
    ...labelled({ app: 'prometheus' }),
    policyTypes: ['Ingress'],
    ingress: [{}],
  });
  const rows = (objects: readonly object[]) =>
    [...Reachability.of(readManifests([...objects, onPrometheus]).cluster).connections()].flatMap(
      ({ to: { possible } }) => (possible === undefined ? [] : [describePossible(possible)]),
    );
  expect(new Set(rows([]))).toEqual(new Set(['pods with app=prometheus in namespace shop (none known)']));
  expect(new Set(rows([prometheus()]))).toEqual(
    new Set(['pods with app=prometheus in namespace shop (Prometheus main may make them)']),
  );
});

test.each([
  { why: 'in both versions', before: [prometheus()], after: [prometheus()], makers: ['main'] },
  { why: 'in the version after', before: [], after: [prometheus()], makers: ['main'] },
  { why: 'in the version before', before: [prometheus()], after: [], makers: ['main'] },
  {
    why: 'in one version each, that of the version after first',
    before: [prometheus('a')],
    after: [prometheus('b')],
    makers: ['b', 'a'],
  },
  { why: 'in none', before: [], after: [], makers: undefined },
])('a difference names makers that are there $why', ({ before, after, makers }) => {
  const [was, is] = [
    [...before, policy('db', { ...labelled({ app: 'db' }), policyTypes: ['Ingress'] })],
    [...after, opened(labelled({ app: 'prometheus' }))],
  ].map((objects) => Reachability.of(readManifests([deployment('db'), ...objects]).cluster));
  const [change] = diffConnections(was as Reachability, is as Reachability).filter(
    ({ from }) => from.possible !== undefined,
  );
  expect(change?.change).toBe('opened');
  expect(change?.from.possible?.madeBy?.map(({ name }) => name)).toEqual(makers);
});
