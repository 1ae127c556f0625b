import { labels, ofName, policy, service, testFindings, workload } from '../judge';
import {
  anybody,
  bare,
  before,
  block,
  completed,
  db,
  deny,
  from,
  HTTP,
  ingress,
  onHost,
  unreadable,
  web,
} from './reach';

const route = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'ops' },
  spec: { rules: [{ backendRefs: [{ name: 'web', namespace: 'shop', port: 80 }] }] },
};

const virtualService = (gateways: string[]) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { gateways, http: [{ route: [{ destination: { host: 'web' } }] }] },
});

testFindings('reachable-from-everywhere', [
  {
    why: 'a rule without peers',
    manifests: [web, anybody()],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'on one port',
    manifests: [web, anybody({ ports: [{ port: 9090 }] })],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on 9090/TCP, and no load balancer or ingress stands in front of it there (anybody → shop/web on 9090/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'the second rule, for several workloads',
    manifests: [
      web,
      db,
      policy('shop/p', {
        podSelector: {},
        ingress: [{ from: [{ podSelector: {} }] }, { ports: [{ port: 53, protocol: 'UDP' }] }],
      }),
    ],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[1]: ingress rule 1 lets everybody, every pod and every address, reach every workload on 53/UDP, and no load balancer or ingress stands in front of these 2 workloads there (anybody → shop/db on 53/UDP is allowed by shop/p)',
    ],
  },
  {
    why: 'every address and every pod together',
    manifests: [web, from(block('0.0.0.0/0'), { namespaceSelector: {} })],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every address includes every pod on calico',
    profile: { engine: 'calico' },
    manifests: [web, from(block('0.0.0.0/0'))],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every address leaves the pods out on cilium',
    profile: { engine: 'cilium' },
    manifests: [web, from(block('0.0.0.0/0'))],
  },
  {
    why: 'every pod, and no address',
    manifests: [web, from({ namespaceSelector: {} })],
    finds: [
      'info NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets any pod of the cluster reach shop/web on every port, and no load balancer or ingress stands in front of it there (any → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every pod on calico, by the range of pods',
    profile: { engine: 'calico', podCidrs: ['10.244.0.0/16'] },
    manifests: [web, from(block('10.0.0.0/8'))],
    finds: [
      'info NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets any pod of the cluster reach shop/web on every port, and no load balancer or ingress stands in front of it there (any → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every pod but those of some labels',
    manifests: [
      web,
      from({
        namespaceSelector: {},
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['lab'] }] },
      }),
    ],
  },
  {
    why: 'every pod of namespaces with a label',
    manifests: [web, from({ namespaceSelector: labels({ team: 'a' }) })],
  },
  { why: 'every pod of one namespace', manifests: [web, from({ namespaceSelector: ofName('ops') })] },
  {
    why: 'every pod, and a LoadBalancer in front',
    manifests: [web, before({ type: 'LoadBalancer' }), from({ namespaceSelector: {} })],
  },
  {
    why: 'every pod, in a policy of which no pod is known',
    manifests: [from({ namespaceSelector: {} })],
  },
  {
    why: 'a LoadBalancer in front',
    manifests: [web, before({ type: 'LoadBalancer' }), anybody({ ports: [{ port: 8080 }] })],
  },
  { why: 'a NodePort in front', manifests: [web, before({ type: 'NodePort' }), anybody()] },
  { why: 'an Ingress in front', manifests: [web, before({}), ingress, anybody()] },
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'].map((kind) => ({
    why: `a ${kind} of another namespace in front`,
    manifests: [web, before({}), { ...route, kind }, anybody()],
  })),
  {
    why: 'a VirtualService with a gateway in front',
    manifests: [web, before({}), virtualService(['edge/front']), anybody()],
  },
  {
    why: 'a VirtualService for the mesh, which lets nobody in from outside',
    manifests: [web, before({}), virtualService(['mesh']), anybody()],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'a LoadBalancer before pods that declare no port',
    manifests: [bare, before({ type: 'LoadBalancer' }), anybody()],
  },
  {
    why: 'a LoadBalancer before another port that the pods declare',
    manifests: [
      workload('shop/web', {}, [HTTP, { containerPort: 9090 }]),
      before({ type: 'LoadBalancer' }),
      anybody(),
    ],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on 9090/TCP, and no load balancer or ingress stands in front of it there (anybody → shop/web on 9090/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'a Service inside the cluster',
    manifests: [web, before({}), anybody({ ports: [{ port: 'http' }] })],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on 8080/TCP, and no load balancer or ingress stands in front of it there (anybody → shop/web on 8080/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'a LoadBalancer without a selector, whose endpoints are kept by hand',
    manifests: [web, service('shop/web', { type: 'LoadBalancer', ports: [{ port: 80 }] }), anybody()],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/p)',
    ],
  },
  { why: 'nobody is there', manifests: [db, anybody(), policy('lab/p', { ingress: [{}] })] },
  { why: 'a port by a name that no pod declares', manifests: [bare, anybody({ ports: [{ port: 'http' }] })] },
  { why: 'pods on their node’s network', manifests: [onHost('shop/web'), anybody()] },
  { why: 'completed pods', manifests: [completed, anybody()] },
  { why: 'a deny', manifests: [web, deny()] },
  {
    why: 'a rule of a type that the policy leaves out',
    manifests: [web, policy('shop/p', { policyTypes: ['Egress'], ingress: [{}] })],
  },
  { why: 'a policy that could not be read', manifests: [web, unreadable] },
  { why: 'no engine holds anybody', profile: { engine: 'none' }, manifests: [web, anybody()] },
]);
