import { ask, type End, type Probe, passes, type Question, type Verdict } from './oracle';

/** Who may be at the other end of a connection of shop/db. */
const PEERS = {
  web: { pod: 1 },
  'other/web': { pod: 2 },
  world: { address: '203.0.113.7' },
  host: { host: true },
  node: { remoteNode: true },
  'API server': { apiServer: '198.51.100.9' },
} satisfies Record<string, End>;

const DB = { pod: 0 } satisfies End;

export const BED = {
  namespaces: [
    { name: 'shop', labels: { team: 'blue' } },
    { name: 'other', labels: { team: 'red' } },
  ],
  pods: [
    {
      namespace: 'shop',
      name: 'db',
      labels: { app: 'db' },
      ports: [{ name: 'http', protocol: 'TCP', port: 80 }],
      ip: '10.0.0.1',
    },
    {
      namespace: 'shop',
      name: 'web',
      labels: { app: 'web', 'pod-template-hash': 'a' },
      ports: [{ name: 'admin', protocol: 'TCP', port: 80 }],
      ip: '10.0.0.2',
    },
    { namespace: 'other', name: 'web', labels: { app: 'web' }, ip: '10.0.0.3' },
  ],
  nodes: [{ name: 'second', ip: '10.1.0.2' }],
} satisfies Partial<Question>;

export type Peer = keyof typeof PEERS;

export const EVERYBODY = Object.keys(PEERS) as Peer[];

export const everybodyBut = (...some: Peer[]) => EVERYBODY.filter((peer) => !some.includes(peer));

/** The node that a pod runs on reaches it whatever allows, unless something denies it. */
export const HOST: Peer[] = ['host'];

/** Such as `80/TCP`, or the type of an ICMP message: `8/ICMP`. */
type On = `${number}/${Probe['protocol']}`;

/** A row of a table, by the sentence that it proves. */
export interface Row extends Bed {
  readonly why: string;
}

export interface Bed extends Partial<Omit<Question, 'probes'>> {
  readonly policies: readonly unknown[];
  /** @default 80/TCP */
  readonly on?: On;
}

/** Who gets through to shop/db, and why policies are left out. */
export async function whoReachesDb(bed: Bed): Promise<{ from: Peer[]; invalid: (string | null)[] }> {
  const { passing: from, invalid } = await judge(bed, (peer) => ({ from: peer, to: DB }));
  return { from, invalid };
}

/** Whom shop/db gets through to, and why policies are left out. */
export async function whomDbReaches(bed: Bed): Promise<{ to: Peer[]; invalid: (string | null)[] }> {
  const { passing: to, invalid } = await judge(bed, (peer) => ({ from: DB, to: peer }));
  return { to, invalid };
}

async function judge({ on = '80/TCP', ...bed }: Bed, between: (peer: End) => Pick<Probe, 'from' | 'to'>) {
  const [port, protocol] = on.split('/') as [string, Probe['protocol']];
  const probes = EVERYBODY.map((peer) => ({ ...between(PEERS[peer]), protocol, port: Number(port) }));
  const { invalid, verdicts } = await ask({ ...BED, ...bed, probes });
  const passing = EVERYBODY.filter((_, i) => passes(verdicts[i] as Verdict));
  return { passing, invalid: [...invalid] };
}

/** A CiliumNetworkPolicy in the namespace shop that selects db, or what its spec says. */
export const cnp = (spec: object) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'cnp', namespace: 'shop' },
  spec: { endpointSelector: { matchLabels: { app: 'db' } }, ...spec },
});

/** A CiliumClusterwideNetworkPolicy that selects every db. */
export const ccnp = (spec: object) => ({
  ...cnp(spec),
  kind: 'CiliumClusterwideNetworkPolicy',
  metadata: { name: 'ccnp' },
});

/** A NetworkPolicy in the namespace shop that selects db. */
export const netpol = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'netpol', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ...spec },
});

export const WEB = { matchLabels: { app: 'web' } };

export const HTTP = [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }];

/** What a rule has as `toPorts`. */
export const on = (port: string, protocol?: string, more: object = {}) => [
  { ports: [{ port, ...(protocol === undefined ? {} : { protocol }), ...more }] },
];
