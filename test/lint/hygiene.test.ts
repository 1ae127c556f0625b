import {
  app,
  findingsOf,
  labels,
  namespace,
  ofName,
  pod,
  policy,
  service,
  testRule,
  workload,
} from './judge';

const from = (peer: object, ...others: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [peer, ...others] }] });
const to = (...peers: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: peers }] });
const web = workload('shop/web');
const unreadable = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x', namespace: 'shop' } };
const start = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => namespace(name));

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

const AUTOMATIC = 'of itself it carries only kubernetes.io/metadata.name';

testRule('namespace-label-missing', [
  {
    // Kyverno's add-networkpolicy-dns selects so.
    why: 'name: kube-system',
    manifests: [web, to({ namespaceSelector: labels({ name: 'kube-system' }) })],
    finds: [
      `shop/p spec.egress[0].to[0].namespaceSelector: no manifest gives namespace kube-system the label name: kube-system; ${AUTOMATIC}`,
    ],
  },
  {
    why: 'the name in another label, with a pod selector beside it: one finding for the one slip',
    manifests: [
      namespace('ops', { team: 'ops' }),
      workload('ops/prometheus'),
      from({ namespaceSelector: labels({ 'kubernetes.io/name': 'ops' }), podSelector: app('prometheus') }),
    ],
    finds: [
      `shop/p spec.ingress[0].from[0].namespaceSelector: no manifest gives namespace ops the label kubernetes.io/name: ops; ${AUTOMATIC}`,
    ],
  },
  {
    why: 'a label of pods beside the name of a declared namespace',
    manifests: [
      namespace('ops', { team: 'ops' }),
      from({
        namespaceSelector: labels({ 'kubernetes.io/metadata.name': 'ops', app: 'prometheus' }),
      }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].namespaceSelector: no namespace carries kubernetes.io/metadata.name=ops and app=prometheus',
    ],
  },
  {
    why: 'a misspelt label, where every namespace of the cluster is given',
    manifests: [
      ...start,
      namespace('shop'),
      namespace('ops', { team: 'platform' }),
      from({ namespaceSelector: labels({ team: 'platfrom' }) }),
    ],
    finds: [
      'shop/p spec.ingress[0].from[0].namespaceSelector: no namespace carries team=platfrom; did you mean team=platform (ops carries it)?',
    ],
  },
  {
    why: 'a label name that somebody sets',
    manifests: [namespace('ops', { name: 'ops' }), from({ namespaceSelector: labels({ name: 'ops' }) })],
  },
  { why: 'the automatic label', manifests: [from({ namespaceSelector: ofName('kube-system') })] },
  { why: 'every namespace', manifests: [namespace('ops'), from({ namespaceSelector: {} })] },
  {
    why: 'a label that a namespace which is not given may carry',
    manifests: [namespace('ops', { team: 'ops' }), from({ namespaceSelector: labels({ team: 'data' }) })],
  },
  {
    why: 'name with a value that is no namespace’s name',
    manifests: [namespace('ops'), from({ namespaceSelector: labels({ name: 'monitoring' }) })],
  },
  {
    why: 'a namespace that is named and not given',
    manifests: [namespace('ops'), from({ namespaceSelector: ofName('monitoring') })],
  },
  {
    why: 'a selector that only excludes',
    manifests: [
      namespace('ops'),
      from({
        namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'NotIn', values: ['ops'] }] },
      }),
    ],
  },
]);

const ops = namespace('ops', { team: 'ops' });
const monitoring = [ops, workload('ops/prometheus'), workload('ops/grafana')];
const ofOps = labels({ team: 'ops' });

