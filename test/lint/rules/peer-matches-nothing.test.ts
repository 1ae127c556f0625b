import { app, labels, namespace, ofName, policy, testRule, workload } from '../judge';
import { from, start, to, web } from './hygiene';

testRule('peer-matches-nothing', [
  {
    why: 'CoreDNS, which stands beside what a user has in kube-system',
    manifests: [
      web,
      workload('kube-system/sealed-secrets'),
      to({ namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'kube-dns' }) }),
    ],
  },
  {
    why: 'a label that an operator puts on the pods that it makes',
    manifests: [web, from({ podSelector: labels({ 'strimzi.io/cluster': 'kafka' }) })],
  },
  {
    why: 'one of two namespaces that are named is not given',
    manifests: [
      web,
      from({
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'ops'] }],
        },
        podSelector: app('prometheus'),
      }),
    ],
  },
  {
    why: 'a pod that could not be read',
    manifests: [
      web,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'shop', labels: 'x' } },
      from({ podSelector: app('x') }),
    ],
  },
  {
    why: 'a misspelt label in the own namespace',
    manifests: [workload('shop/orders'), from({ podSelector: app('order') })],
    finds: [
      'shop/p spec.ingress[0].from[0].podSelector: no workload of namespace shop has these labels; did you mean app=orders (orders carries it)?',
    ],
  },
  {
    // kube-linter's dangling-networkpolicypeer-podselector skips peers with a namespaceSelector.
    why: 'a misspelt label in a namespace that is named',
    manifests: [
      workload('kube-system/coredns', { 'k8s-app': 'kube-dns' }),
      to({ namespaceSelector: ofName('kube-system'), podSelector: labels({ 'k8s-app': 'coredns' }) }),
    ],
    finds: [
      'shop/p spec.egress[0].to[0].podSelector: no workload of namespace kube-system has these labels; did you mean app=coredns (coredns carries it)?',
    ],
  },
  {
    why: 'labels of namespaces, where every namespace of the cluster is given',
    manifests: [
      ...start,
      namespace('shop'),
      namespace('ops', { team: 'ops' }),
      workload('ops/prometheus'),
      from({ namespaceSelector: labels({ team: 'ops' }), podSelector: app('prometeus') }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].podSelector: no workload of namespace ops has these labels; did you mean app=prometheus (prometheus carries it)?',
    ],
  },
  {
    why: 'labels of namespaces, one of which may not be given',
    manifests: [
      namespace('ops', { team: 'ops' }),
      workload('ops/grafana'),
      from({ namespaceSelector: labels({ team: 'ops' }), podSelector: app('prometheus') }),
    ],
  },
  {
    why: 'pods of any namespace, which may stand in one that is not given',
    manifests: [web, from({ namespaceSelector: {}, podSelector: app('prometheus') })],
  },
  {
    why: 'a namespace that is named and of which no workload is given',
    manifests: [web, from({ namespaceSelector: ofName('ops'), podSelector: app('prometheus') })],
  },
  {
    why: 'an own namespace of which no workload is given',
    manifests: [from({ podSelector: app('web') })],
  },
  {
    // Popeye 202, 259 and 311: false alarms on empty and on namespace selectors.
    why: 'every pod of the own namespace, every namespace, a namespace as a whole',
    manifests: [
      web,
      from({ podSelector: {} }, { namespaceSelector: {} }, { namespaceSelector: ofName('ops') }),
    ],
  },
  {
    // Popeye 1206 and 1207 warn of blocks and exceptions that hold no pod.
    why: 'addresses outside the cluster',
    manifests: [web, from({ ipBlock: { cidr: '0.0.0.0/0', except: ['203.0.113.0/24'] } })],
  },
  {
    why: 'a selector that only excludes',
    manifests: [
      web,
      from({ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } }),
    ],
  },
  {
    why: 'a rule of a type that the policy leaves out',
    manifests: [
      web,
      policy('shop/p', { policyTypes: ['Egress'], ingress: [{ from: [{ podSelector: app('x') }] }] }),
    ],
  },
  {
    why: 'an entry that was meant as one with its neighbour, which is another rule’s matter',
    manifests: [
      web,
      workload('ops/prometheus'),
      from({ namespaceSelector: ofName('ops') }, { podSelector: app('prometheus') }),
    ],
  },
]);
