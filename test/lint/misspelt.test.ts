import {
  app,
  findingsOf,
  labels,
  namespace,
  ofName,
  policy,
  service,
  testRule,
  toldBy,
  workload,
} from './judge';

const from = (peer: object, ...others: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [peer, ...others] }] });
const to = (peer: object, ...ports: object[]) =>
  policy('shop/p', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [peer], ports }] });
const values = (key: string, operator: 'In' | 'NotIn', ...words: string[]) => ({
  matchExpressions: [{ key, operator, values: words }],
});
const NAME = 'kubernetes.io/metadata.name';
const monitoring = namespace('monitoring', { team: 'platform' });
const frontend = workload('shop/frontend', { tier: 'front' });
const unreadable = (kind: string) => ({
  apiVersion: kind === 'Namespace' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name: 'x', namespace: 'edge', labels: 'x' },
});
/** Pods of any namespace with a label: those that are not given may be meant. */
const anywhere = (selector: object) => from({ namespaceSelector: {}, podSelector: selector });

const IN_NAMESPACES = 'shop/p spec.ingress[0].from[0].namespaceSelector:';
const IN_PODS = 'shop/p spec.ingress[0].from[0].podSelector:';
const CARRIED = 'did you mean app=frontend (shop/frontend carries it)?';

testRule('misspelt-word', [
  {
    why: 'a namespace that is declared, a letter left out',
    manifests: [monitoring, from({ namespaceSelector: ofName('monitorng') })],
    finds: [`${IN_NAMESPACES} no namespace monitorng is known here; did you mean monitoring?`],
  },
  {
    why: 'a namespace in which something stands',
    manifests: [workload('monitoring/prometheus'), from({ namespaceSelector: ofName('monitorin') })],
    finds: [`${IN_NAMESPACES} no namespace monitorin is known here; did you mean monitoring?`],
  },
  {
    why: 'one of several names',
    manifests: [monitoring, from({ namespaceSelector: values(NAME, 'In', 'shop', 'montioring') })],
    finds: [`${IN_NAMESPACES} no namespace montioring is known here; did you mean monitoring?`],
  },
  {
    why: 'a namespace that every cluster has, and one of an add-on',
    manifests: [
      from({ namespaceSelector: ofName('kube-sytem') }, { namespaceSelector: ofName('app-routng-system') }),
    ],
    finds: [
      `${IN_NAMESPACES} no namespace kube-sytem is known here; did you mean kube-system?`,
      'shop/p spec.ingress[0].from[1].namespaceSelector: no namespace app-routng-system is known here; did you mean app-routing-system?',
    ],
  },
  {
    why: 'a namespace that is to be kept out',
    manifests: [monitoring, from({ namespaceSelector: values(NAME, 'NotIn', 'monitorng') })],
    finds: [
      `${IN_NAMESPACES} no namespace monitorng is known here, so this keeps nobody out; did you mean monitoring?`,
    ],
  },
  {
    why: 'a label of namespaces',
    manifests: [monitoring, from({ namespaceSelector: labels({ team: 'platfrom' }) })],
    finds: [
      `${IN_NAMESPACES} no namespace here has team=platfrom; did you mean team=platform (monitoring carries it)?`,
    ],
  },
  {
    why: 'a namespace that is known itself, beside one that is like it',
    manifests: [monitoring, namespace('monitorng'), from({ namespaceSelector: ofName('monitorng') })],
  },
  {
    why: 'a namespace of which a policy is all that is given',
    manifests: [monitoring, policy('monitorng/p', {}), from({ namespaceSelector: ofName('monitorng') })],
  },
  {
    why: 'two names side by side: both are meant',
    manifests: [monitoring, from({ namespaceSelector: values(NAME, 'In', 'monitoring', 'monitorng') })],
  },
  {
    why: 'a namespace like no other',
    manifests: [monitoring, from({ namespaceSelector: ofName('ingress-nginx') })],
  },
  ...[
    ['stage1', 'stage2'],
    ['dev', 'dev2'],
    ['prod', 'prd'],
    ['team-a', 'team-b'],
  ].map(([known = '', written = '']) => ({
    why: `a sibling: ${written} where there is ${known}`,
    manifests: [namespace(known), from({ namespaceSelector: ofName(written) })],
  })),
  {
    why: 'a namespace that could not be read may be the one',
    manifests: [monitoring, unreadable('Namespace'), from({ namespaceSelector: ofName('monitorng') })],
  },
  {
    why: 'a label of pods that may stand in any namespace',
    manifests: [frontend, anywhere(app('frotend'))],
    finds: [`${IN_PODS} no pod here has app=frotend; ${CARRIED}`],
  },
  {
    why: 'one of several values, another of which is carried',
    manifests: [frontend, workload('shop/web'), from({ podSelector: values('app', 'In', 'web', 'frotend') })],
    finds: [`${IN_PODS} no pod here has app=frotend; ${CARRIED}`],
  },
  {
    why: 'a label that is to be kept out',
    manifests: [frontend, from({ podSelector: values('app', 'NotIn', 'frotend') })],
    finds: [`${IN_PODS} no pod here has app=frotend, so this keeps nobody out; ${CARRIED}`],
  },
  {
    why: 'the pods of the policy itself, beside others',
    manifests: [
      frontend,
      workload('shop/web'),
      policy('shop/p', { podSelector: values('app', 'In', 'web', 'frotend') }),
    ],
    finds: [`shop/p spec.podSelector: no pod here has app=frotend; ${CARRIED}`],
  },
  {
    why: 'a word beside a label that the pods carry',
    manifests: [frontend, anywhere(labels({ app: 'frotend', tier: 'front' }))],
    finds: [`${IN_PODS} no pod here has app=frotend; ${CARRIED}`],
  },
  {
    why: 'a word beside a label that the pods do not carry: others are meant',
    manifests: [frontend, anywhere(labels({ app: 'frotend', tier: 'back' }))],
  },
  {
    why: 'the word under another key',
    manifests: [frontend, anywhere(labels({ component: 'frotend' }))],
  },
  {
    why: 'a word that pods of another namespace carry',
    manifests: [frontend, workload('lab/frotend'), from({ podSelector: values('app', 'NotIn', 'frotend') })],
  },
  {
    why: 'a word that a service looks for, whose pods are made elsewhere',
    manifests: [
      frontend,
      service('edge/frotend', { selector: { app: 'frotend' }, ports: [{ port: 80 }] }),
      anywhere(app('frotend')),
    ],
  },
  {
    why: 'pods of a namespace in which none that is like them stands',
    manifests: [frontend, from({ namespaceSelector: ofName('edge'), podSelector: app('frotend') })],
  },
  {
    why: 'pods of a namespace of which something could not be read',
    manifests: [
      workload('edge/frontend'),
      unreadable('Deployment'),
      from({ namespaceSelector: ofName('edge'), podSelector: app('frotend') }),
    ],
  },
  { why: 'a number behind a word', manifests: [workload('shop/web-1'), anywhere(app('web-2'))] },
  {
    why: 'a version',
    manifests: [workload('shop/a', { version: 'v1' }), anywhere(labels({ version: 'v2' }))],
  },
  {
    why: 'a rule that does not count',
    manifests: [
      monitoring,
      policy('shop/p', {
        podSelector: {},
        policyTypes: ['Egress'],
        ingress: [{ from: [{ namespaceSelector: ofName('monitorng') }] }],
      }),
    ],
  },
]);

