import type { Manifest } from './manifests';

/** Something of which an input may have much. */
export interface Dimension {
  /** How much of it the smallest input has; the largest has {@link LARGEST} times as much. */
  readonly size: number;
  /** Files by name; `aks-netpol.yaml` is the configuration of `lint`. */
  readonly files: (size: number) => Readonly<Record<string, string>>;
}

/** With it the largest input has some MiB, and no more ports and blocks than there are. */
export const LARGEST = 64;

/** What an attacker or a program that has gone wild can make large, each by itself. */
export const DIMENSIONS = {
  policies: { size: 500, files: (n) => policies(n, (i) => ingress([{ from: [pods(i)], ports: [port(i)] }])) },
  workloads: {
    size: 400,
    files: (n) => manifests([database({}), ...times(n, (i) => deployment(`app-${i}`))]),
  },
  rules: { size: 500, files: (n) => one(ingress(times(n, (i) => ({ from: [pods(i)], ports: [port(i)] })))) },
  'rules alike': {
    size: 2000,
    files: (n) => one(ingress(times(n, () => ({ from: [{ podSelector: {} }] })))),
  },
  peers: { size: 1000, files: (n) => one(ingress([{ from: times(n, pods) }])) },
  'peers alike': {
    size: 4000,
    files: (n) => one(ingress([{ from: times(n, () => ({ podSelector: {} })) }])),
  },
  'empty peers': { size: 4000, files: (n) => one(ingress([{ from: times(n, () => ({})) }])) },
  'IP blocks': {
    size: 500,
    files: (n) => one(ingress([{ from: times(n, (i) => ({ ipBlock: { cidr: address(i) } })) }])),
  },
  excepts: {
    size: 500,
    files: (n) => one(ingress([{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: times(n, address) } }] }])),
  },
  ports: { size: 500, files: (n) => one(ingress([{ ports: times(n, port) }])) },
  'ports alike': { size: 10_000, files: (n) => one(ingress([{ ports: times(n, () => ({ port: 80 })) }])) },
  labels: {
    size: 500,
    files: (n) => {
      const labels = Object.fromEntries(times(n, (i) => [`label-${i}`, 'x']));
      return manifests([
        ...base(),
        deployment('many', labels),
        database({ podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] }),
      ]);
    },
  },
  values: {
    size: 10_000,
    files: (n) =>
      one(
        ingress([
          {
            from: [
              selecting(
                'In',
                times(n, (i) => `app-${i}`),
              ),
              selecting(
                'NotIn',
                times(n, (i) => `no-${i}`),
              ),
            ],
          },
        ]),
      ),
  },
  services: {
    size: 300,
    files: (n) =>
      manifests([...base(n), ...times(n, service), database({ podSelector: {}, policyTypes: ['Ingress'] })]),
  },
  problems: { size: 500, files: (n) => ({ 'list.json': JSON.stringify(list(broken(n))) }) },
  'problems in YAML': {
    size: 500,
    files: (n) => ({ 'list.yaml': JSON.stringify(list(broken(n))).replace(/^/, '# YAML\n') }),
  },
  acknowledgements: {
    size: 1000,
    files: (n) => ({
      ...one(ingress([])),
      'aks-netpol.yaml': JSON.stringify({ acknowledge: times(n, accepted) }),
    }),
  },
  'acknowledgements in YAML': {
    size: 1000,
    files: (n) => ({
      ...one(ingress([])),
      'aks-netpol.yaml': `acknowledge:\n${times(n, (i) => `- ${JSON.stringify(accepted(i))}\n`).join('')}`,
    }),
  },
  lines: {
    size: 20_000,
    files: (n) => ({ 'all.yaml': `${'# a comment\n'.repeat(n)}${yaml([...base(), database(ingress([]))])}` }),
  },
  blanks: {
    size: 160_000,
    files: (n) => ({
      ...one(ingress([])),
      'aks-netpol.yaml': JSON.stringify({ acknowledge: [{ ...accepted(0), reason: `a${' '.repeat(n)}b` }] }),
    }),
  },
  files: {
    size: 250,
    files: (n) => Object.fromEntries(times(n, (i) => [`${i}.yaml`, yaml([deployment(`app-${i}`)])])),
  },
  depth: {
    size: 5000,
    files: (n) => ({
      'deep.json': `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":${'['.repeat(n)}${']'.repeat(n)}}`,
    }),
  },
} as const satisfies Readonly<Record<string, Dimension>>;

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const pods = (i: number) => ({ podSelector: { matchLabels: { app: `app-${i}` } } });
const port = (i: number) => ({ port: 1 + 2 * i });
const address = (i: number) => `10.${(i >> 7) & 255}.${(2 * i) & 255}.0/24`;
const service = (i: number): Manifest => ({
  ...named('v1', 'Service', `service-${i}`),
  spec: { selector: { tier: 'app' }, ports: [{ port: 80, targetPort: 8081 }] },
});
const accepted = (i: number) => ({ rule: 'no-default-deny', object: `shop/app-${i}`, reason: 'known' });
const ingress = (rules: readonly object[]) => ({
  podSelector: { matchLabels: { app: 'db' } },
  policyTypes: ['Ingress'],
  ingress: rules,
});
const selecting = (operator: string, values: readonly string[]) => ({
  podSelector: { matchExpressions: [{ key: 'app', operator, values }] },
});

function named(apiVersion: string, kind: string, name: string): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' } };
}
function deployment(name: string, more = {}): Manifest {
  const labels = { app: name, tier: 'app', ...more };
  return {
    ...named('apps/v1', 'Deployment', name),
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}
function database(spec: object, name = 'db'): Manifest {
  return { ...named('networking.k8s.io/v1', 'NetworkPolicy', name), spec };
}
const base = (n = 20) => [deployment('db'), ...times(n, (i) => deployment(`app-${i}`))];
const broken = (n: number) =>
  times(n, (i) => database({ podSelector: { matchLabels: { app: 1 } } }, `db-${i}`));
const list = (items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items });
const yaml = (all: readonly object[]) => all.map((each) => `---\n${JSON.stringify(each)}\n`).join('');
const manifests = (all: readonly object[]) => ({ 'all.yaml': yaml(all) });
const policies = (n: number, spec: (i: number) => object) =>
  manifests([...base(), ...times(n, (i) => database(spec(i), `db-${i}`))]);
const one = (spec: object) => manifests([...base(), database(spec)]);
