import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { db, policy } from './policy';

const pod = (namespace: string, name: string, ports: readonly object[] = []) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels: { app: name } },
  spec: { containers: [{ name: 'main', ports }], nodeName: 'n2' },
});
const namespace = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const node = (name: string, address: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
});
/** The pods run on `n2`. */
export const CLUSTER = [
  namespace('shop', { team: 'shop' }),
  namespace('other', { team: 'other' }),
  node('n1', '10.224.0.4'),
  node('n2', '10.224.0.5'),
  pod('shop', 'db', [{ name: 'sql', containerPort: 5432 }]),
  pod('shop', 'web'),
  pod('other', 'web'),
];

export interface Case {
  readonly why: string;
  readonly spec: object;
  readonly wide?: true;
  readonly more?: readonly object[];
  /** Of the ends below, those that come in to the database on 5432. */
  readonly in?: string;
  /** Those that the database gets out to on 443. */
  readonly out?: string;
}

const ENDS = {
  web: 'shop/web',
  other: 'other/web',
  net: '203.0.113.7',
  server: '20.50.1.2',
  node: 'node:n1',
} as const;
export const EVERYBODY = 'web other net server node';

export function told(objects: readonly object[], direction: 'in' | 'out'): string {
  const { cluster } = readManifests(objects as object[]);
  const profile = {
    engine: 'cilium',
    acns: 'L7',
    apiServerAddresses: ['20.50.1.2'],
    nodeCidrs: ['10.224.0.0/16'],
  } as const;
  const reachability = Reachability.of(cluster, { profile });
  return Object.entries(ENDS)
    .flatMap(([word, end]) => {
      const question =
        direction === 'in'
          ? { from: end, to: 'shop/db', port: 5432 }
          : { from: 'shop/db', to: end, port: 443 };
      const { verdict } = reachability.verdict(question);
      return verdict === 'allowed' ? word : verdict === 'denied' ? [] : `${word}?`;
    })
    .join(' ');
}

/** Checks that a policy about the database, in the cluster above, lets in and out whom a case says. */
export function check({ spec, wide, more = [], ...says }: Case): void {
  const whole = policy(
    JSON.parse(JSON.stringify({ ...db, ...spec })),
    wide ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
  );
  for (const direction of ['in', 'out'] as const) {
    if (says[direction] !== undefined) {
      expect(told([...CLUSTER, whole, ...more], direction)).toBe(says[direction]);
    }
  }
}
