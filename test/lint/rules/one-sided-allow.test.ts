import { app, labels, ofName, pod, policy, testFindings, workload } from '../judge';
import { block, completed, db, deny, onHost, to, unreadable, web } from './reach';

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
    why: 'the other side lets it in on the port of the tunnel, on which it leaves and arrives in the ambient mesh of Istio',
    manifests: [
      web,
      db,
      webTo(named('db')),
      { ...webTo(named('db'), 15008), metadata: { name: 'tunnel', namespace: 'shop' } },
      dbFrom(named('web'), 15008),
    ],
  },
  {
    why: 'the port of the tunnel on the other side, and that of the application here, on which it does not leave',
    manifests: [web, db, webTo(named('db')), dbFrom(named('web'), 15008)],
    finds: [
      'warning NetworkPolicy shop/db spec.ingress[0].from[0]: from shop/web to shop/db: ingress allows 15008/TCP, egress allows 5432/TCP (shop/web → shop/db on 15008/TCP is denied by shop/web)',
    ],
  },
  {
    why: 'the port of the tunnel here, and that of the application on the other side, where it does not arrive',
    manifests: [web, db, webTo(named('db'), 15008), dbFrom(named('web'))],
    finds: [
      'warning NetworkPolicy shop/web spec.egress[0].to[0]: from shop/web to shop/db: egress allows 15008/TCP, ingress allows 5432/TCP (shop/web → shop/db on 15008/TCP is denied by shop/db)',
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
