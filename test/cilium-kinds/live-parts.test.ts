import { type LivePart, readLive } from '../../lib/manifests/read-live';
import { db, policy } from './policy';

/** What is known of the objects that rules refer to, where a cluster lists all of them. */

const toGroup = { egress: [{ toCIDRSet: [{ cidrGroupRef: 'ghost' }] }] };
const toService = (k8sService: object) => ({ egress: [{ toServices: [{ k8sService }] }] });
const byLabels = {
  egress: [{ toServices: [{ k8sServiceSelector: { selector: { matchLabels: { a: 'b' } } } }] }],
};
const service = (namespace: string, labels: object) => ({
  metadata: { name: 'back', namespace, labels },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
});

async function peersOf(spec: object, more: readonly LivePart[] = [], isWhole = true) {
  async function* parts(): AsyncGenerator<LivePart> {
    yield {
      kind: 'CiliumNetworkPolicy',
      apiVersion: 'cilium.io/v2',
      objects: [policy({ ...db, ...spec }, 'CiliumNetworkPolicy')],
    };
    yield {
      kind: 'Service',
      apiVersion: 'v1',
      objects: [service('shop', { a: 'b' }), service('other', { a: 'b' }), service('third', {})],
    };
    yield* more;
  }
  const { cluster } = await readLive(parts(), isWhole);
  return cluster.unjudged?.map(({ says }) =>
    says?.map(({ egress }) =>
      egress.rules.map(({ peers }) => peers?.map((each) => each.kind === 'pods' && each.namespaces)),
    ),
  );
}

test.each<{ why: string; spec: object; peers: readonly unknown[] | undefined }>([
  { why: 'a group that is not there has no address', spec: toGroup, peers: [] },
  {
    why: 'a service that is not there is as none',
    spec: toService({ serviceName: 'ghost', namespace: 'shop' }),
    peers: undefined,
  },
  {
    why: 'the services of a name',
    spec: toService({ serviceName: 'back' }),
    peers: ['shop', 'other', 'third'],
  },
  { why: 'the services with a label', spec: byLabels, peers: ['shop', 'other'] },
])('$why', async ({ spec, peers }) => {
  // A rule without peers and ports allows nothing.
  expect(await peersOf(spec)).toEqual([[[peers ?? []]]]);
});

const PROBLEM = { code: 'forbidden', at: 'a', got: 'b', problem: 'c', fix: 'd', source: {} } as const;

test.each<{ why: string; more?: readonly LivePart[]; isWhole?: boolean }>([
  { why: 'only some kinds were asked for', isWhole: false },
  { why: 'groups may not be listed', more: [{ unlisted: 'CiliumCIDRGroup.cilium.io' }] },
  {
    why: 'a service is not readable',
    more: [{ kind: 'Service', apiVersion: 'v1', objects: [{ spec: {} }] }],
  },
  { why: 'services may not be listed', more: [{ kind: 'Service', problem: PROBLEM }] },
])('nothing is known where $why', async ({ more, isWhole }) => {
  for (const spec of [toGroup, toService({ serviceName: 'back' }), byLabels]) {
    expect(await peersOf(spec, more, isWhole)).toEqual([undefined]);
  }
});
