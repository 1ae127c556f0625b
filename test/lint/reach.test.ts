import {
  app,
  findingsOf,
  labels,
  namespace,
  ofName,
  pod,
  policy,
  service,
  testFindings,
  workload,
} from './judge';

const HTTP = { name: 'http', containerPort: 8080 };
const web = workload('shop/web', {}, [HTTP]);
const db = workload('shop/db', {}, [{ containerPort: 5432 }]);
const bare = workload('shop/web');
const onHost = (path: string) => workload(path, {}, [HTTP], { hostNetwork: true });
const completed = pod('shop/night', '10.244.0.9', {}, { phase: 'Succeeded' });

const from = (...peers: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const to = (...peers: object[]) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Egress'], egress: [{ to: peers }] });
const onPort = (port: number | string) =>
  policy('shop/p', {
    podSelector: app('web'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
  });
const anybody = (more: object = {}) =>
  policy('shop/p', { podSelector: app('web'), policyTypes: ['Ingress'], ingress: [more] });
const block = (cidr: string, ...except: string[]) => ({
  ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) },
});
const deny = (types: ('Ingress' | 'Egress')[] = ['Ingress', 'Egress']) =>
  policy('shop/deny', { podSelector: {}, policyTypes: types });
/** What the API server refuses: nobody knows what it opens, nor for whom. */
const unreadable = policy('shop/broken', {
  podSelector: {},
  ingress: [{ from: [{}] }],
  egress: [{ to: [{}] }],
});
const before = (spec: object) =>
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec });
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};
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
  { why: 'an HTTPRoute of another namespace in front', manifests: [web, before({}), route, anybody()] },
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

testFindings('reachable-from-internet', [
  {
    why: 'every IPv4 address',
    manifests: [web, from(block('0.0.0.0/0'))],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every address but private ones',
    profile: { engine: 'calico' },
    manifests: [web, from(block('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'))],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'every IPv6 address, where there are some',
    profile: { podCidrs: ['10.244.0.0/16', 'fd12::/64'] },
    manifests: [web, from(block('::/0'))],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every IPv6 address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (2000::/3 → shop/web on every port is allowed by shop/p)',
    ],
  },
  { why: 'every IPv6 address, where none is known', manifests: [web, from(block('::/0'))] },
  {
    why: 'two halves',
    manifests: [web, from(block('0.0.0.0/1'), block('128.0.0.0/1'))],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'a negative namespace selector on azure',
    profile: { engine: 'azure' },
    manifests: [
      web,
      namespace('shop'),
      from({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }),
    ],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/p)',
    ],
  },
  {
    why: 'the same on an engine that reads it right',
    profile: { engine: 'cilium' },
    manifests: [
      web,
      namespace('shop'),
      from({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }),
    ],
  },
  { why: 'a range of clients', manifests: [web, from(block('203.0.113.0/24'))] },
  { why: 'most of the internet', manifests: [web, from(block('0.0.0.0/0', '20.0.0.0/8'))] },
  { why: 'the own network', manifests: [web, from(block('10.0.0.0/8'))] },
  { why: 'a rule without peers is the other rule’s matter', manifests: [web, anybody()] },
  {
    why: 'a LoadBalancer in front',
    manifests: [web, before({ type: 'LoadBalancer' }), from(block('0.0.0.0/0'))],
  },
  { why: 'an Ingress in front', manifests: [web, before({}), ingress, from(block('0.0.0.0/0'))] },
  {
    why: 'a LoadBalancer in front of other pods',
    manifests: [
      web,
      db,
      service('shop/db', { type: 'LoadBalancer', selector: { app: 'db' }, ports: [{ port: 5432 }] }),
      from(block('0.0.0.0/0')),
    ],
    finds: [
      'warning NetworkPolicy shop/p spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/p)',
    ],
  },
  { why: 'egress', manifests: [web, to(block('0.0.0.0/0'))] },
]);