testRule('and-or-slip', [
  {
    why: 'pods of the namespaces beside them, in an entry of their own',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') })],
    finds: [
      'shop/p spec.ingress[0].from[1]: no workload of namespace shop has these labels: apart, this entry and spec.ingress[0].from[0] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
  {
    why: 'the same the other way round, and in egress',
    manifests: [web, ...monitoring, to({ podSelector: app('prometheus') }, { namespaceSelector: ofOps })],
    finds: [
      'shop/p spec.egress[0].to[0]: no workload of namespace shop has these labels: apart, this entry and spec.egress[0].to[1] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
  {
    // kubectl-np-viewer 6 shows two selectors of one entry as if either sufficed.
    why: 'both selectors in one entry',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps, podSelector: app('prometheus') })],
  },
  {
    why: 'two entries, each of which means somebody',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('web') })],
  },
  {
    why: 'pods that neither the own namespace nor the others have',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('api') })],
  },
  {
    why: 'an own namespace of which no workload is given',
    manifests: [...monitoring, from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') })],
  },
  {
    why: 'a namespace and every pod of the own one',
    manifests: [web, ...monitoring, from({ namespaceSelector: ofOps }, { podSelector: {} })],
  },
  {
    why: 'pods that are asked for in other namespaces, which have none such',
    manifests: [
      web,
      ...monitoring,
      namespace('lab'),
      workload('lab/api'),
      from(
        { namespaceSelector: ofOps },
        { namespaceSelector: ofName('lab'), podSelector: app('prometheus') },
      ),
    ],
  },
  {
    why: 'an entry that has both selectors already beside pods of the own namespace',
    manifests: [
      web,
      ...monitoring,
      from({ namespaceSelector: ofOps, podSelector: app('grafana') }, { podSelector: app('prometheus') }),
    ],
  },
  {
    why: 'everybody but those of the own namespace that there are: it waits for others',
    manifests: [
      web,
      ...monitoring,
      from(
        { namespaceSelector: ofOps },
        { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] } },
      ),
    ],
  },
  {
    why: 'such pods in the own namespace, on their node’s network',
    manifests: [
      web,
      workload('shop/prometheus', {}, [], { hostNetwork: true }),
      ...monitoring,
      from({ namespaceSelector: ofOps }, { podSelector: app('prometheus') }),
    ],
  },
  {
    why: 'two entries of namespaces that have such pods, once',
    manifests: [
      web,
      ...monitoring,
      from(
        { namespaceSelector: ofOps },
        { namespaceSelector: ofName('ops') },
        { podSelector: app('prometheus') },
      ),
    ],
    finds: [
      'shop/p spec.ingress[0].from[2]: no workload of namespace shop has these labels: apart, this entry and spec.ingress[0].from[0] mean 2 workloads, as one entry 1 workload (ops/prometheus)',
    ],
  },
]);

testRule('rules-of-unlisted-type', [
  {
    why: 'egress rules beside policyTypes [Ingress]',
    manifests: [policy('shop/p', { policyTypes: ['Ingress'], egress: [{}] })],
    finds: [
      'shop/p spec.egress: policyTypes leaves Egress out, whose rules stand here: they have no effect, and the pods are not isolated by them',
    ],
  },
  {
    why: 'the same on cilium, which enforces them',
    manifests: [policy('shop/p', { policyTypes: ['Egress'], ingress: [{}] })],
    profile: { engine: 'cilium' },
    finds: [
      'shop/p spec.ingress: policyTypes leaves Ingress out, whose rules stand here: Cilium enforces them all the same, which isolates the pods',
    ],
  },
  { why: 'no policyTypes: egress rules imply Egress', manifests: [policy('shop/p', { egress: [{}] })] },
  {
    why: 'an empty list of types, as none',
    manifests: [policy('shop/p', { policyTypes: [], egress: [{}] })],
  },
  { why: 'an empty list of rules', manifests: [policy('shop/p', { policyTypes: ['Ingress'], egress: [] })] },
]);

const deny = (path: string, type: 'Ingress' | 'Egress') =>
  policy(path, { podSelector: {}, policyTypes: [type] });

