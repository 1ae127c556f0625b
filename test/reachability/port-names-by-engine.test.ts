import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { Cluster, ContainerPort, Workload } from '../../lib/model/cluster';
import type { EngineName } from '../../lib/model/engine-profile';
import type { Outcome } from '../../lib/reachability/answers/verdict';
import { Reachability } from '../../lib/reachability/reachability';
import { clusterOfContainers } from './arbitrary';
import { podsOf } from './reference';

interface Containers {
  readonly containers?: readonly (readonly object[])[];
  readonly sidecar?: readonly object[];
  readonly init?: readonly object[];
}

const workload = (name: string, { containers = [[]], sidecar = [], init = [] }: Containers = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'data', name },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: {
        initContainers: [
          { name: 'agent', restartPolicy: 'Always', ports: sidecar },
          { name: 'once', ports: init },
        ],
        containers: containers.map((ports, i) => ({ name: `c${i}`, ports })),
      },
    },
  },
});

const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'data', name: 'p' },
  spec,
});
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });
const into = (...ports: object[]) => policy({ ...pods('db'), ingress: [{ from: [pods('web')], ports }] });
const outOf = (...ports: object[]) =>
  policy({ ...pods('web'), policyTypes: ['Egress'], egress: [{ to: [pods('db')], ports }] });

const named = (name: string, containerPort: number, protocol = 'TCP') => ({ name, containerPort, protocol });
const clusterOf = (...objects: object[]): Cluster => readManifests([workload('web'), ...objects]).cluster;
const ENGINES: readonly (EngineName | undefined)[] = [undefined, 'azure', 'calico', 'cilium'];

/** By the specification, and on azure, calico and cilium. */
type ByEngine = readonly [Outcome, Outcome, Outcome, Outcome];

const everywhere = (outcome: Outcome): ByEngine => [outcome, outcome, outcome, outcome];

interface Row {
  readonly why: string;
  readonly db: Containers;
  readonly policies: readonly object[];
  readonly verdicts: Readonly<Record<string, ByEngine>>;
}

const SIDECAR: Containers = {
  containers: [[named('sql', 26257)]],
  sidecar: [named('metrics', 8099)],
  init: [named('setup', 7000)],
};
const TWICE: Containers = { containers: [[named('http', 81)], [named('http', 80)]] };
const DNS: Containers = { containers: [[named('dns', 53, 'UDP')], [named('dns', 53)]] };

const ROWS: readonly Row[] = [
  {
    why: 'into a pod, a name of a sidecar and one of an init container that ends',
    db: SIDECAR,
    policies: [into({ port: 'metrics' }, { port: 'setup' })],
    verdicts: {
      '8099/TCP': ['allowed', 'denied', 'unknown', 'denied'],
      '7000/TCP': ['denied', 'denied', 'unknown', 'denied'],
      '26257/TCP': everywhere('denied'),
    },
  },
  {
    why: 'out of a pod, the same',
    db: SIDECAR,
    policies: [outOf({ port: 'metrics' }, { port: 'setup' })],
    verdicts: {
      '8099/TCP': ['allowed', 'denied', 'unknown', 'denied'],
      '7000/TCP': ['denied', 'denied', 'unknown', 'denied'],
      '26257/TCP': everywhere('denied'),
    },
  },
  {
    why: 'a sidecar that repeats the port of a container',
    db: { containers: [[named('metrics', 8099)]], sidecar: [named('metrics', 8099)] },
    policies: [into({ port: 'metrics' })],
    verdicts: { '8099/TCP': everywhere('allowed') },
  },
  {
    why: 'a sidecar with another port of the name',
    db: { containers: [[named('metrics', 8098)]], sidecar: [named('metrics', 8099)] },
    policies: [into({ port: 'metrics' })],
    verdicts: {
      '8098/TCP': everywhere('allowed'),
      '8099/TCP': ['allowed', 'denied', 'unknown', 'denied'],
    },
  },
  {
    why: 'the number of a sidecar’s port',
    db: SIDECAR,
    policies: [into({ port: 8099 })],
    verdicts: { '8099/TCP': everywhere('allowed') },
  },
  {
    why: 'a name in two containers',
    db: TWICE,
    policies: [into({ port: 'http' })],
    verdicts: { '80/TCP': everywhere('allowed'), '81/TCP': ['allowed', 'allowed', 'allowed', 'denied'] },
  },
  {
    why: 'out of a pod, a name in two containers, which Cilium takes for the number of the whole cluster',
    db: TWICE,
    policies: [outOf({ port: 'http' })],
    verdicts: {
      // AKS's own nginx gives the name 80, too, where it runs.
      '80/TCP': everywhere('allowed'),
      '81/TCP': ['allowed', 'allowed', 'allowed', 'denied'],
    },
  },
  {
    why: 'a name for two protocols',
    db: DNS,
    policies: [into({ port: 'dns', protocol: 'UDP' }, { port: 'dns' })],
    verdicts: { '53/TCP': everywhere('allowed'), '53/UDP': ['allowed', 'allowed', 'allowed', 'denied'] },
  },
  {
    why: 'the last of a name is of another protocol',
    db: { containers: [[named('dns', 53)], [named('dns', 53, 'UDP')]] },
    policies: [into({ port: 'dns' })],
    verdicts: { '53/TCP': ['allowed', 'allowed', 'allowed', 'denied'], '53/UDP': everywhere('denied') },
  },
];

