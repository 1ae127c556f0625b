/** Shop's web and db, and the policies that cut web off, for the rules about what pods on AKS need. */

import { app, pod, policy, service, workload } from '../judge';

export const HTTP = { name: 'http', containerPort: 8080 };

export const web = workload('shop/web', {}, [HTTP]);

export const db = workload('shop/db', {}, [{ containerPort: 5432 }]);

export const completed = pod('shop/night', '10.244.0.9', {}, { phase: 'Succeeded' });

export const block = (cidr: string, ...except: string[]) => ({
  ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) },
});

export const egress = (...rules: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Egress'], egress: rules });

export const ingress = (...rules: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: rules });

export const same = { podSelector: {} };

export const toDb = { to: [{ podSelector: app('db') }] };

export const from = (...peers: object[]) => ingress({ from: peers });

export const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

/** What the API server refuses: nobody knows what it opens, nor for whom. */
export const unreadable = policy('shop/broken', {
  podSelector: {},
  ingress: [{ from: [{}] }],
  egress: [{ to: [{}] }],
});

export const before = (spec: object = {}) =>
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec });

export const identity = workload('shop/web', { 'azure.workload.identity/use': 'true' }, [HTTP], {
  serviceAccountName: 'web',
});
