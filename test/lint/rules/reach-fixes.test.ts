import { app, findingsOf, policy, workload } from '../judge';
import { before, block, db, deny, from, onPort, to, web } from './reach';

test.each([
  {
    why: 'the port of the service, which a rule opens instead',
    rule: 'unreachable-workload',
    manifests: [web, before({}), onPort(80)],
    fix: 'write spec.ingress[0].ports[0].port of shop/p: 8080',
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
    fix: 'add to spec.ingress of shop/p: { from: [{ podSelector: {} }], ports: [{ port: 8443 }] }, with whoever uses it as peers',
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
    fix: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: web-to-db, namespace: shop }, spec: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }, { port: 6000, endPort: 6010 }, { protocol: UDP }] }] } }',
  },
  {
    why: 'both ends, where every port is meant',
    rule: 'one-sided-allow',
    manifests: [web, db, to({ podSelector: app('db') }), policy('shop/deny', { podSelector: app('db') })],
    fix: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: web-to-db, namespace: shop }, spec: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] } }',
  },
  {
    why: 'the address that calico reads as everybody',
    rule: 'calico-leading-zeros',
    profile: { engine: 'calico', kubernetesVersion: '1.34' },
    manifests: [web, from(block('010.1.0.0/16'))],
    fix: 'write cidr: 10.1.0.0/16',
  },
  {
    why: 'the same',
    rule: 'reachable-from-everywhere',
    profile: { engine: 'calico', kubernetesVersion: '1.34' },
    manifests: [web, from(block('010.1.0.0/16'))],
    fix: 'write cidr: 10.1.0.0/16',
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
    fix: 'add { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: default-deny-egress, namespace: shop }, spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }] }] } }',
  },
] as const)('the fix of $rule names $why', ({ fix, ...given }) => {
  expect(findingsOf(given.rule, given).map((finding) => finding.fix)).toEqual([fix]);
});
