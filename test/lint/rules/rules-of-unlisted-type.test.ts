import { policy, testRule } from '../judge';

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
