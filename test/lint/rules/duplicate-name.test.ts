import { testRule, workload } from '../judge';
import { deny, web } from './hygiene';

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
  { why: 'two different deployments', manifests: [web, workload('shop/web', { tier: 'front' })] },
]);
