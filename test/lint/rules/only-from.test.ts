import { app, namespace, ofName, pod, policy, testFindings, workload } from '../judge';
import { block, byTeam, db, dbFrom, deny, hidden, only, ops, pods, unreadable, web } from './expectations';

const batch = workload('shop/batch');

const twoPorts = workload('shop/db', {}, [
  { name: 'sql', containerPort: 5432 },
  { name: 'metrics', containerPort: 9187 },
]);

const twoProtocols = workload('shop/db', {}, [
  { name: 'sql', containerPort: 5432 },
  { name: 'sql', containerPort: 5432, protocol: 'UDP' },
]);

const live = (name: string, podIP: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: 'db', 'pod-template-hash': '7d', ...more },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'db-7d', controller: true }],
  },
  spec: { containers: [{ ports: [{ name: 'sql', containerPort: 5432 }] }] },
  status: { phase: 'Running', podIP },
});

const sisters = ['4', '5', '6'].map((last, at) => live(`db-7d-${'abc'[at]}`, `10.244.0.${last}`));

const webFrom = (cidr: string) =>
  policy('shop/web', { podSelector: app('web'), ingress: [{ from: [block(cidr)] }] });

testFindings('only-from', [
  {
    why: 'no policy: everybody',
    ...only(),
    manifests: [web, batch, db],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: shop/batch, every address and any pod on every port (Allowed: shop/batch to shop/db. Out of shop/batch: allowed; no policy isolates it. Into shop/db: allowed; no policy isolates it.)',
    ],
  },
  {
    why: 'another workload',
    ...only(['shop/web'], { reason: 'the ledger' }),
    manifests: [web, batch, db, dbFrom([pods('web'), pods('batch')], { port: 5432 })],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: shop/batch on 5432/TCP (expected because: the ledger) (Partly: shop/batch to shop/db; open on 5432/TCP. Out of shop/batch: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1, port 0).)',
    ],
  },
  {
    why: 'pods of namespaces that nobody knows yet',
    ...only(),
    manifests: [web, db, dbFrom([{ namespaceSelector: {} }], { port: 5432 })],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: any pod on 5432/TCP (Partly: any to shop/db; open on 5432/TCP. Out of any: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  {
    why: 'the internet',
    ...only(),
    manifests: [web, db, dbFrom([pods('web'), block('0.0.0.0/0')], { port: 5432 })],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: every address and any pod on 5432/TCP (Partly: internet to shop/db; open on 5432/TCP. Out of internet: allowed; is no pod, so no policy judges it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1, port 0).)',
    ],
  },
  {
    why: 'some addresses',
    ...only(),
    manifests: [web, db, dbFrom([block('10.1.0.0/16')])],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: 10.1.0.0/16 on every port (Allowed: 10.1.0.0/16 to shop/db. Out of 10.1.0.0/16: allowed; is no pod, so no policy judges it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'on the port that is asked for',
    ...only(['shop/web'], { port: '5432' }),
    manifests: [web, batch, db, dbFrom([pods('batch')])],
    finds: [
      'error Expectation shop/db 5432 only-from shop/web: others reach it as well: shop/batch on 5432/TCP (Allowed: shop/batch to shop/db on 5432. Out of shop/batch: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'by the name of the port',
    ...only(['shop/web'], { port: 'sql' }),
    manifests: [web, batch, db, dbFrom([pods('batch')], { port: 5432 })],
    finds: [
      'error Expectation shop/db sql only-from shop/web: others reach it as well: shop/batch on 5432/TCP (Allowed: shop/batch to shop/db on sql. Out of shop/batch: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  { why: 'only those listed', ...only(), manifests: [web, batch, db, dbFrom([pods('web')])] },
  {
    why: 'nobody at all: that those on the list do is another rule’s matter',
    ...only(),
    manifests: [web, batch, db, deny],
  },
  {
    why: 'on another port',
    ...only(['shop/web'], { port: '5432' }),
    manifests: [web, batch, db, dbFrom([pods('batch')], { port: 22 })],
  },
  {
    why: 'by the name of another port',
    ...only(['shop/web'], { port: 'sql' }),
    manifests: [web, batch, db, dbFrom([pods('batch')], { port: 22 })],
  },
  {
    why: 'listed addresses',
    ...only(['shop/web', '10.1.0.0/16']),
    manifests: [web, db, dbFrom([pods('web'), block('10.1.2.0/24')])],
  },
  {
    why: 'the internet is listed',
    ...only(['shop/web', 'internet']),
    manifests: [web, db, dbFrom([pods('web'), block('20.0.0.0/8')])],
  },
  {
    why: 'the internet is listed, by IPv6 as well',
    ...only(['shop/web', 'internet']),
    manifests: [web, db, dbFrom([pods('web'), block('2600::/16')])],
  },
  {
    why: 'a part of the internet',
    ...only(),
    manifests: [web, db, dbFrom([pods('web'), block('20.0.0.0/8')])],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: 20.0.0.0/8 on every port (Partly: internet to shop/db; between some of the pods or addresses on *. Out of internet: allowed; is no pod, so no policy judges it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'the port of a name alone, of a workload that has others',
    ...only(['shop/web'], { port: 'sql' }),
    manifests: [web, batch, twoPorts, dbFrom([pods('batch')], { port: 9187 })],
  },
  {
    why: 'a name that both protocols have, by the protocol asked for',
    ...only(['shop/web'], { port: 'sql/TCP' }),
    manifests: [web, batch, twoProtocols, dbFrom([pods('batch')], { port: 5432, protocol: 'UDP' })],
  },
  {
    why: 'one of a workload’s pods that reach it is listed, another not',
    ...only(['shop/db-7d-a', '10.244.0.4/31'], { to: 'shop/web' }),
    manifests: [web, ...sisters, webFrom('10.244.0.4/31')],
    finds: [
      'error Expectation shop/web only-from shop/db-7d-a, 10.244.0.4/31: others reach it as well: shop/db (pods db-7d-a and db-7d-b) on every port (Partly: shop/db to shop/web; between some of the pods or addresses on *. Out of shop/db: allowed; no policy isolates it. Into shop/web: partly; isolated by policy shop/web; allowed by policy shop/web ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'the only one of a workload’s pods that reaches it is listed',
    ...only(['shop/db-7d-a', '10.244.0.4/31'], { to: 'shop/web' }),
    manifests: [web, ...sisters, webFrom('10.244.0.4/32')],
  },
  { why: 'its own pods', ...only(), manifests: [web, db, dbFrom([pods('web'), pods('db')])] },
  {
    why: 'one who is listed is missing',
    ...only(['shop/web', 'shop/api']),
    manifests: [web, db, deny],
    finds: [
      'error Expectation shop/db only-from shop/web, shop/api: cannot be shown: "shop/api" names no known workload or pod',
    ],
  },
  {
    why: 'the workload is missing',
    ...only(),
    manifests: [web],
    finds: [
      'error Expectation shop/db only-from shop/web: cannot be shown: "shop/db" names no known workload or pod',
    ],
  },
  {
    why: 'a port by a name that it does not declare',
    ...only(['shop/web'], { port: 'pg' }),
    manifests: [web, db, deny],
    finds: [
      'error Expectation shop/db pg only-from shop/web: cannot be shown: shop/db declares no port named pg',
    ],
  },
  {
    why: 'an end that nobody can read',
    ...only(['web']),
    manifests: [web, db],
    finds: ['error Expectation shop/db only-from web: cannot be shown: "web" is not an end of a connection'],
  },
  {
    why: 'a policy that could not be read',
    ...only(),
    manifests: [web, batch, db, dbFrom([pods('web')]), unreadable],
    finds: [
      'error Expectation shop/db only-from shop/web: others may reach it as well, which is not known: shop/batch, every address and any pod on every port (Unknown: shop/batch to shop/db. Out of shop/batch: unknown; isolated by policy shop/broken; perhaps allowed by policy shop/broken egress rule 0 (port 0). Into shop/db: unknown; isolated by policy shop/broken, policy shop/db; perhaps allowed by policy shop/broken ingress rule 0 (port 0). Unknown because policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty].)',
    ],
  },
  {
    why: 'labels of a namespace that nobody declares',
    ...only(),
    manifests: [web, ops, db, byTeam],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: any pod of namespaces with team=ops on 5432/TCP',
    ],
  },
  {
    why: 'labels that no known namespace has, where a new one may',
    ...only(),
    manifests: [web, namespace('ops'), ops, db, byTeam],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: any pod of namespaces with team=ops on 5432/TCP',
    ],
  },
  {
    why: 'a namespace by its name, of which these manifests hold nothing',
    ...only(),
    manifests: [web, db, dbFrom([pods('web'), { namespaceSelector: ofName('ops') }])],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: any pod of namespace ops on every port (Allowed: ops/* to shop/db. Out of ops/*: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'that namespace is listed',
    ...only(['shop/web', 'ops/*']),
    manifests: [web, ops, db, dbFrom([pods('web'), { namespaceSelector: ofName('ops') }])],
  },
  {
    why: 'pods of that namespace by their labels, of which some are listed',
    ...only(['shop/web', 'ops/app=prom']),
    manifests: [web, ops, workload('ops/lab'), db, dbFrom([{ namespaceSelector: ofName('ops') }])],
    finds: [
      'error Expectation shop/db only-from shop/web, ops/app=prom: others reach it as well: ops/lab and any pod of namespace ops, except those with app=prom on every port (Allowed: ops/lab to shop/db. Out of ops/lab: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'pods by their labels, all of which are listed',
    ...only(['shop/web', 'ops/app in (etl, prom)']),
    manifests: [
      web,
      db,
      dbFrom([pods('web'), { namespaceSelector: ofName('ops'), podSelector: app('prom') }]),
    ],
  },
  {
    why: 'any pod is listed',
    ...only(['any']),
    manifests: [web, batch, db, dbFrom([{ namespaceSelector: {} }])],
  },
  {
    why: 'any pod is listed, and the internet is not',
    ...only(['any']),
    manifests: [web, db, dbFrom([{ namespaceSelector: {} }, block('0.0.0.0/0')])],
    finds: [
      'error Expectation shop/db only-from any: others reach it as well: every address on every port (Allowed: internet to shop/db. Out of internet: allowed; is no pod, so no policy judges it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'a label that pods beside the listed one may carry: it has no controller that takes them all',
    ...only(['shop/web']),
    manifests: [pod('shop/web', '10.244.0.4'), db, dbFrom([pods('web')])],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: pods with app=web in namespace shop on every port (Allowed: shop/app=web to shop/db. Out of shop/app=web: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'the same, where they are listed by that label',
    ...only(['shop/app=web']),
    manifests: [pod('shop/web', '10.244.0.4'), db, dbFrom([pods('web')])],
  },
  {
    why: 'pods of AKS’s own',
    ...only(),
    manifests: [
      web,
      db,
      dbFrom([
        pods('web'),
        { namespaceSelector: ofName('kube-system'), podSelector: { matchLabels: { rsName: 'ama-metrics' } } },
      ]),
    ],
    finds: [
      'error Expectation shop/db only-from shop/web: others reach it as well: kube-system/ama-metrics (AKS) on every port (Allowed: kube-system/ama-metrics to shop/db. Out of kube-system/ama-metrics: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'pods of AKS’s own that are listed',
    ...only(['shop/web', 'kube-system/ama-metrics']),
    manifests: [
      web,
      db,
      dbFrom([
        pods('web'),
        { namespaceSelector: ofName('kube-system'), podSelector: { matchLabels: { rsName: 'ama-metrics' } } },
      ]),
    ],
  },
  {
    why: 'one of AKS’s own whose labels nobody tells is listed, and all of its namespace reach it',
    ...only(['shop/web', 'kube-system/metrics-server']),
    manifests: [web, db, dbFrom([{ namespaceSelector: ofName('kube-system') }])],
    finds: [
      'error Expectation shop/db only-from shop/web, kube-system/metrics-server: others reach it as well: any pod of namespace kube-system on every port (Allowed: kube-system/* to shop/db. Out of kube-system/*: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'a block in which pods may be, listed in part',
    ...only(['shop/web', '10.1.0.0/17', 'any']),
    manifests: [web, db, dbFrom([pods('web'), block('10.1.0.0/16')])],
    finds: [
      'error Expectation shop/db only-from shop/web, 10.1.0.0/17, any: others reach it as well: 10.1.128.0/17 on every port (Allowed: 10.1.128.0/17 to shop/db. Out of 10.1.128.0/17: allowed; is no pod, so no policy judges it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'pods by their labels as the destination, none of which is known',
    ...only(['shop/web'], { to: 'shop/app=db' }),
    manifests: [web, dbFrom([pods('web'), pods('api')])],
    finds: [
      'error Expectation shop/app=db only-from shop/web: others reach it as well: pods with app=api in namespace shop on every port (Allowed: shop/app=api to shop/app=db. Out of shop/app=api: allowed; no policy isolates it. Into shop/app=db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 1).)',
    ],
  },
  {
    why: 'a workload on its node’s network',
    ...only(),
    manifests: [web, batch, hidden, deny],
    finds: [
      "error Expectation shop/db only-from shop/web: others reach it as well: shop/batch, every address and any pod on every port (Allowed: shop/batch to shop/db. Out of shop/batch: allowed; no policy isolates it. Into shop/db: allowed; is on its node's network, where policies do not reach it.)",
    ],
  },
  {
    why: 'a live pod by its name',
    ...only(['shop/web'], { to: 'shop/db-7d-a', port: 'sql' }),
    manifests: [web, batch, live('db-7d-a', '10.244.0.5'), dbFrom([{ namespaceSelector: {} }])],
    finds: [
      'error Expectation shop/db-7d-a sql only-from shop/web: others reach it as well: shop/batch and any pod on 5432/TCP (Allowed: shop/batch to shop/db-7d-a on sql. Out of shop/batch: allowed; no policy isolates it. Into shop/db-7d-a: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'a live pod by its name, which its sisters may reach',
    ...only(['shop/web'], { to: 'shop/db-7d-a' }),
    manifests: [
      web,
      live('db-7d-a', '10.244.0.5'),
      live('db-7d-b', '10.244.0.6'),
      db,
      dbFrom([pods('web'), pods('db')]),
    ],
  },
  {
    why: 'an address outside',
    ...only(['shop/web'], { to: '203.0.113.7', port: '443' }),
    manifests: [web, batch, policy('shop/p', { podSelector: app('web'), policyTypes: ['Egress'] })],
    finds: [
      'error Expectation 203.0.113.7 443 only-from shop/web: others reach it as well: shop/batch on 443/TCP (Allowed: shop/batch to 203.0.113.7 on 443. Out of shop/batch: allowed; no policy isolates it. Into 203.0.113.7: allowed; is no pod, so no policy judges it.)',
    ],
  },
]);