test.each(ROWS)('$why', ({ db, policies, verdicts }) => {
  const judged = clusterOf(workload('db', db), ...policies);
  const found = Object.keys(verdicts).map((port) => [
    port,
    ENGINES.map((engine) =>
      Reachability.of(judged, { profile: engine === undefined ? {} : { engine } }).outcome({
        from: 'data/web',
        to: 'data/db',
        port,
      }),
    ),
  ]);
  expect(Object.fromEntries(found)).toEqual(verdicts);
});

test.each([
  {
    engine: 'azure',
    db: SIDECAR,
    port: 'metrics',
    asked: 8099,
    by: 'sidecar-port-name-not-seen',
    doubts: [],
  },
  {
    engine: 'calico',
    db: SIDECAR,
    port: 'metrics',
    asked: 8099,
    by: 'init-port-name-may-be-seen',
    doubts: ['engine-undocumented'],
  },
  {
    engine: 'cilium',
    db: TWICE,
    port: 'http',
    asked: 81,
    by: 'port-name-is-that-of-last-container',
    doubts: [],
  },
] as const)('$engine: an answer names the departure $by, and only where it counts', (row) => {
  const judged = clusterOf(workload('db', row.db), into({ port: row.port }));
  const reachability = Reachability.of(judged, { profile: { engine: row.engine } });
  const answer = reachability.verdict({ from: 'data/web', to: 'data/db', port: row.asked });
  expect(answer.departures.map(({ id }) => id)).toEqual([row.by]);
  expect(answer.doubts.map(({ code }) => code)).toEqual(row.doubts);
  expect(reachability.explain({ from: 'data/web', to: 'data/db', port: row.asked })).toContain(
    answer.departures[0]?.statement,
  );
  const plain = clusterOf(
    workload('db', { containers: [[named(row.port, row.asked)]] }),
    into({ port: row.port }),
  );
  const other = Reachability.of(plain, { profile: { engine: row.engine } });
  expect(other.verdict({ from: 'data/web', to: 'data/db', port: row.asked })).toMatchObject({
    verdict: 'allowed',
    departures: [],
  });
});

describe('the number of a name in the whole cluster', () => {
  const verdictOf = (name: string, isLive = false) =>
    Reachability.of(
      {
        ...clusterOf(workload('db', { containers: [[named(name, 8080)]] }), outOf({ port: name })),
        ...(isLive ? { isLive: true } : {}),
      },
      { profile: { engine: 'cilium' } },
    ).verdict({ from: 'data/web', to: 'data/db', port: 8080 });

  test.each([
    { why: 'that only known pods give', name: 'sql', verdict: 'allowed', doubts: [] },
    {
      why: 'to which a pod that AKS may run gives another number',
      name: 'http',
      verdict: 'unknown',
      doubts: ["AKS's own pods, which may be there, may give the port name http another number"],
    },
    {
      why: 'of a cluster whose every pod is known',
      name: 'http',
      isLive: true,
      verdict: 'allowed',
      doubts: [],
    },
  ])('a name $why is $verdict on cilium', ({ name, isLive, verdict, doubts }) => {
    const answer = verdictOf(name, isLive);
    expect(answer.verdict).toBe(verdict);
    expect(answer.doubts.map(({ text }) => text)).toEqual(doubts);
  });
});