const everyNamespace = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'].map((name) =>
  namespace(name),
);

test.each([
  {
    rule: 'selects-no-workload',
    manifests: [frontend, policy('shop/p', { podSelector: app('frotend') })],
    field: 'spec.podSelector',
  },
  {
    rule: 'peer-matches-nothing',
    manifests: [frontend, from({ podSelector: app('frotend') })],
    field: 'spec.ingress[0].from[0].podSelector',
  },
  {
    rule: 'namespace-label-missing',
    manifests: [...everyNamespace, monitoring, frontend, from({ namespaceSelector: ofName('monitorng') })],
    field: 'spec.ingress[0].from[0].namespaceSelector',
  },
] as const)('what $rule tells of a misspelt word is told once', ({ rule, manifests, field }) => {
  expect(toldBy({ manifests }, ['no-default-deny'])).toEqual([`warning ${rule} shop/p ${field}`]);
});

const web = workload('shop/web', {}, [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 5353, protocol: 'UDP' },
  { containerPort: 9000 },
]);
const api = workload('shop/api', {}, [{ name: 'api', containerPort: 9000 }]);
const into = (podSelector: object, ...ports: object[]) =>
  policy('shop/p', { podSelector, policyTypes: ['Ingress'], ingress: [{ ports }] });
const INTO = 'shop/p spec.ingress[0].ports[0].port:';
const HAS = 'it declares dns/UDP (5353) and http/TCP (8080)';