testFindings('unreachable-workload', [
  {
    why: 'a rule for the port of the service',
    manifests: [web, before({}), onPort(80)],
    finds: [
      'warning Deployment shop/web: policy shop/p isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'a deny alone',
    manifests: [web, before({}), deny()],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  {
    why: 'several services, one of which sends twice, to a port that is shut: one finding for each port',
    manifests: [
      web,
      ...[8080, 8081, 8081, 8081, 8081, 8081].map((targetPort, i) =>
        service(`shop/web-${i}`, {
          selector: { app: 'web' },
          ports: [
            { port: 80, targetPort: 8080 },
            { port: 81, targetPort },
          ],
        }),
      ),
      deny(),
    ],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where services shop/web-0, shop/web-1, shop/web-2 and 3 more send (anybody → shop/web on 8080/TCP is denied)',
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8081/TCP, where services shop/web-1, shop/web-2, shop/web-3 and 2 more send (anybody → shop/web on 8081/TCP is denied)',
    ],
  },
  { why: 'a deny alone where no service sends anything', manifests: [web, db, deny()] },
  { why: 'the port of the pods', manifests: [web, before({}), onPort(8080)] },
  { why: 'the port by its name', manifests: [web, before({}), onPort('http')] },
  {
    why: 'a peer that does not exist: it may stand in other manifests',
    manifests: [web, before({}), from({ namespaceSelector: ofName('ops'), podSelector: app('x') })],
  },
  { why: 'an address', manifests: [web, before({}), from(block('203.0.113.7/32'))] },
  { why: 'nothing isolates the pods', manifests: [web, before({}), deny(['Egress'])] },
  {
    why: 'one of two ports is shut',
    manifests: [
      workload('shop/web', {}, [HTTP, { name: 'metrics', containerPort: 9090 }]),
      before({
        ports: [
          { name: 'a', port: 8080 },
          { name: 'b', port: 90, targetPort: 'metrics' },
        ],
      }),
      onPort(8080),
    ],
    finds: [
      'warning Deployment shop/web: policy shop/p isolates it and no rule opens 9090/TCP, where service shop/web sends (anybody → shop/web on 9090/TCP is denied)',
    ],
  },
  {
    why: 'a target port by a name that the pods do not declare',
    manifests: [bare, before({ ports: [{ port: 80, targetPort: 'http' }] }), onPort(80)],
  },
  {
    why: 'a service with another selector',
    manifests: [web, before({ selector: { app: 'db' } }), onPort(80)],
  },
  {
    why: 'a service without a selector',
    manifests: [web, service('shop/web', { ports: [{ port: 80 }] }), deny()],
  },
  { why: 'a policy that could not be read may open it', manifests: [web, before({}), deny(), unreadable] },
  { why: 'a policy that could not be read, alone', manifests: [web, before({}), unreadable] },
  { why: 'pods on their node’s network', manifests: [onHost('shop/web'), before({}), deny()] },
  { why: 'completed pods', manifests: [completed, before({}), deny()] },
  {
    why: 'azure lets clients through the own node whatever the policies say',
    profile: { engine: 'azure' },
    manifests: [web, before({ type: 'LoadBalancer' }), deny()],
  },
  {
    why: 'on azure not with externalTrafficPolicy Local',
    profile: { engine: 'azure' },
    manifests: [web, before({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }), deny()],
    finds: [
      'warning Deployment shop/web: policy shop/deny isolates it and no rule opens 8080/TCP, where service shop/web sends (anybody → shop/web on 8080/TCP is denied)',
    ],
  },
  { why: 'no engine shuts anything', profile: { engine: 'none' }, manifests: [web, before({}), deny()] },
]);

testFindings('wide-egress-includes-imds', [
  {
    why: 'every address',
    manifests: [web, to(block('0.0.0.0/0'))],
    finds: [
      'warning NetworkPolicy shop/p spec.egress[0].to[0].ipBlock: egress rule 0 has the block 0.0.0.0/0, and so lets shop/web ask the instance metadata service for tokens of the node (shop/web → 169.254.169.254 80/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'with other exceptions, which the fix keeps',
    profile: { engine: 'azure' },
    manifests: [web, to({ podSelector: {} }, block('0.0.0.0/0', '10.0.0.0/8'))],
    finds: [
      'warning NetworkPolicy shop/p spec.egress[0].to[1].ipBlock: egress rule 0 has the block 0.0.0.0/0, and so lets shop/web ask the instance metadata service for tokens of the node; Azure NPM translates the exception, though in 2020 users saw the address stay open, so try it (shop/web → 169.254.169.254 80/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'a rule without peers',
    manifests: [web, policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] })],
    finds: [
      'warning NetworkPolicy shop/p spec.egress[0]: egress rule 0 has no peers, which means everybody, and so lets shop/web ask the instance metadata service for tokens of the node (shop/web → 169.254.169.254 80/TCP is allowed by shop/p)',
    ],
  },
  {
    why: 'a negative namespace selector on azure, of which npm-negative-namespace-selector speaks',
    profile: { engine: 'azure' },
    manifests: [
      web,
      namespace('shop'),
      to({ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }),
    ],
  },
  {
    why: 'on calico',
    profile: { engine: 'calico' },
    manifests: [web, to(block('128.0.0.0/1'))],
    finds: [
      'warning NetworkPolicy shop/p spec.egress[0].to[0].ipBlock: egress rule 0 has the block 128.0.0.0/1, and so lets shop/web ask the instance metadata service for tokens of the node; Calico was seen to honour such exceptions (shop/web → 169.254.169.254 80/TCP is allowed by shop/p)',
    ],
  },
  { why: 'the exception is there', manifests: [web, to(block('0.0.0.0/0', '169.254.169.254/32'))] },
  { why: 'a wider exception', manifests: [web, to(block('0.0.0.0/0', '169.254.0.0/16'))] },
  { why: 'the address alone is meant', manifests: [web, to(block('169.254.169.254/32'))] },
  { why: 'link-local addresses are meant', manifests: [web, to(block('169.254.0.0/16'))] },
  { why: 'every IPv6 address', manifests: [web, to(block('::/0'))] },
  {
    why: 'a port on which the service does not answer',
    manifests: [
      web,
      policy('shop/p', {
        policyTypes: ['Egress'],
        egress: [{ to: [block('0.0.0.0/0')], ports: [{ port: 443 }] }],
      }),
    ],
  },
  { why: 'every pod', manifests: [web, to({ namespaceSelector: {} })] },
  { why: 'nobody is there', manifests: [db, to(block('0.0.0.0/0'))] },
  { why: 'pods on their node’s network', manifests: [onHost('shop/web'), to(block('0.0.0.0/0'))] },
  { why: 'completed pods', manifests: [completed, to(block('0.0.0.0/0'))] },
  { why: 'egress that nothing isolates', manifests: [web] },
  { why: 'ingress', manifests: [web, from(block('0.0.0.0/0'))] },
  { why: 'a policy that could not be read', manifests: [web, unreadable] },
]);

