import { app, labels, policy, testRule, workload } from '../judge';
import { web } from './hygiene';

const unreadable = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x', namespace: 'shop' } };

testRule('selects-no-workload', [
  {
    why: 'a misspelt label',
    manifests: [workload('shop/orders'), policy('shop/p', { podSelector: app('order') })],
    finds: [
      'shop/p spec.podSelector: no workload of namespace shop has these labels; did you mean app=orders (orders carries it)?',
    ],
  },
  {
    why: 'a label that pods of another namespace carry',
    manifests: [web, workload('lab/db'), policy('shop/p', { podSelector: app('db') })],
    finds: ['shop/p spec.podSelector: no workload of namespace shop has these labels'],
  },
  {
    // kube-score 293 and 420, KICS 1975 and 3759: false alarms on empty selectors.
    why: 'every pod of a namespace without pods',
    manifests: [workload('lab/db'), policy('shop/p', { podSelector: {} }), policy('shop/q', {})],
  },
  {
    why: 'a namespace of which no workload is given',
    manifests: [policy('shop/p', { podSelector: app('db') })],
  },
  {
    why: 'expressions that match',
    manifests: [
      web,
      policy('shop/p', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] },
      }),
    ],
  },
  {
    why: 'everybody but those that there are: it waits for others',
    manifests: [
      web,
      policy('shop/p', { podSelector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }),
    ],
  },
  {
    why: 'pods on their node’s network, which carry the labels and are another rule’s matter',
    manifests: [
      web,
      workload('shop/agent', {}, [], { hostNetwork: true }),
      policy('shop/p', { podSelector: app('agent') }),
    ],
  },
  {
    why: 'a label that a controller adds',
    manifests: [web, policy('shop/p', { podSelector: labels({ 'pod-template-hash': 'abc' }) })],
  },
  {
    why: 'a namespace with a workload that could not be read',
    manifests: [web, unreadable, policy('shop/p', { podSelector: app('db') })],
  },
  {
    why: 'a label that an operator puts on the pods that it makes',
    manifests: [web, policy('shop/p', { podSelector: labels({ 'cnpg.io/cluster': 'pg' }) })],
  },
  {
    why: 'a label that the webhook of Istio adds',
    manifests: [
      web,
      policy('shop/p', {
        podSelector: { matchExpressions: [{ key: 'security.istio.io/tlsMode', operator: 'Exists' }] },
      }),
    ],
  },
  {
    why: 'a label of a domain that other workloads have, too',
    manifests: [
      workload('shop/web', { 'example.com/tier': 'front' }),
      policy('shop/p', { podSelector: labels({ 'example.com/role': 'db' }) }),
    ],
    finds: ['shop/p spec.podSelector: no workload of namespace shop has these labels'],
  },
  {
    why: 'a label under another domain',
    manifests: [
      workload('shop/web', { 'example.org/tier': 'front' }),
      policy('shop/p', { podSelector: labels({ 'example.com/tier': 'front' }) }),
    ],
    finds: [
      'shop/p spec.podSelector: no workload of namespace shop has these labels; did you mean example.org/tier=front (web carries it)?',
    ],
  },
  {
    why: 'one of the labels that charts set',
    manifests: [web, policy('shop/p', { podSelector: labels({ 'app.kubernetes.io/name': 'db' }) })],
    finds: ['shop/p spec.podSelector: no workload of namespace shop has these labels'],
  },
]);