test.each([
  { engine: undefined, changes: ['opened 7000/TCP'] },
  { engine: 'azure', changes: ['opened 7000/TCP', 'opened 8099/TCP'] },
  { engine: 'calico', changes: ['unknown 7000/TCP', 'unknown 8099/TCP'] },
] as const)('on $engine a difference tells that init containers become containers', ({ engine, changes }) => {
  const judged = [
    SIDECAR,
    { containers: [...(SIDECAR.containers ?? []), [named('metrics', 8099), named('setup', 7000)]] },
  ].map((db) =>
    Reachability.of(clusterOf(workload('db', db), into({ port: 'metrics' }, { port: 'setup' })), {
      profile: engine === undefined ? {} : { engine },
      knownOnly: true,
    }),
  ) as [Reachability, Reachability];
  const found = diffConnections(...judged).flatMap(({ opened, closed, unknown }) =>
    Object.entries({ opened, closed, unknown }).flatMap(([word, ports]) =>
      ports.isEmpty
        ? []
        : String(ports)
            .split(', ')
            .map((port) => `${word} ${port}`),
    ),
  );
  expect(found.sort()).toEqual(changes);
});

const withPorts = (
  each: Cluster,
  change: (ports: readonly ContainerPort[], init: readonly ContainerPort[]) => ContainerPort[],
): Cluster => ({
  ...each,
  workloads: each.workloads.map(
    ({ initPorts = [], ...rest }): Workload => ({
      ...rest,
      ports: change(rest.ports, initPorts),
      pods: rest.pods.map(({ initPorts: init = [], ...pod }) =>
        pod.ports === undefined ? pod : { ...pod, ports: change(pod.ports, init) },
      ),
    }),
  ),
});

const ofContainers = (ports: readonly ContainerPort[]) => ports.filter(({ ofSidecar }) => !ofSidecar);
const lastOfEach = (ports: readonly ContainerPort[]) =>
  ofContainers(ports).filter(
    ({ name }, i, all) => name === undefined || !all.slice(i + 1).some((each) => each.name === name),
  );

/** The open ports of every pair of pods. */
function opened(of: Cluster, engine: EngineName): string[] {
  const reachability = Reachability.of(of, { profile: { engine }, knownOnly: true });
  const ends = podsOf(of).map(({ name }) => name);
  return ends.flatMap((from) =>
    ends.map((to) => {
      const { ports, possiblePorts } = reachability.verdict({ from, to });
      return `${from} to ${to}: ${ports} ${possiblePorts}`;
    }),
  );
}

test.each([
  { engine: 'azure', sees: ofContainers },
  { engine: 'cilium', sees: lastOfEach },
] as const)('$engine judges as if what it does not see were not there', ({ engine, sees }) => {
  fc.assert(
    fc.property(clusterOfContainers, (each) => {
      expect(opened(each, engine)).toEqual(opened(withPorts(each, sees), engine));
    }),
    { numRuns: 200 },
  );
});

test('on calico a verdict holds for its older and its newer versions', () => {
  const versions = [
    ofContainers,
    (ports: readonly ContainerPort[], init: readonly ContainerPort[]) =>
      [...ports, ...init].map(({ ofSidecar: _, ...port }) => port),
  ];
  fc.assert(
    fc.property(clusterOfContainers, (each) => {
      const judged = Reachability.of(each, { profile: { engine: 'calico' } });
      const truths = versions.map((of) =>
        Reachability.of(withPorts(each, of), { profile: { engine: 'calico' } }),
      );
      const ends = podsOf(each).map(({ name }) => name);
      for (const question of ends.flatMap((from) => ends.map((to) => ({ from, to, port: 80 })))) {
        const [older, newer] = truths.map((truth) => truth.outcome(question));
        const verdict = judged.outcome(question);
        expect(older === newer ? [older] : ['unknown']).toContain(verdict);
      }
    }),
    { numRuns: 200 },
  );
});
