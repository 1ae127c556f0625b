import { app, namespace, ofName, policy, testFindings } from '../judge';
import { block, byTeam, db, dbFrom, deny, hidden, not, ops, pods, unreadable, web } from './expectations';

testFindings('must-not-reach', [
  { why: 'any pod, and nobody is let in', ...not({ from: 'any' }), manifests: [db, deny] },
  {
    why: 'any pod, and no policy',
    ...not({ from: 'any' }),
    manifests: [db],
    finds: [
      'error Expectation any must-not-reach shop/db: it is allowed on every port (Allowed: any to shop/db. Out of any: allowed; no policy isolates it. Into shop/db: allowed; no policy isolates it.)',
    ],
  },
  {
    why: 'any pod of a namespace, of which some are let in',
    ...not({ from: 'ops/*' }),
    manifests: [db, dbFrom([{ namespaceSelector: ofName('ops'), podSelector: app('prom') }], { port: 5432 })],
    finds: [
      'error Expectation ops/* must-not-reach shop/db: it is allowed on 5432/TCP (Partly: ops/* to shop/db; between some of the pods or addresses on 5432/TCP. Out of ops/*: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  {
    why: 'any pod of another namespace',
    ...not({ from: 'lab/*' }),
    manifests: [db, dbFrom([{ namespaceSelector: ofName('ops') }])],
  },
  {
    why: 'pods of AKS’s own',
    ...not({ from: 'kube-system/coredns' }),
    manifests: [db, dbFrom([{ namespaceSelector: ofName('kube-system') }])],
    finds: [
      'error Expectation kube-system/coredns must-not-reach shop/db: it is allowed on every port (Allowed: kube-system/coredns to shop/db. Out of kube-system/coredns: allowed; no policy isolates it. Into shop/db: allowed; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  {
    why: 'pods of AKS’s own that are shut out',
    ...not({ from: 'kube-system/coredns' }),
    manifests: [db, dbFrom([pods('web')])],
  },
  {
    why: 'one of AKS’s own whose labels nobody tells, and pods of its namespace by labels',
    ...not({ from: 'kube-system/metrics-server' }),
    manifests: [db, dbFrom([{ namespaceSelector: ofName('kube-system'), podSelector: app('x') }])],
    finds: [
      'error Expectation kube-system/metrics-server must-not-reach shop/db: cannot be shown: no source tells the labels of kube-system/metrics-server (Unknown: kube-system/metrics-server to shop/db. Out of kube-system/metrics-server: allowed; no policy isolates it. Into shop/db: unknown; isolated by policy shop/db; perhaps allowed by policy shop/db ingress rule 0 (peer 0). Unknown because no source tells the labels of kube-system/metrics-server.)',
    ],
  },
  {
    why: 'no policy',
    ...not(),
    manifests: [web, db],
    finds: [
      'error Expectation shop/web must-not-reach shop/db: it is allowed on every port (Allowed: shop/web to shop/db. Out of shop/web: allowed; no policy isolates it. Into shop/db: allowed; no policy isolates it.)',
    ],
  },
  {
    why: 'one port is open',
    ...not({ reason: 'only the API writes' }),
    manifests: [web, db, dbFrom([pods('web')], { port: 5432 })],
    finds: [
      'error Expectation shop/web must-not-reach shop/db: it is allowed on 5432/TCP (expected because: only the API writes) (Partly: shop/web to shop/db; open on 5432/TCP. Out of shop/web: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  {
    why: 'a part of what is asked',
    ...not({ port: '5432-5440' }),
    manifests: [web, db, dbFrom([pods('web')], { port: 5432 })],
    finds: [
      'error Expectation shop/web must-not-reach shop/db 5432-5440: it is allowed on 5432/TCP (Partly: shop/web to shop/db on 5432-5440; open on 5432/TCP. Out of shop/web: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  {
    why: 'a part of the internet',
    ...not({ from: 'internet' }),
    manifests: [db, dbFrom([block('20.0.0.0/8')])],
    finds: [
      'error Expectation internet must-not-reach shop/db: it is allowed on every port (Partly: internet to shop/db; between some of the pods or addresses on *. Out of internet: allowed; is no pod, so no policy judges it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  { why: 'denied', ...not(), manifests: [web, db, deny] },
  {
    why: 'denied on the port',
    ...not({ port: '22' }),
    manifests: [web, db, dbFrom([pods('web')], { port: 5432 })],
  },
  {
    why: 'the source is missing',
    ...not(),
    manifests: [db, deny],
    finds: [
      'error Expectation shop/web must-not-reach shop/db: cannot be shown: "shop/web" names no known workload or pod',
    ],
  },
  {
    why: 'the destination is missing',
    ...not(),
    manifests: [web, deny],
    finds: [
      'error Expectation shop/web must-not-reach shop/db: cannot be shown: "shop/db" names no known workload or pod',
    ],
  },
  {
    why: 'a policy that could not be read',
    ...not({ port: '5432' }),
    manifests: [web, db, deny, unreadable],
    finds: [
      'error Expectation shop/web must-not-reach shop/db 5432: cannot be shown: policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty] (Unknown: shop/web to shop/db on 5432. Out of shop/web: unknown; isolated by policy shop/broken; perhaps allowed by policy shop/broken egress rule 0 (port 0). Into shop/db: unknown; isolated by policy shop/broken, policy shop/deny; perhaps allowed by policy shop/broken ingress rule 0 (port 0). Unknown because policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty].)',
    ],
  },
  {
    why: 'labels of a namespace that nobody declares',
    ...not({ from: 'ops/prom' }),
    manifests: [ops, db, byTeam],
    finds: [
      'error Expectation ops/prom must-not-reach shop/db: cannot be shown: no manifest declares namespace ops, so its labels are not known (Unknown: ops/prom to shop/db. Out of ops/prom: allowed; no policy isolates it. Into shop/db: unknown; isolated by policy shop/db; perhaps allowed by policy shop/db ingress rule 0 (peer 0, port 0). Unknown because no manifest declares namespace ops, so its labels are not known.)',
    ],
  },
  {
    why: 'a port that is surely open, beside one in doubt',
    ...not({ from: 'ops/prom' }),
    manifests: [
      ops,
      db,
      byTeam,
      policy('shop/more', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }),
    ],
    finds: [
      'error Expectation ops/prom must-not-reach shop/db: it is allowed on 80/TCP (Partly: ops/prom to shop/db; open on 80/TCP. Out of ops/prom: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db, policy shop/more; allowed by policy shop/db ingress rule 0 (peer 0, port 0), policy shop/more ingress rule 0 (port 0).)',
    ],
  },
  {
    why: 'a port that is surely open, beside a policy that could not be read',
    ...not({ from: 'ops/prom' }),
    manifests: [ops, db, dbFrom([{ namespaceSelector: ofName('ops') }], { port: 5432 }), unreadable],
    finds: [
      'error Expectation ops/prom must-not-reach shop/db: it is allowed on 5432/TCP (Unknown: ops/prom to shop/db. Out of ops/prom: allowed; no policy isolates it. Into shop/db: unknown; isolated by policy shop/broken, policy shop/db; perhaps allowed by policy shop/broken ingress rule 0 (port 0), policy shop/db ingress rule 0 (peer 0, port 0). Unknown because policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty].)',
    ],
  },
  {
    why: 'labels of a namespace that is declared',
    ...not({ from: 'ops/prom' }),
    manifests: [namespace('ops'), ops, db, byTeam],
  },
  {
    why: 'a destination on its node’s network',
    ...not(),
    manifests: [web, hidden, deny],
    finds: [
      "error Expectation shop/web must-not-reach shop/db: it is allowed on every port (Allowed: shop/web to shop/db. Out of shop/web: allowed; no policy isolates it. Into shop/db: allowed; is on its node's network, where policies do not reach it.)",
    ],
  },
  {
    why: 'no engine denies anything',
    profile: { engine: 'none' },
    ...not(),
    manifests: [web, db, deny],
    finds: [
      'error Expectation shop/web must-not-reach shop/db: it is allowed on every port (Allowed: shop/web to shop/db. Out of shop/web: allowed; no policy isolates it. Into shop/db: allowed; no policy isolates it. Not as the specification says: the cluster has no network policy engine, so no policy has an effect.)',
    ],
  },
]);
