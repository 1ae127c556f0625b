import { app, labels, namespace, policy, testFindings, workload } from '../judge';
import { completed, db, deny, from, onHost, unreadable, web } from './reach';

const helmTest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-test', namespace: 'shop' },
  spec: { containers: [{ name: 'wget' }] },
};

const hook = ({ metadata, ...rest }: { readonly metadata: object }, when: string) => ({
  ...rest,
  metadata: { ...metadata, annotations: { 'helm.sh/hook': when } },
});

testFindings('no-default-deny', [
  {
    why: 'no policy at all: one finding for each direction',
    manifests: [namespace('shop'), web, db],
    finds: [
      'warning Namespace shop: no policy isolates any workload for ingress: everybody reaches every port of them (internet → shop/db on every port is allowed)',
      'info Namespace shop: no policy isolates any workload for egress: they reach everybody (shop/db → internet on every port is allowed)',
    ],
  },
  {
    why: 'some workloads are left over',
    manifests: [web, db, deny(['Egress']), from(labels({}))],
    finds: [
      'warning Namespace shop: no policy isolates db for ingress: everybody reaches every port of it (internet → shop/db on every port is allowed)',
    ],
  },
  {
    why: 'a policy for one type isolates for that alone',
    manifests: [web, deny(['Ingress'])],
    finds: [
      'info Namespace shop: no policy isolates any workload for egress: they reach everybody (shop/web → internet on every port is allowed)',
    ],
  },
  {
    why: 'what Helm runs as a test or a hook, which comes and goes, beside what stays',
    manifests: [
      web,
      hook(helmTest, 'test'),
      hook(workload('shop/migrate'), 'pre-upgrade'),
      policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress', 'Egress'] }),
    ],
    finds: [
      'info Namespace shop: no policy isolates every pod of namespace shop for ingress: everybody reaches every port of those that come with other labels',
    ],
  },
  {
    why: 'the same without the annotation',
    manifests: [
      web,
      helmTest,
      policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress', 'Egress'] }),
    ],
    finds: [
      'warning Namespace shop: no policy isolates web-test for ingress: everybody reaches every port of it (internet → shop/web-test on every port is allowed)',
      'info Namespace shop: no policy isolates web-test for egress: it reaches everybody (shop/web-test → internet on every port is allowed)',
    ],
  },
  {
    why: 'nothing but a hook',
    manifests: [hook(helmTest, 'test')],
  },
  { why: 'a sandbox: nothing but a deny for the whole namespace', manifests: [web, db, deny()] },
  {
    why: 'each workload has a policy of its own',
    manifests: [
      web,
      db,
      policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress', 'Egress'] }),
      policy('shop/db', { podSelector: app('db'), policyTypes: ['Ingress', 'Egress'] }),
    ],
    finds: [
      'info Namespace shop: no policy isolates every pod of namespace shop for ingress: everybody reaches every port of those that come with other labels',
    ],
  },
  {
    why: 'the same, and all other pods have one together',
    manifests: [
      web,
      policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress', 'Egress'] }),
      policy('shop/rest', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
        policyTypes: ['Ingress'],
      }),
    ],
  },
  {
    why: 'a policy of which no pod is known, and no default',
    manifests: [policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress'] })],
    finds: [
      'info Namespace shop: no policy isolates every pod of namespace shop for ingress: everybody reaches every port of those that come with other labels',
    ],
  },
  {
    why: 'a policy of which no pod is known, beside a default',
    manifests: [policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress'] }), deny(['Ingress'])],
  },
  {
    why: 'a policy for pods of AKS’s own',
    manifests: [policy('kube-system/dns', { podSelector: labels({ 'k8s-app': 'kube-dns' }) })],
  },
  {
    why: 'a managed namespace, whose default nobody gives',
    profile: { managedNamespaces: [{ name: 'shop', ingress: 'DenyAll', egress: 'DenyAll' }] },
    manifests: [policy('shop/web', { podSelector: app('web'), policyTypes: ['Ingress'] })],
  },
  {
    // Trivy, Checkov and Kubescape ask for a name or for both lists; a rule may allow everything.
    why: 'whoever is isolated and let everybody in again is not open by default',
    manifests: [web, policy('shop/p', { podSelector: {}, ingress: [{}], egress: [{}] })],
  },
  { why: 'a namespace without workloads', manifests: [namespace('shop'), namespace('empty')] },
  {
    why: 'a policy that could not be read may isolate them',
    manifests: [web, unreadable],
  },
  {
    why: 'pods on their node’s network and completed ones are not counted',
    manifests: [onHost('shop/agent'), completed],
  },
  {
    why: 'they are not among "any workload" either',
    manifests: [web, onHost('shop/agent'), completed, deny(['Egress'])],
    finds: [
      'warning Namespace shop: no policy isolates any workload for ingress: everybody reaches every port of them (internet → shop/web on every port is allowed)',
    ],
  },
  {
    why: 'two workloads of one name are any workload',
    manifests: [web, { ...web, kind: 'StatefulSet' }, deny(['Egress'])],
    finds: [
      'warning Namespace shop: no policy isolates any workload for ingress: everybody reaches every port of them (internet → shop/web on every port is allowed)',
    ],
  },
  {
    why: 'namespaces of AKS',
    manifests: [workload('kube-system/coredns'), workload('kaito-workspace/model')],
  },
  { why: 'a cluster without an engine', profile: { engine: 'none' }, manifests: [web] },
  {
    why: 'a managed namespace brings its policies; what it leaves open is told',
    profile: { managedNamespaces: [{ name: 'shop', ingress: 'AllowSameNamespace', egress: 'AllowAll' }] },
    manifests: [web],
    finds: [
      'info Namespace shop: no policy isolates any workload for egress: they reach everybody (shop/web → internet on every port is allowed)',
    ],
  },
  {
    why: 'another namespace is managed',
    profile: { managedNamespaces: [{ name: 'lab', ingress: 'DenyAll', egress: 'DenyAll' }] },
    manifests: [web, deny(['Egress'])],
    finds: [
      'warning Namespace shop: no policy isolates any workload for ingress: everybody reaches every port of them (internet → shop/web on every port is allowed)',
    ],
  },
]);
