import { app, cilium, ofSpecs, policy, testRule } from '../judge';
import { deny, fromAll, fromWeb, inDb, tiers, toNames, toNamesOfWeb, toOwn } from './hygiene';

testRule('shadowed-policy', [
  {
    why: 'a wider policy for more pods',
    manifests: [policy('shop/all', { podSelector: {}, ingress: [fromAll] }), inDb('p', fromWeb)],
    finds: ['shop/p: all allows and isolates all that this policy does'],
  },
  {
    why: 'two that are equal: the later name',
    manifests: [inDb('b', fromWeb), inDb('a', fromWeb)],
    finds: ['shop/b: a allows and isolates all that this policy does'],
  },
  {
    why: 'three that are equal: both later names, because the first stays',
    manifests: [inDb('c', fromWeb), inDb('b', fromWeb), inDb('a', fromWeb)],
    finds: [
      'shop/b: a allows and isolates all that this policy does',
      'shop/c: a allows and isolates all that this policy does',
    ],
  },
  {
    why: 'a default deny, beside policies that isolate and allow the same pods',
    manifests: [deny('shop/deny', 'Ingress'), policy('shop/all', { podSelector: {}, ingress: [fromAll] })],
  },
  {
    why: 'a policy for names in every namespace, beside one for the own one: CoreDNS is not among the workloads given',
    manifests: [
      ...tiers,
      policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames] }),
      policy('shop/all', { podSelector: {}, policyTypes: ['Egress'], egress: [toOwn] }),
    ],
  },
  {
    why: 'a policy that is in one for names in every namespace, which stays as long as CoreDNS may stand elsewhere',
    manifests: [
      ...tiers,
      policy('shop/all', { podSelector: {}, policyTypes: ['Egress'], egress: [toOwn] }),
      policy('shop/a', { podSelector: {}, policyTypes: ['Egress'], egress: [toNamesOfWeb] }),
      policy('shop/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [toNames] }),
    ],
    finds: ['shop/a: dns allows and isolates all that this policy does'],
  },
  { why: 'two default denies', manifests: [deny('shop/a', 'Ingress'), deny('shop/b', 'Ingress')] },
  {
    why: 'a policy that alone isolates the other direction',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      policy('shop/p', { podSelector: app('db'), policyTypes: ['Ingress', 'Egress'], ingress: [fromWeb] }),
    ],
  },
  {
    why: 'a policy of another namespace',
    manifests: [policy('lab/all', { podSelector: {}, ingress: [{}] }), inDb('p', fromWeb)],
  },
  {
    why: 'on azure, a wider policy that the engine passes over',
    manifests: [
      policy('shop/all', {
        podSelector: {},
        ingress: [fromAll, { from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }],
      }),
      inDb('p', fromWeb),
    ],
    profile: { engine: 'azure' },
  },
  {
    why: 'a policy of Cilium within one of Kubernetes, and one with a denial within a clusterwide one',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      cilium('shop/p', {
        endpointSelector: app('db'),
        ingress: [{ fromEndpoints: [app('web')], toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }] }],
      }),
      cilium('guard', { endpointSelector: {}, egressDeny: [{ toEntities: ['world'] }] }),
      cilium('shop/q', { endpointSelector: app('db'), egressDeny: [{ toEntities: ['world'] }] }),
    ],
    profile: { engine: 'cilium' },
    finds: [
      'shop/p: NetworkPolicy all allows and isolates all that this policy does',
      'shop/q: CiliumClusterwideNetworkPolicy guard allows, denies and isolates all that this policy does',
    ],
  },
  {
    why: 'the same where Cilium does not enforce policies',
    manifests: [
      policy('shop/all', { podSelector: {}, ingress: [fromAll] }),
      cilium('shop/p', { endpointSelector: app('db'), ingress: [{ fromEndpoints: [app('web')] }] }),
    ],
    profile: { engine: 'azure' },
  },
  {
    why: 'a policy that alone isolates, or of whose specs another policy says one',
    manifests: [
      cilium('shop/a', {
        endpointSelector: {},
        ingress: [{ fromEndpoints: [{}] }],
        enableDefaultDeny: { ingress: false },
      }),
      cilium('shop/b', { endpointSelector: app('db'), ingress: [{ fromEndpoints: [{}] }] }),
      ofSpecs('shop/c', [
        {
          endpointSelector: app('db'),
          ingress: [{ fromEndpoints: [{}] }],
          enableDefaultDeny: { ingress: false },
        },
        { endpointSelector: app('db'), egress: [{ toEndpoints: [{}] }] },
      ]),
    ],
    profile: { engine: 'cilium' },
  },
  {
    why: 'a denial by an empty rule, beside policies that isolate the same pods',
    manifests: [
      cilium('shop/a', { endpointSelector: {}, ingress: [{}] }),
      cilium('shop/b', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
    ],
    profile: { engine: 'cilium' },
  },
]);