testRule('duplicate-name', [
  {
    why: 'two different policies',
    manifests: [deny('shop/deny', 'Ingress'), deny('shop/deny', 'Egress')],
    finds: [
      'shop/deny metadata.name: a policy of this name has other contents; it was given before, and nobody can tell which of them counts',
    ],
  },
  { why: 'one policy given twice', manifests: [deny('shop/deny', 'Ingress'), deny('shop/deny', 'Ingress')] },
  {
    why: 'the name in two namespaces',
    manifests: [deny('shop/deny', 'Ingress'), deny('lab/deny', 'Egress')],
  },
  { why: 'two different deployments', manifests: [web, workload('shop/web', { tier: 'front' })] },
]);

const http = (port: number | string) => [
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: port }] }),
];
const web8080 = workload('shop/web', {}, [{ containerPort: 8080, name: 'http' }]);
const toPort = (...ports: object[]) => policy('shop/p', { podSelector: app('web'), ingress: [{ ports }] });
const said = (target: string, field = 'spec.ingress[0].ports[0].port') =>
  `shop/p ${field}: 80/TCP is the port of service shop/web, whose pods listen on ${target}: this entry allows nothing`;

testRule('service-port-not-target-port', [
  {
    why: 'the port of the service',
    manifests: [web8080, ...http(8080), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'a target port by name, which is resolved',
    manifests: [web8080, ...http('http'), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'egress to the pods behind the service',
    manifests: [
      web8080,
      ...http(8080),
      policy('shop/p', { egress: [{ to: [{ podSelector: app('web') }], ports: [{ port: 80 }] }] }),
    ],
    finds: [said('8080', 'spec.egress[0].ports[0].port')],
  },
  { why: 'the target port', manifests: [web8080, ...http(8080), toPort({ port: 8080 })] },
  { why: 'both ports', manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 'http' })] },
  { why: 'another protocol', manifests: [web8080, ...http(8080), toPort({ port: 80, protocol: 'UDP' })] },
  { why: 'a range', manifests: [web8080, ...http(8080), toPort({ port: 80, endPort: 90 })] },
  {
    why: 'pods that declare the port themselves',
    manifests: [workload('shop/web', {}, [{ containerPort: 80 }]), ...http(8080), toPort({ port: 80 })],
  },
  {
    why: 'another service that does not translate the port',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'a name that the pods do not declare',
    manifests: [web, ...http('http'), toPort({ port: 80 })],
  },
  {
    why: 'other pods, which may listen on the port',
    manifests: [
      web8080,
      workload('shop/api'),
      ...http(8080),
      policy('shop/p', { ingress: [{ ports: [{ port: 80 }] }] }),
    ],
  },
  {
    why: 'addresses, which may listen on the port',
    manifests: [
      web8080,
      ...http(8080),
      policy('shop/p', {
        egress: [
          { to: [{ podSelector: app('web') }, { ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] },
        ],
      }),
    ],
  },
  {
    why: 'a service in another namespace',
    manifests: [
      web8080,
      service('lab/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the port of two services, whose targets are told in order',
    manifests: [
      web8080,
      ...http(9090),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
    finds: [
      'shop/p spec.ingress[0].ports[0].port: 80/TCP is the port of service shop/raw and shop/web, whose pods listen on 8080 and 9090: this entry allows nothing',
    ],
  },
  {
    why: 'a target by a name that the pods have by another protocol',
    manifests: [
      workload('shop/web', {}, [{ containerPort: 8080, name: 'http', protocol: 'UDP' }]),
      ...http('http'),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'pods of a namespace whose labels nobody knows, which may listen on the port',
    manifests: [
      web8080,
      ...http(8080),
      workload('ops/api'),
      policy('shop/p', {
        egress: [{ to: [{ podSelector: app('web') }, { namespaceSelector: ofOps }], ports: [{ port: 80 }] }],
      }),
    ],
  },
  {
    why: 'both ports, the target first of a range',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8080, endPort: 8090 })],
  },
  {
    why: 'both ports, the target last of a range',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8000, endPort: 8080 })],
  },
  {
    why: 'the target port of another protocol beside it',
    manifests: [web8080, ...http(8080), toPort({ port: 80 }, { port: 8080, protocol: 'UDP' })],
    finds: [said('8080')],
  },
  {
    why: 'a service whose endpoints are kept by hand',
    manifests: [
      web8080,
      service('shop/web', { ports: [{ port: 80, targetPort: 8080 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the port of the service, and of one whose endpoints are kept by hand',
    manifests: [web8080, ...http(8080), service('shop/raw', { ports: [{ port: 80 }] }), toPort({ port: 80 })],
    finds: [said('8080')],
  },
  {
    why: 'a port that another service has as its target',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', { selector: { app: 'web' }, ports: [{ port: 81, targetPort: 80 }] }),
      toPort({ port: 80 }),
    ],
  },
  {
    why: 'the target of another service by another protocol',
    manifests: [
      web8080,
      ...http(8080),
      service('shop/raw', {
        selector: { app: 'web' },
        ports: [{ port: 81, targetPort: 80, protocol: 'UDP' }],
      }),
      toPort({ port: 80 }),
    ],
    finds: [said('8080')],
  },
  {
    why: 'pods that declare the port by another protocol',
    manifests: [
      workload('shop/web', {}, [
        { name: 'http', containerPort: 8080 },
        { containerPort: 80, protocol: 'UDP' },
      ]),
      ...http(8080),
      toPort({ port: 80 }),
    ],
    finds: [said('8080')],
  },
]);

const db = service('shop/db', { clusterIP: '10.0.170.3', selector: { app: 'db' }, ports: [{ port: 5432 }] });
const blockTo = (cidr: string) => to({ ipBlock: { cidr } });
const REPLACED = 'a pod’s address takes its place before policies look, so the block matches nothing';
const IN_TO = 'shop/p spec.egress[0].to[0].ipBlock.cidr:';

const KUBERNETES =
  'the address of service default/kubernetes: that of the API server takes its place before policies look, so the block matches nothing';

testRule('service-address-in-ip-block', [
  {
    why: 'the address of a service',
    manifests: [db, blockTo('10.0.170.3/32')],
    finds: [`${IN_TO} 10.0.170.3/32 is the address of service shop/db: ${REPLACED}`],
  },
  {
    why: 'the range of services',
    manifests: [blockTo('10.0.0.0/16')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
    finds: [`${IN_TO} 10.0.0.0/16 lies in the range of services: ${REPLACED}`],
  },
  {
    why: 'a source',
    manifests: [db, from({ ipBlock: { cidr: '10.0.170.3/32' } })],
    finds: [
      'shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.0.170.3/32 is the address of service shop/db: no traffic comes from there, so the block matches nothing',
    ],
  },
  {
    why: 'a range that holds more',
    manifests: [db, blockTo('10.0.0.0/8')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
  },
  {
    why: 'a load balancer’s address, which is not always replaced',
    manifests: [
      service('shop/lb', { type: 'LoadBalancer', clusterIP: '10.0.0.9', loadBalancerIP: '10.240.0.9' }),
      blockTo('10.240.0.9/32'),
    ],
  },
  {
    why: 'a headless service, which has no address',
    manifests: [service('shop/db', { clusterIP: 'None', selector: { app: 'db' } }), blockTo('10.0.170.3/32')],
  },
  { why: 'an address of nobody known', manifests: [db, blockTo('10.0.170.4/32')] },
  {
    why: 'the first address of the range of services, which is the API server’s',
    manifests: [blockTo('10.0.0.1/32')],
    profile: { serviceCidrs: ['10.0.0.0/16'] },
    finds: [`${IN_TO} 10.0.0.1/32 is ${KUBERNETES}`],
  },
  {
    why: 'the service of the API server in a live cluster',
    manifests: [service('default/kubernetes', { clusterIP: '10.1.0.1' }), blockTo('10.1.0.1/32')],
    finds: [`${IN_TO} 10.1.0.1/32 is ${KUBERNETES}`],
  },
]);

test('of the API server’s service the fix is no pods, which it does not have', () => {
  const given = { manifests: [blockTo('10.0.0.1/32')], profile: { serviceCidrs: ['10.0.0.0/16'] } };
  expect(findingsOf('service-address-in-ip-block', given).map(({ fix }) => fix)).toEqual([
    'write the address of the API server: AksTraffic.on(profile).toApiServer()',
  ]);
});

const PODS = { podCidrs: ['10.244.0.0/16'] };
const CHANGES = 'and whose they are changes all the time';
const podsOf = (number: number) =>
  Array.from({ length: number }, (_, at) => pod(`shop/p${at}`, `10.1.${at >> 8}.${at & 255}`));

testRule('pod-range-in-ip-block', [
  {
    why: 'a part of the range of pods',
    manifests: [blockTo('10.244.3.0/24')],
    profile: PODS,
    finds: [`${IN_TO} 10.244.3.0/24 lies in the range of pods, ${CHANGES}`],
  },
  {
    // cilium-ip-block-misses-pods speaks of it, once.
    why: 'all of it, on cilium',
    manifests: [blockTo('10.244.0.0/16')],
    profile: { ...PODS, engine: 'cilium' },
  },
  {
    why: 'on cilium, addresses of pods whom another rule lets in',
    manifests: [
      pod('shop/a', '10.1.0.6'),
      pod('shop/b', '10.1.0.7'),
      policy('shop/p', {
        podSelector: {},
        ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.6/31' } }, { podSelector: {} }] }],
      }),
    ],
    profile: { engine: 'cilium' },
    finds: [
      'shop/p spec.ingress[0].from[0].ipBlock.cidr: 10.1.0.6/31 holds only addresses of known pods, and Cilium never matches a pod by address',
    ],
  },
  {
    why: 'addresses of known pods only',
    manifests: [pod('shop/a', '10.1.0.6'), pod('shop/b', '10.1.0.7'), blockTo('10.1.0.6/31')],
    finds: [`${IN_TO} 10.1.0.6/31 holds only addresses of known pods, ${CHANGES}`],
  },
  {
    why: 'one address, which is another rule’s matter',
    manifests: [blockTo('10.244.3.7/32')],
    profile: PODS,
  },
  { why: 'a range that holds more', manifests: [blockTo('10.0.0.0/8')], profile: PODS },
  {
    why: 'everything but pods: that is how one says “outside”',
    manifests: [to({ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] } })],
    profile: PODS,
  },
  {
    why: 'a range that pods share with nodes',
    manifests: [blockTo('10.244.3.0/24')],
    profile: { ...PODS, nodeCidrs: ['10.244.0.0/16'] },
  },
  { why: 'some addresses of known pods', manifests: [pod('shop/a', '10.1.0.6'), blockTo('10.1.0.6/31')] },
  {
    why: 'some addresses of known pods, but the first',
    manifests: [pod('shop/a', '10.1.0.7'), blockTo('10.1.0.6/31')],
  },
  {
    why: 'as many known pods as are looked at one by one',
    manifests: [...podsOf(256), blockTo('10.1.0.0/24')],
    finds: [`${IN_TO} 10.1.0.0/24 holds only addresses of known pods, ${CHANGES}`],
  },
  { why: 'more known pods than that', manifests: [...podsOf(512), blockTo('10.1.0.0/23')] },
]);

const OLD = { kubernetesVersion: '1.35.4' };

testRule('cidr-not-canonical', [
  {
    why: 'host bits, leading zeros and an IPv4 address written as IPv6',
    manifests: [
      to(
        { ipBlock: { cidr: '10.1.2.3/8', except: ['10.9.9.9/16'] } },
        { ipBlock: { cidr: '010.0.0.0/8' } },
        { ipBlock: { cidr: '::ffff:10.0.0.0/104' } },
      ),
    ],
    profile: OLD,
    finds: [
      `${IN_TO} 10.1.2.3/8: Kubernetes 1.36 and later refuse address bits beyond the prefix length`,
      'shop/p spec.egress[0].to[0].ipBlock.except[0]: 10.9.9.9/16: Kubernetes 1.36 and later refuse address bits beyond the prefix length',
      'shop/p spec.egress[0].to[1].ipBlock.cidr: 010.0.0.0/8: Kubernetes 1.36 and later refuse leading zeros, which some engines read as octal',
      'shop/p spec.egress[0].to[2].ipBlock.cidr: ::ffff:10.0.0.0/104: Kubernetes 1.36 and later refuse an IPv4 address written as IPv6',
    ],
  },
  {
    why: 'canonical forms',
    manifests: [blockTo('10.0.0.0/8'), from({ ipBlock: { cidr: '2001:db8::/32' } })],
    profile: OLD,
  },
  { why: 'a version unknown: the reader refuses it, and says so', manifests: [blockTo('10.1.2.3/8')] },
]);

const inDb = (name: string, ...ingress: object[]) =>
  policy(`shop/${name}`, { podSelector: app('db'), policyTypes: ['Ingress'], ingress });
const fromWeb = { from: [{ podSelector: app('web') }], ports: [{ port: 5432 }] };
const fromAll = { from: [{ podSelector: {} }], ports: [{ port: 5432 }, { port: 9187 }] };
const tiers = [web, workload('shop/api', { tier: 'front' }), workload('shop/db')];

const toNames = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP' as const, port: 53 }] };
const toNamesOfWeb = { ...toNames, to: [{ namespaceSelector: {}, podSelector: app('web') }] };
const toOwn = { to: [{ podSelector: {} }] };
const WHOLE = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'];
const inFour = {
  matchExpressions: [
    { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: WHOLE.slice(0, -1) },
  ],
};

testRule('redundant-rule', [
  {
    why: 'a narrower rule of the same policy',
    manifests: [inDb('p', fromWeb, fromAll)],
    finds: ['shop/p spec.ingress[0]: spec.ingress[1] allows all that this rule allows'],
  },
  {
    why: 'the same rule twice: the later one',
    manifests: [inDb('p', fromWeb, fromWeb)],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'one of two rules, which another policy has for more pods',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      inDb('p', { ...fromWeb, ports: [{ port: 22 }] }, fromWeb),
    ],
    finds: ['shop/p spec.ingress[1]: all spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'an address in a wider block',
    manifests: [
      inDb(
        'p',
        { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
        { from: [{ ipBlock: { cidr: '203.0.113.7/32' } }] },
      ),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'pods that other labels select as well, as they are today',
    manifests: [
      ...tiers,
      inDb(
        'p',
        { from: [{ podSelector: labels({ tier: 'front' }) }] },
        { from: [{ podSelector: app('api') }] },
      ),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows today'],
  },
  { why: 'another port', manifests: [inDb('p', fromAll, { ...fromWeb, ports: [{ port: 22 }] })] },
  { why: 'every port', manifests: [inDb('p', fromAll, { from: fromWeb.from })] },
  {
    why: 'a port by name that the wider rule has by name too',
    manifests: [
      inDb('p', { from: fromAll.from, ports: [{ port: 'pg' }] }, { ...fromWeb, ports: [{ port: 'pg' }] }),
    ],
    finds: ['shop/p spec.ingress[1]: spec.ingress[0] allows all that this rule allows'],
  },
  {
    why: 'a port by name, which may be another number on each pod',
    manifests: [inDb('p', fromAll, { ...fromWeb, ports: [{ port: 'pg' }] })],
  },
  {
    why: 'a wider rule for other pods',
    manifests: [policy('shop/q', { podSelector: app('api'), ingress: [fromAll] }), inDb('p', fromWeb)],
  },
  {
    why: 'a wider rule for fewer of the pods',
    manifests: [policy('shop/p', { podSelector: {}, ingress: [fromWeb] }), inDb('q', fromAll)],
  },
  {
    why: 'a wider rule of the other direction, or of a type that is left out',
    manifests: [
      policy('shop/q', { podSelector: {}, policyTypes: ['Egress'], egress: [{}], ingress: [{}] }),
      inDb('p', fromWeb),
    ],
  },
  {
    why: 'a rule for names in every namespace, beside one for the own one: CoreDNS is not among the workloads given',
    manifests: [
      ...tiers,
      policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames, toOwn] }),
    ],
  },
  {
    why: 'the same, where every namespace is given with its workloads',
    manifests: [
      ...tiers,
      ...WHOLE.map((name) => namespace(name)),
      ...WHOLE.slice(0, -1).map((name) => workload(`${name}/pods`, { 'k8s-app': 'kube-dns' })),
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [toNames, { to: [{ podSelector: {} }, { namespaceSelector: inFour }] }],
      }),
    ],
    finds: ['shop/p spec.egress[0]: spec.egress[1] allows all that this rule allows today'],
  },
  {
    why: 'a rule that is in one for names in every namespace, which stays as long as CoreDNS may stand elsewhere',
    manifests: [
      ...tiers,
      policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [toNamesOfWeb, toNames, toOwn] }),
    ],
    finds: ['shop/p spec.egress[0]: spec.egress[1] allows all that this rule allows'],
  },
  {
    why: 'peers that mean nobody yet',
    manifests: [
      ...tiers,
      inDb('p', { from: [{ podSelector: app('web') }] }, { from: [{ podSelector: app('new') }] }),
    ],
  },
  {
    why: 'an exception that the wider block has',
    manifests: [
      inDb(
        'p',
        { from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] } }] },
        { from: [{ ipBlock: { cidr: '203.0.113.7/32' } }] },
      ),
    ],
  },
]);

