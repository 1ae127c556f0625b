/** Shop's web and db, and the policies that open or close them, for the rules about who reaches whom. */

import { app, pod, policy, service, workload } from '../judge';

export const HTTP = { name: 'http', containerPort: 8080 };

export const web = workload('shop/web', {}, [HTTP]);

export const db = workload('shop/db', {}, [{ containerPort: 5432 }]);

export const bare = workload('shop/web');

export const onHost = (path: string) => workload(path, {}, [HTTP], { hostNetwork: true });

export const completed = pod('shop/night', '10.244.0.9', {}, { phase: 'Succeeded' });

export const from = (...peers: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: [{ from: peers }] });

export const to = (...peers: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Egress'], egress: [{ to: peers }] });

export const onPort = (port: number | string) =>
  policy('shop/p', {
    podSelector: app('web'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
  });

export const anybody = (more: object = {}) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: [more] });

export const block = (cidr: string, ...except: string[]) => ({
  ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) },
});

export const deny = (types: ('Ingress' | 'Egress')[] = ['Ingress', 'Egress']) =>
  policy('shop/deny', { podSelector: {}, policyTypes: types });

/** What the API server refuses: nobody knows what it opens, nor for whom. */
export const unreadable = policy('shop/broken', {
  podSelector: {},
  ingress: [{ from: [{}] }],
  egress: [{ to: [{}] }],
});

export const before = (spec: object) =>
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec });

export const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};
