import type { NetworkPolicySpec } from '../../lib/model/network-policy';

/** A deployment in namespace `shop` whose pods carry `app: name`. */
export function deployment(name: string, ports: readonly number[] = []) {
  const containers = [{ name, image: name, ports: ports.map((containerPort) => ({ containerPort })) }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers } },
    },
  };
}

export function policy(name: string, spec: NetworkPolicySpec) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec,
  };
}

/** `web` reaches `db` on 5432, nothing else reaches `db`; `web` and `db` are open otherwise. */
export const SHOP = [
  deployment('web'),
  deployment('db', [5432]),
  policy('db-ingress', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ protocol: 'TCP', port: 5432 }] },
    ],
  }),
];

/** The shop before its database was shut to all but `web` on its own port. */
export const BASE = [
  deployment('web'),
  deployment('db', [5432]),
  policy('db-ingress', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }] }],
  }),
];

/** Whether `web` reaches `db` depends on the labels of a namespace that nobody declares. */
export const UNCERTAIN = [
  ...SHOP,
  policy('db-by-team', {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: {} }] }],
  }),
];
