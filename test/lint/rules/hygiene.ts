/** Policies of shop that several rules about how policies are written judge. */

import { app, labels, namespace, policy, workload } from '../judge';

export const from = (peer: object, ...others: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [peer, ...others] }] });

export const to = (...peers: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: peers }] });

export const web = workload('shop/web');

export const start = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) =>
  namespace(name),
);

export const ofOps = labels({ team: 'ops' });

export const deny = (path: string, type: 'Ingress' | 'Egress') =>
  policy(path, { podSelector: {}, policyTypes: [type] });

export const blockTo = (cidr: string) => to({ ipBlock: { cidr } });

export const IN_TO = 'shop/p spec.egress[0].to[0].ipBlock.cidr:';

export const inDb = (name: string, ...ingress: object[]) =>
  policy(`shop/${name}`, { podSelector: app('db'), policyTypes: ['Ingress'], ingress });

export const fromWeb = { from: [{ podSelector: app('web') }], ports: [{ port: 5432 }] };

export const fromAll = { from: [{ podSelector: {} }], ports: [{ port: 5432 }, { port: 9187 }] };

export const tiers = [web, workload('shop/api', { tier: 'front' }), workload('shop/db')];

export const toNames = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP' as const, port: 53 }] };

export const toNamesOfWeb = { ...toNames, to: [{ namespaceSelector: {}, podSelector: app('web') }] };

export const toOwn = { to: [{ podSelector: {} }] };