testRule('shadowed-policy', [
  {
    why: 'a wider policy for more pods',
    manifests: [policy('shop/all', { podSelector: {}, ingress: [fromAll] }), inDb('p', fromWeb)],
    finds: ['shop/p: all allows and isolates all that this policy does'],
  },
  {
    why: 'two that are equal: the later name',
    manifests: [inDb('b', fromWeb), inDb('a', fromWeb)],
    finds: ['shop/b: a allows and isolates all that this policy does'],
  },
  {
    why: 'three that are equal: both later names, because the first stays',
    manifests: [inDb('c', fromWeb), inDb('b', fromWeb), inDb('a', fromWeb)],
    finds: [
      'shop/b: a allows and isolates all that this policy does',
      'shop/c: a allows and isolates all that this policy does',
    ],
  },
  {
    why: 'a default deny, beside policies that isolate and allow the same pods',
    manifests: [deny('shop/deny', 'Ingress'), policy('shop/all', { podSelector: {}, ingress: [fromAll] })],
  },
  {
    why: 'a policy for names in every namespace, beside one for the own one: CoreDNS is not among the workloads given',
    manifests: [
      ...tiers,
      policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames] }),
      policy('shop/all', { podSelector: {}, policyTypes: ['Egress'], egress: [toOwn] }),
    ],
  },
  {
    why: 'a policy that is in one for names in every namespace, which stays as long as CoreDNS may stand elsewhere',
    manifests: [
      ...tiers,
      policy('shop/all', { podSelector: {}, policyTypes: ['Egress'], egress: [toOwn] }),
      policy('shop/a', { podSelector: {}, policyTypes: ['Egress'], egress: [toNamesOfWeb] }),
      policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames] }),
    ],
    finds: ['shop/a: dns allows and isolates all that this policy does'],
  },
  { why: 'two default denies', manifests: [deny('shop/a', 'Ingress'), deny('shop/b', 'Ingress')] },
  {
    why: 'a policy that alone isolates the other direction',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      policy('shop/p', { podSelector: app('db'), policyTypes: ['Ingress', 'Egress'], ingress: [fromWeb] }),
    ],
  },
  {
    why: 'a policy of another namespace',
    manifests: [policy('lab/all', { podSelector: {}, ingress: [{}] }), inDb('p', fromWeb)],
  },
  {
    why: 'on azure, a wider policy that the engine passes over',
    manifests: [
      policy('shop/all', {
        podSelector: {},
        ingress: [fromAll, { from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }],
      }),
      inDb('p', fromWeb),
    ],
    profile: { engine: 'azure' },
  },
]);
