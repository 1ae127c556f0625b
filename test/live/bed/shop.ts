import type { Api } from './api';

/** A namespace, as the server wants it. */
export async function addNamespace(api: Api, name: string): Promise<void> {
  await api.create('/api/v1/namespaces', { metadata: { name } });
}

export interface PodOptions {
  readonly labels: Readonly<Record<string, string>>;
  readonly ip?: string;
}

/** A running pod; no kubelet is needed for one. */
export async function addPod(
  api: Api,
  namespace: string,
  name: string,
  { labels, ip }: PodOptions,
): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  await api.create(path, {
    metadata: { name, labels },
    spec: { containers: [{ name: 'app', image: 'app' }] },
  });
  const addresses = ip === undefined ? {} : { podIP: ip, podIPs: [{ ip }] };
  await api.patch(`${path}/${name}/status`, { status: { phase: 'Running', ...addresses } });
}

/** A policy as a person writes it. */
export async function addPolicy(api: Api, namespace: string, name: string, spec: object): Promise<void> {
  await api.create(`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`, {
    metadata: { name },
    spec,
  });
}

/** The namespace `shop` with web, db and a policy that lets web in to db on 5432. */
export async function addShop(api: Api): Promise<void> {
  await addNamespace(api, 'shop');
  await addPod(api, 'shop', 'web', { labels: { app: 'web' }, ip: '10.244.0.4' });
  await addPod(api, 'shop', 'db', { labels: { app: 'db' }, ip: '10.244.0.5' });
  await addPolicy(api, 'shop', 'db-ingress', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
  });
}