const dbFrom = (peer: object, port = 5432) =>
  policy('shop/db', {
    podSelector: app('db'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer], ports: [{ port }] }],
  });
const webTo = (peer: object, port: number | string = 5432) =>
  policy('shop/web', {
    podSelector: app('web'),
    policyTypes: ['Egress'],
    egress: [{ to: [peer], ports: [{ port }] }],
  });
const named = (name: string) => ({ podSelector: app(name) });

testFindings('one-sided-allow', [
  {
    why: 'egress that the other side denies',
    manifests: [web, db, webTo(named('db')), deny(['Ingress'])],
    finds: [
      'warning NetworkPolicy shop/web spec.egress[0].to[0]: from shop/web to shop/db: egress allows 5432/TCP, ingress allows none of it (shop/web → shop/db on 5432/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'ingress that the other side denies',
    manifests: [web, db, dbFrom(named('web')), deny(['Egress'])],
    finds: [
      'warning NetworkPolicy shop/db spec.ingress[0].from[0]: from shop/web to shop/db: ingress allows 5432/TCP, egress allows none of it (shop/web → shop/db on 5432/TCP is denied by shop/deny)',
    ],
  },
  {
    why: 'both sides, on ports apart: told once',
    manifests: [web, db, webTo(named('db')), dbFrom(named('web'), 5433)],
    finds: [
      'warning NetworkPolicy shop/web spec.egress[0].to[0]: from shop/web to shop/db: egress allows 5432/TCP, ingress allows 5433/TCP (shop/web → shop/db on 5432/TCP is denied by shop/db)',
    ],
  },
  {
    why: 'the other side lets others in',
    manifests: [web, db, webTo(named('db')), dbFrom(named('batch'))],
    finds: [
      'warning NetworkPolicy shop/web spec.egress[0].to[0]: from shop/web to shop/db: egress allows 5432/TCP, ingress allows none of it (shop/web → shop/db on 5432/TCP is denied by shop/db)',
    ],
  },
  {
    why: 'in another namespace',
    manifests: [
      web,
      workload('lab/db'),
      webTo({ namespaceSelector: ofName('lab'), podSelector: app('db') }),
      policy('lab/deny', { policyTypes: ['Ingress'] }),
    ],
    finds: [
      'warning NetworkPolicy shop/web spec.egress[0].to[0]: from shop/web to lab/db: egress allows 5432/TCP, ingress allows none of it (shop/web → lab/db on 5432/TCP is denied by lab/deny)',
    ],
  },
  { why: 'both sides fit', manifests: [web, db, webTo(named('db')), dbFrom(named('web'))] },
  {
    why: 'the ports overlap',
    manifests: [
      web,
      db,
      webTo(named('db')),
      policy('shop/db', { podSelector: app('db'), ingress: [{ from: [named('web')] }] }),
    ],
  },
  { why: 'the other side is not isolated', manifests: [web, db, webTo(named('db')), deny(['Egress'])] },
  { why: 'a deny alone: nobody says that anything should pass', manifests: [web, db, deny()] },
  {
    why: 'every pod of the namespace names nobody',
    manifests: [web, db, webTo({ podSelector: {} }), deny(['Ingress'])],
  },
  {
    why: 'a whole namespace names nobody',
    manifests: [web, workload('lab/db'), webTo({ namespaceSelector: ofName('lab') }), policy('lab/deny', {})],
  },
  {
    why: 'everybody but some names nobody',
    manifests: [
      web,
      db,
      webTo({ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } }),
      deny(['Ingress']),
    ],
  },
  { why: 'an address names nobody', manifests: [web, db, to(block('0.0.0.0/0')), deny(['Ingress'])] },
  {
    why: 'some of those named can be reached',
    manifests: [
      web,
      db,
      workload('shop/db-2', { app: 'db', role: 'copy' }),
      webTo(named('db')),
      deny(['Ingress']),
      policy('shop/db', { podSelector: labels({ role: 'copy' }), ingress: [{}] }),
    ],
  },
  { why: 'nobody has the labels', manifests: [web, webTo(named('db')), deny(['Ingress'])] },
  {
    why: 'a policy that could not be read may allow the other side',
    manifests: [web, db, webTo(named('db')), deny(['Ingress']), unreadable],
  },
  {
    why: 'the other side is on its node’s network',
    manifests: [web, onHost('shop/db'), webTo(named('db')), deny(['Ingress'])],
  },
  { why: 'the other side is completed', manifests: [db, completed, dbFrom(named('web')), deny(['Egress'])] },
  {
    why: 'a port by a name that the destination does not declare',
    manifests: [web, db, webTo(named('db'), 'sql'), deny(['Ingress'])],
  },
  {
    why: 'a pod always reaches itself',
    manifests: [pod('shop/web', '10.244.0.7'), webTo(named('web')), deny(['Ingress'])],
  },
  {
    why: 'no engine denies anything',
    profile: { engine: 'none' },
    manifests: [web, db, webTo(named('db')), deny(['Ingress'])],
  },
]);

