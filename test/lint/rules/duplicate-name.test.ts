import { cilium, testRule, workload } from '../judge';
import { deny, web } from './hygiene';

const ofCilium = (metadata: object) => {
  const policy = cilium('shop/deny', { endpointSelector: {}, ingress: [{}] });
  return { ...policy, metadata: { ...policy.metadata, ...metadata } };
};

testRule('duplicate-name', [
  {
    why: 'two different policies',
    manifests: [deny('shop/deny', 'Ingress'), deny('shop/deny', 'Egress')],
    finds: [
      'shop/deny metadata.name: a policy of this name has other contents; it was given before, and it is not known which one counts',
    ],
  },
  { why: 'one policy given twice', manifests: [deny('shop/deny', 'Ingress'), deny('shop/deny', 'Ingress')] },
  {
    why: 'the name in two namespaces',
    manifests: [deny('shop/deny', 'Ingress'), deny('lab/deny', 'Egress')],
  },
  ...[{ labels: { team: 'a' } }, { annotations: { note: 'a' } }].map((notes) => ({
    why: `two policies of Cilium that differ in ${Object.keys(notes)} alone`,
    manifests: [ofCilium({}), ofCilium(notes)],
    profile: { engine: 'cilium' as const },
    finds: [
      'shop/deny metadata.name: a policy of this name has other contents, and nobody knows which of them the cluster has',
    ],
  })),
  {
    why: 'a policy of Cilium given twice, once as the server stores it',
    manifests: [ofCilium({ labels: {} }), { ...ofCilium({ uid: '1', resourceVersion: '2' }), status: {} }],
    profile: { engine: 'cilium' },
  },
  { why: 'two different deployments', manifests: [web, workload('shop/web', { tier: 'front' })] },
]);
