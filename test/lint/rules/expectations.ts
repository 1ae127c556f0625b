/** Shop's web and db, what is expected of them, and what is accepted. */

import type { Acknowledgement, Expectation } from '../../../lib/model/finding';
import { app, policy, workload } from '../judge';

export const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);

export const db = workload('shop/db', {}, [{ name: 'sql', containerPort: 5432 }]);

export const hidden = workload('shop/db', {}, [], { hostNetwork: true });

export const dbFrom = (peers: object[], ...ports: object[]) =>
  policy('shop/db', {
    podSelector: app('db'),
    policyTypes: ['Ingress'],
    ingress: [{ from: peers, ...(ports.length === 0 ? {} : { ports }) }],
  });

export const pods = (name: string) => ({ podSelector: app(name) });

export const block = (cidr: string) => ({ ipBlock: { cidr } });

export const deny = policy('shop/deny', { podSelector: {}, policyTypes: ['Ingress'] });

/** What the API server refuses: nobody knows what it opens, nor for whom. */
export const unreadable = policy('shop/broken', { podSelector: {}, ingress: [{ from: [{}] }] });

/** Whom the labels of a namespace that nobody declares let in is not known. */
export const byTeam = dbFrom([{ namespaceSelector: { matchLabels: { team: 'ops' } } }], { port: 5432 });

export const ops = workload('ops/prom');

export const expects = (...expectations: Expectation[]) => ({ intent: { expectations } });

export const not = (more: Partial<Extract<Expectation, { from: string }>> = {}) =>
  expects({ kind: 'must-not-reach', from: 'shop/web', to: 'shop/db', ...more });

export const only = (from: string[] = ['shop/web'], more: object = {}) =>
  expects({ kind: 'only-from', from, to: 'shop/db', ...more });

export const accept = (...acknowledgements: Acknowledgement[]) => ({ intent: { acknowledgements } });

export const blank: Acknowledgement = { rule: 'no-default-deny', reason: 'next sprint', object: 'shop' };