test.each([
  {
    why: 'the port of the service, which a rule opens instead',
    rule: 'unreachable-workload',
    manifests: [web, before({}), onPort(80)],
    fix: "write the pods' port 8080/TCP where a rule opens the service's port 80",
  },
  {
    why: 'the port of the pods, where they listen on that of the service for another one',
    rule: 'unreachable-workload',
    manifests: [
      workload('shop/web', {}, [
        { name: 'https', containerPort: 443 },
        { name: 'webhook', containerPort: 8443 },
      ]),
      before({ ports: [{ port: 443, targetPort: 'webhook' }] }),
      onPort(443),
    ],
    fix: "open the pods' port: IngressRule.allow({ from, ports: [Port.tcp(8443)] })",
  },
  {
    why: 'the safe form of a namespace selector that azure reads as everything outside',
    rule: 'reachable-from-internet',
    profile: { engine: 'azure' },
    manifests: [
      web,
      from({
        namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['red'] }] },
      }),
    ],
    fix: 'write namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: Exists }, { key: team, operator: NotIn, values: [red] }] }',
  },
  {
    why: 'both ends and the ports',
    rule: 'one-sided-allow',
    manifests: [
      web,
      db,
      policy('shop/p', {
        podSelector: app('web'),
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ podSelector: app('db') }],
            ports: [{ port: 5432 }, { port: 6000, endPort: 6010 }, { protocol: 'UDP' }],
          },
        ],
      }),
      policy('shop/deny', { podSelector: app('db') }),
    ],
    fix: "allow both sides at once: new AllowedConnection(chart, 'web-to-db', { from, to, ports: [Port.tcp(5432), Port.tcpRange(6000, 6010), Port.allUdp()] })",
  },
  {
    why: 'both ends, where every port is meant',
    rule: 'one-sided-allow',
    manifests: [web, db, to({ podSelector: app('db') }), policy('shop/deny', { podSelector: app('db') })],
    fix: "allow both sides at once: new AllowedConnection(chart, 'web-to-db', { from, to })",
  },
  {
    why: 'the address that calico reads as everybody',
    rule: 'calico-leading-zeros',
    profile: { engine: 'calico', kubernetesVersion: '1.34' },
    manifests: [web, from(block('010.1.0.0/16'))],
    fix: 'write "10.1.0.0/16" in place of "010.1.0.0/16"',
  },
  {
    why: 'the same',
    rule: 'reachable-from-everywhere',
    profile: { engine: 'calico', kubernetesVersion: '1.34' },
    manifests: [web, from(block('010.1.0.0/16'))],
    fix: 'write "10.1.0.0/16" in place of "010.1.0.0/16"',
  },
  {
    why: 'the exceptions that are there already',
    rule: 'wide-egress-includes-imds',
    manifests: [web, to(block('0.0.0.0/0', '10.0.0.0/8'))],
    fix: 'write except: [10.0.0.0/8, 169.254.169.254/32]',
  },
  {
    why: 'the direction that is missing',
    rule: 'no-default-deny',
    manifests: [web, deny(['Ingress'])],
    fix: "write new NamespaceBaseline(chart, 'baseline', { namespace: 'shop', egress: 'DenyAll' })",
  },
] as const)('the fix of $rule names $why', ({ fix, ...given }) => {
  expect(findingsOf(given.rule, given).map((finding) => finding.fix)).toEqual([fix]);
});
