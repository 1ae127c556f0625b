import { namespace, policy, testFindings } from '../judge';
import { block, completed, db, from, onHost, to, unreadable, web } from './reach';

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
