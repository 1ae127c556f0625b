import fc from 'fast-check';
import { readLive } from '../../lib/manifests/read-live';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster } from '../../lib/model/cluster';
import { Reachability } from '../../lib/reachability/reachability';
import { sampleSeed } from '../support/sample-seed';
import { GROUPS, NAMESPACES, PODS, policies, SERVICES } from './arbitrary';
import { ask, type End, type Probe, passes } from './oracle';

/** What is said of policies of all three kinds, beside what Cilium's own code makes of them. */

const API_SERVER = '20.50.1.2';

const CIDR_GROUPS = GROUPS.map(({ name, cidrs }) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumCIDRGroup',
  metadata: { name },
  spec: { externalCIDRs: cidrs },
}));

const CLUSTER = [
  ...NAMESPACES.map(({ name, labels }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  })),
  ...[
    ['own', '10.224.0.4'],
    ['other', '10.224.0.5'],
  ].map(([name, address]) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  })),
  ...PODS.map(({ namespace, name, labels, ports, ip }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: {
      nodeName: 'own',
      containers: [
        { name: 'main', ports: ports.map(({ port, ...more }) => ({ ...more, containerPort: port })) },
      ],
    },
    status: { podIP: ip, phase: 'Running' },
  })),
  ...SERVICES.map(({ namespace, name, labels, ...more }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels },
    spec: { ports: [{ port: 80 }], ...('selector' in more ? { selector: more.selector } : {}) },
  })),
  ...CIDR_GROUPS,
];

const OTHERS: readonly { readonly words: string; readonly end: End }[] = [
  { words: 'node:own', end: { host: true } },
  { words: 'node:other', end: { remoteNode: true } },
  { words: '203.0.113.7', end: { address: '203.0.113.7' } },
  { words: '8.8.8.8', end: { address: '8.8.8.8' } },
  { words: API_SERVER, end: { apiServer: API_SERVER } },
];
const pods = PODS.map(({ namespace, name }, pod) => ({ words: `${namespace}/${name}`, end: { pod } }));
const FLOWS = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 81 },
  { protocol: 'UDP', port: 443 },
] as const;

const questions = pods.flatMap((pod) => [
  ...pods.filter((each) => each !== pod).map((to) => [pod, to] as const),
  ...OTHERS.flatMap((other) => [[pod, other] as const, [other, pod] as const]),
]);
const probes = questions.flatMap(([from, to]) =>
  FLOWS.map((flow): { words: string; ask: { from: string; to: string; port: string }; probe: Probe } => ({
    words: `${from.words} to ${to.words} on ${flow.port}/${flow.protocol}`,
    ask: { from: from.words, to: to.words, port: `${flow.port}/${flow.protocol}` },
    probe: { from: from.end, to: to.end, ...flow },
  })),
);

const PROFILE = {
  engine: 'cilium',
  kubernetesVersion: '1.35',
  acns: 'L7',
  apiServerAddresses: [API_SERVER],
  podCidrs: ['10.244.0.0/16'],
  nodeCidrs: ['10.224.0.0/16'],
} as const;

/** Every object of a cluster, as its API server lists them. */
async function live(
  objects: readonly { readonly kind: string; readonly apiVersion: string }[],
): Promise<Cluster> {
  async function* parts() {
    for (const { kind, apiVersion, ...object } of objects) {
      yield { kind, apiVersion, objects: [object] };
    }
  }
  return (await readLive(parts(), true)).cluster;
}

/** Each run has two policies on average. */
const RUNS = Number(process.env.CILIUM_RUNS ?? 10_000);

test('every certain verdict is that of Cilium, and what it refuses is never taken for understood', async () => {
  let certain = 0;
  let all = 0;
  await fc.assert(
    fc.asyncProperty(policies, async (list) => {
      const { invalid, verdicts } = await ask({
        policies: list,
        namespaces: NAMESPACES,
        pods: PODS,
        services: SERVICES,
        groups: CIDR_GROUPS,
        nodes: [{ name: 'other', ip: '10.224.0.5' }],
        probes: probes.map(({ probe }) => probe),
      });
      const refused = list.filter((_, i) => invalid[i] !== null).map(({ metadata: { name } }) => name);
      const objects = [...CLUSTER, ...list];
      const wrong: string[] = [];
      // Some of a cluster's objects, as in files, and all of them.
      for (const cluster of [readManifests(objects as object[]).cluster, await live(objects)]) {
        const understood = (cluster.unjudged ?? []).filter(
          ({ says }) =>
            says?.some(({ ingress, egress }) => ingress.rules.length + egress.rules.length > 0) === true,
        );
        expect(understood.map(({ name }) => name).filter((name) => refused.includes(name ?? ''))).toEqual([]);
        const reachability = Reachability.of(cluster, { profile: PROFILE });
        for (const [i, { words, ask: question }] of probes.entries()) {
          const outcome = reachability.outcome(question);
          const passing = passes(verdicts[i] as never);
          all += 1;
          certain += outcome === 'unknown' ? 0 : 1;
          if (outcome !== 'unknown' && (outcome === 'allowed') !== passing) {
            wrong.push(`${words}: ${outcome}, and Cilium lets it ${passing ? 'pass' : 'not pass'}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: RUNS, seed: sampleSeed() },
  );
  expect(certain / all).toBeGreaterThan(0.6);
}, 3_600_000);