testRule('undeclared-port-name', [
  {
    why: 'a misspelt name',
    manifests: [web, into(app('web'), { port: 'htp' })],
    finds: [
      `${INTO} shop/web declares no port named htp/TCP, so this entry opens nothing; ${HAS}: did you mean http?`,
    ],
  },
  {
    why: 'a name that is no slip of another',
    manifests: [api, into(app('api'), { port: 'https' })],
    finds: [
      `${INTO} shop/api declares no port named https/TCP, so this entry opens nothing; it declares api/TCP (9000)`,
    ],
  },
  {
    why: 'a name that is declared for another protocol',
    manifests: [web, into(app('web'), { port: 'dns' })],
    finds: [`${INTO} shop/web declares no port named dns/TCP, so this entry opens nothing; ${HAS}`],
  },
  {
    why: 'pods whose ports have no name',
    manifests: [workload('shop/db', {}, [{ containerPort: 5432 }]), into(app('db'), { port: 'sql' })],
    finds: [
      `${INTO} shop/db declares no port named sql/TCP, so this entry opens nothing; it declares no name at all`,
    ],
  },
  {
    why: 'several pods, none of which declares it',
    manifests: [web, api, into(values('app', 'In', 'web', 'api'), { port: 'https' })],
    finds: [
      `${INTO} none of shop/api and shop/web declares a port named https/TCP, so this entry opens nothing; they declare api/TCP (9000), dns/UDP (5353) and http/TCP (8080): did you mean http?`,
    ],
  },
  {
    why: 'the pods that are reached, on the way out',
    manifests: [web, to({ podSelector: app('web') }, { port: 9 }, { port: 'htpp' })],
    finds: [
      `shop/p spec.egress[0].ports[1].port: shop/web declares no port named htpp/TCP, so this entry opens nothing; ${HAS}: did you mean http?`,
    ],
  },
  {
    why: 'every pod of a namespace: others may come, but a slip is told',
    manifests: [
      web,
      into({}, { port: 'metrics' }),
      policy('shop/q', { ingress: [{ ports: [{ port: 'htttp' }] }] }),
    ],
    finds: [
      `shop/q spec.ingress[0].ports[0].port: shop/web declares no port named htttp/TCP, so this entry opens nothing; ${HAS}: did you mean http?`,
    ],
  },
  { why: 'a name that is declared', manifests: [web, into(app('web'), { port: 'http' })] },
  { why: 'a number', manifests: [web, into(app('web'), { port: 8081 })] },
  {
    why: 'a name that one of the pods declares',
    manifests: [web, api, into(values('app', 'In', 'web', 'api'), { port: 'http' })],
  },
  { why: 'pods that are not given', manifests: [web, into(app('db'), { port: 'sql' })] },
  {
    why: 'pods of a namespace that is not given',
    manifests: [web, to({ namespaceSelector: ofName('data'), podSelector: app('db') }, { port: 'sql' })],
  },
  {
    why: 'pods of any namespace, some of which are given',
    manifests: [web, to({ namespaceSelector: {}, podSelector: app('web') }, { port: 'metrics' })],
  },
  {
    why: 'everybody',
    manifests: [web, policy('shop/p', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 'https' }] }] })],
  },
  { why: 'a port of a sidecar', manifests: [web, into(app('web'), { port: 'http-envoy-prom' })] },
  {
    why: 'what Cilium looks up in the whole cluster, on the way out',
    profile: { engine: 'cilium' },
    manifests: [web, api, to({ podSelector: app('web') }, { port: 'api' })],
  },
  {
    why: 'what Cilium looks up on the pods themselves, on the way in',
    profile: { engine: 'cilium' },
    manifests: [
      workload('shop/db', {}, [{ name: 'https', containerPort: 8443 }]),
      api,
      into(app('api'), { port: 'https' }),
    ],
    finds: [
      `${INTO} shop/api declares no port named https/TCP, so this entry opens nothing; it declares api/TCP (9000)`,
    ],
  },
  {
    why: 'what Cilium looks up and nobody declares',
    profile: { engine: 'cilium' },
    manifests: [api, to({ podSelector: app('api') }, { port: 'https' })],
    finds: [
      'shop/p spec.egress[0].ports[0].port: shop/api declares no port named https/TCP, so this entry opens nothing; it declares api/TCP (9000)',
    ],
  },
]);

test.each([
  { why: 'the one that is near', pods: web, name: 'web', port: 'htp', fix: 'write port: http' },
  { why: 'the only one', pods: api, name: 'api', port: 'https', fix: 'write port: api' },
  {
    why: 'none where there is none of that protocol',
    pods: workload('shop/web', {}, [{ name: 'dns', containerPort: 53, protocol: 'UDP' }]),
    name: 'web',
    port: 'dns',
    fix: 'write a name that the pods declare, or the number of the port',
  },
])('the fix of a port name is $why', ({ pods, name, port, fix }) => {
  const manifests = [pods, into(app(name), { port })];
  expect(findingsOf('undeclared-port-name', { manifests }).map((each) => each.fix)).toEqual([fix]);
});

test('the fix of a word says what to do where it is right', () => {
  const manifests = [monitoring, from({ namespaceSelector: ofName('monitorng') })];
  expect(findingsOf('misspelt-word', { manifests }).map(({ fix }) => fix)).toEqual([
    'write namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }; where monitorng exists elsewhere, add its manifest or acknowledge the finding',
  ]);
});
