import type { Expectation } from '../../../lib/model/finding';
import { ofName, pod, policy, testFindings } from '../judge';
import {
  block,
  byTeam,
  db,
  dbFrom,
  deny,
  expects,
  hidden,
  not,
  only,
  ops,
  pods,
  unreadable,
  web,
} from './expectations';

const completed = { ...pod('shop/db', '10.244.0.9', {}, { phase: 'Succeeded' }) };

const reach = (more: Partial<Extract<Expectation, { from: string }>> = {}) =>
  expects({ kind: 'must-reach', from: 'shop/web', to: 'shop/db', ...more });

testFindings('must-reach', [
  {
    why: 'names, which no manifest of CoreDNS need be given for',
    ...reach({ to: 'kube-system/coredns', port: '53/UDP' }),
    manifests: [
      web,
      policy('shop/out', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: ofName('kube-system') }] }],
      }),
    ],
  },
  {
    why: 'names, which egress shuts out',
    ...reach({ to: 'kube-system/coredns', port: '53/UDP' }),
    manifests: [web, policy('shop/out', { podSelector: {}, policyTypes: ['Egress'] })],
    finds: [
      'error Expectation shop/web must-reach kube-system/coredns 53/UDP: it is denied (Denied: shop/web to kube-system/coredns on 53/UDP. Out of shop/web: denied; isolated by policy shop/out; no rule comes near. Into kube-system/coredns: allowed; no policy isolates it.)',
    ],
  },
  {
    why: 'denied',
    ...reach({ port: '5432' }),
    manifests: [web, db, deny],
    finds: [
      'error Expectation shop/web must-reach shop/db 5432: it is denied (Denied: shop/web to shop/db on 5432. Out of shop/web: allowed; no policy isolates it. Into shop/db: denied; isolated by policy shop/deny; no rule comes near.)',
    ],
  },
  {
    why: 'denied, with a reason',
    ...reach({ reason: 'orders are kept there' }),
    manifests: [web, db, deny],
    finds: [
      'error Expectation shop/web must-reach shop/db: it is denied (expected because: orders are kept there) (Denied: shop/web to shop/db. Out of shop/web: allowed; no policy isolates it. Into shop/db: denied; isolated by policy shop/deny; no rule comes near.)',
    ],
  },
  {
    why: 'a part of the ports',
    ...reach({ port: '5432-5433' }),
    manifests: [web, db, dbFrom([pods('web')], { port: 5432 })],
    finds: [
      'error Expectation shop/web must-reach shop/db 5432-5433: only a part of it is allowed, on 5432/TCP (Partly: shop/web to shop/db on 5432-5433; open on 5432/TCP. Out of shop/web: allowed; no policy isolates it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0, port 0).)',
    ],
  },
  {
    why: 'a part of the internet',
    ...reach({ from: 'internet', port: '5432' }),
    manifests: [web, db, dbFrom([block('20.0.0.0/8')])],
    finds: [
      'error Expectation internet must-reach shop/db 5432: only a part of it is allowed, on 5432/TCP (Partly: internet to shop/db on 5432; between some of the pods or addresses on 5432/TCP. Out of internet: allowed; is no pod, so no policy judges it. Into shop/db: partly; isolated by policy shop/db; allowed by policy shop/db ingress rule 0 (peer 0).)',
    ],
  },
  { why: 'allowed', ...reach({ port: '5432' }), manifests: [web, db, dbFrom([pods('web')], { port: 5432 })] },
  {
    why: 'allowed by the name of the port',
    ...reach({ port: 'sql' }),
    manifests: [web, db, dbFrom([pods('web')], { port: 'sql' })],
  },
  {
    why: 'without a port any one will do',
    ...reach(),
    manifests: [web, db, dbFrom([pods('web')], { port: 5432 })],
  },
  {
    why: 'without a port, and none is open',
    ...reach(),
    manifests: [web, db, dbFrom([pods('batch')])],
    finds: [
      'error Expectation shop/web must-reach shop/db: it is denied (Denied: shop/web to shop/db. Out of shop/web: allowed; no policy isolates it. Into shop/db: denied; isolated by policy shop/db. Nearest: policy shop/db ingress rule 0 allows * only from pods with app=batch in namespace shop.)',
    ],
  },
  { why: 'no policy', ...reach(), manifests: [web, db] },
  {
    why: 'the source is missing',
    ...reach(),
    manifests: [db, dbFrom([pods('web')])],
    finds: [
      'error Expectation shop/web must-reach shop/db: cannot be shown: "shop/web" names no known workload or pod',
    ],
  },
  {
    why: 'the destination is missing',
    ...reach(),
    manifests: [web],
    finds: [
      'error Expectation shop/web must-reach shop/db: cannot be shown: "shop/db" names no known workload or pod',
    ],
  },
  {
    why: 'a port by a name that nobody declares',
    ...reach({ port: 'pg' }),
    manifests: [web, db],
    finds: [
      'error Expectation shop/web must-reach shop/db pg: cannot be shown: shop/db declares no port named pg (Unknown: shop/web to shop/db on pg. Out of shop/web: unknown; no policy isolates it. Into shop/db: unknown; no policy isolates it. Unknown because shop/db declares no port named pg.)',
    ],
  },
  {
    why: 'an end that nobody can read',
    ...reach({ to: 'db' }),
    manifests: [web, db],
    finds: ['error Expectation shop/web must-reach db: cannot be shown: "db" is not an end of a connection'],
  },
  {
    why: 'a port that nobody can read',
    ...reach({ port: '99999' }),
    manifests: [web, db],
    finds: [
      'error Expectation shop/web must-reach shop/db 99999: cannot be shown: "99999" is not a port, a range of ports or a port name',
    ],
  },
  {
    why: 'a policy that could not be read',
    ...reach({ port: '5432' }),
    manifests: [web, db, unreadable],
    finds: [
      'error Expectation shop/web must-reach shop/db 5432: cannot be shown: policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty] (Unknown: shop/web to shop/db on 5432. Out of shop/web: unknown; isolated by policy shop/broken; perhaps allowed by policy shop/broken egress rule 0 (port 0). Into shop/db: unknown; isolated by policy shop/broken; perhaps allowed by policy shop/broken ingress rule 0 (port 0). Unknown because policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty].)',
    ],
  },
  {
    why: 'a policy that could not be read, which may isolate the source, beside one that allows it',
    ...reach({ port: '5432' }),
    manifests: [web, db, dbFrom([pods('web')]), unreadable],
    finds: [
      'error Expectation shop/web must-reach shop/db 5432: cannot be shown: policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty] (Unknown: shop/web to shop/db on 5432. Out of shop/web: unknown; isolated by policy shop/broken; perhaps allowed by policy shop/broken egress rule 0 (port 0). Into shop/db: allowed; isolated by policy shop/broken, policy shop/db; allowed by policy shop/broken ingress rule 0 (port 0), policy shop/db ingress rule 0 (peer 0). Unknown because policy shop/broken could not be read and may decide this: spec.ingress[0].from[0]: a peer needs a selector or an IP block; got {}; add podSelector, namespaceSelector or ipBlock; leave the whole list out for everybody [peer-empty].)',
    ],
  },
  {
    why: 'labels of a namespace that nobody declares',
    ...reach({ from: 'ops/prom', port: '5432' }),
    manifests: [ops, db, byTeam],
    finds: [
      'error Expectation ops/prom must-reach shop/db 5432: cannot be shown: no manifest declares namespace ops, so its labels are not known (Unknown: ops/prom to shop/db on 5432. Out of ops/prom: allowed; no policy isolates it. Into shop/db: unknown; isolated by policy shop/db; perhaps allowed by policy shop/db ingress rule 0 (peer 0, port 0). Unknown because no manifest declares namespace ops, so its labels are not known.)',
    ],
  },
  {
    why: 'a port that is surely open, beside a policy that could not be read',
    ...reach({ from: 'ops/prom' }),
    manifests: [ops, db, dbFrom([{ namespaceSelector: ofName('ops') }], { port: 5432 }), unreadable],
  },
  {
    why: 'any port, none of which is surely open',
    ...reach({ from: 'ops/prom' }),
    manifests: [ops, db, byTeam],
    finds: [
      'error Expectation ops/prom must-reach shop/db: cannot be shown: no manifest declares namespace ops, so its labels are not known (Unknown: ops/prom to shop/db. Out of ops/prom: allowed; no policy isolates it. Into shop/db: unknown; isolated by policy shop/db; perhaps allowed by policy shop/db ingress rule 0 (peer 0, port 0). Unknown because no manifest declares namespace ops, so its labels are not known.)',
    ],
  },
  {
    why: 'any port, one of which is surely open',
    ...reach({ from: 'ops/prom' }),
    manifests: [
      ops,
      db,
      byTeam,
      policy('shop/more', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }),
    ],
  },
  { why: 'a destination on its node’s network', ...reach({ port: '5432' }), manifests: [web, hidden, deny] },
  {
    why: 'a completed destination',
    ...reach(),
    manifests: [web, completed],
    finds: [
      'error Expectation shop/web must-reach shop/db: it is denied (Denied: shop/web to shop/db. Out of shop/web: denied; is over and holds no address any more. Into shop/db: denied; is over and holds no address any more.)',
    ],
  },
  {
    why: 'no engine denies anything',
    profile: { engine: 'none' },
    ...reach({ port: '5432' }),
    manifests: [web, db, deny],
  },
  { why: 'an address outside', ...reach({ to: '203.0.113.7', port: '443' }), manifests: [web] },
  {
    why: 'the other kinds',
    intent: { expectations: [...not().intent.expectations, ...only().intent.expectations] },
    manifests: [web, db, deny],
  },
]);
