import { namespace, service, testFindings } from '../judge';
import { anybody, before, block, db, from, ingress, to, web } from './reach';

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
