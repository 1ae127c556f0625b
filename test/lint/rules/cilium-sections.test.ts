import { cilium, policy, testFindings, workload } from '../judge';

/** Directions of policies of Cilium's own kinds, and whom they isolate. */

const profile = { engine: 'cilium' } as const;
const web = workload('shop/web');
const pods = { endpointSelector: { matchLabels: { app: 'web' } } };
const all = { endpointSelector: {} };
const within = [{ fromEndpoints: [{}] }];
const imds = [{ toCIDR: ['169.254.169.254/32'] }];
const parts = (...specs: readonly object[]) => {
  const { spec: _, ...policy } = cilium('p', {});
  return { ...policy, specs };
};
const cnp = (spec: object) => [web, cilium('shop/p', { ...pods, ...spec })];

testFindings('cilium-empty-section', [
  {
    why: 'an empty list beside rules',
    profile,
    manifests: cnp({ ingress: within, egress: [] }),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress: an empty list denies nothing: Cilium leaves egress as if the policy did not tell of it, and shop/web stays open',
    ],
  },
  {
    why: 'a policy of the whole cluster, in its second part',
    profile,
    manifests: [
      web,
      parts({ ...all, egress: [{ toEntities: ['cluster'] }] }, { ...all, ingress: [], egress: [{}] }),
    ],
    finds: [
      'error CiliumClusterwideNetworkPolicy p specs[1].ingress: an empty list denies nothing: Cilium leaves ingress as if the policy did not tell of it, and shop/web stays open',
    ],
  },
  {
    why: 'a default that no rule brings about',
    profile,
    manifests: cnp({ ingress: within, enableDefaultDeny: { ingress: true, egress: true } }),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.enableDefaultDeny.egress: without a rule this denies nothing: Cilium leaves egress as if the policy did not tell of it, and shop/web stays open',
    ],
  },
  { why: 'a section without rules that is not written', profile, manifests: cnp({ ingress: within }) },
  { why: 'a rule that allows nobody', profile, manifests: cnp({ ingress: within, egress: [{}] }) },
  { why: 'nothing but empty lists: Cilium refuses it', profile, manifests: cnp({ ingress: [], egress: [] }) },
  {
    why: 'an empty list that is said to isolate nobody',
    profile,
    manifests: cnp({ ingress: within, egress: [], enableDefaultDeny: { egress: false } }),
  },
  {
    why: 'an empty list beside denials',
    profile,
    manifests: cnp({ ingress: within, egress: [], egressDeny: imds }),
  },
  {
    why: 'pods that a NetworkPolicy isolates',
    profile,
    manifests: [
      ...cnp({ ingress: within, egress: [] }),
      policy('shop/deny', { podSelector: {}, policyTypes: ['Egress'] }),
    ],
  },
  {
    why: 'a policy that is not understood otherwise',
    profile,
    manifests: cnp({
      ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.cluster': 'a' } }] }],
      egress: [],
    }),
    finds: [
      'error CiliumNetworkPolicy shop/p spec.egress: an empty list denies nothing: Cilium leaves egress as if the policy did not tell of it',
    ],
  },
  {
    why: 'on an engine that does not know the kind',
    profile: { engine: 'azure' },
    manifests: cnp({ ingress: within, egress: [] }),
  },
]);

testFindings('cilium-deny-isolates', [
  {
    why: 'denials alone',
    profile,
    manifests: cnp({ egressDeny: imds }),
    finds: [
      'warning CiliumNetworkPolicy shop/p spec.egressDeny: no rule of the policy allows any egress, so Cilium denies all of it and not only what is listed here: shop/web is cut off',
    ],
  },
  {
    why: 'denials of a policy without known pods, in both directions',
    profile,
    manifests: [
      cilium('shop/p', { ...pods, egressDeny: imds, ingressDeny: [{ fromEntities: ['world'] }], egress: [] }),
    ],
    finds: [
      'warning CiliumNetworkPolicy shop/p spec.egressDeny: no rule of the policy allows any egress, so Cilium denies all of it and not only what is listed here',
      'warning CiliumNetworkPolicy shop/p spec.ingressDeny: no rule of the policy allows any ingress, so Cilium denies all of it and not only what is listed here',
    ],
  },
  {
    why: 'one that isolates nobody',
    profile,
    manifests: cnp({ egressDeny: imds, enableDefaultDeny: { egress: false } }),
  },
  {
    why: 'one beside rules that allow',
    profile,
    manifests: cnp({ egressDeny: imds, egress: [{ toEntities: ['all'] }] }),
  },
  {
    why: 'one beside a rule that allows nobody',
    profile,
    manifests: cnp({ egressDeny: imds, egress: [{}] }),
  },
  { why: 'a denial of everybody', profile, manifests: cnp({ egressDeny: [{ toEntities: ['all'] }] }) },
  { why: 'a denial of nobody', profile, manifests: cnp({ egressDeny: [{}] }) },
  {
    why: 'pods that another policy isolates anyway',
    profile,
    manifests: [
      ...cnp({ egressDeny: imds }),
      policy('shop/open', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
    ],
  },
  {
    why: 'some pods that another policy isolates, and others',
    profile,
    manifests: [
      web,
      workload('shop/db'),
      cilium('shop/p', { ...all, egressDeny: imds }),
      policy('shop/open', {
        podSelector: { matchLabels: { app: 'db' } },
        policyTypes: ['Egress'],
        egress: [{}],
      }),
    ],
    finds: [
      'warning CiliumNetworkPolicy shop/p spec.egressDeny: no rule of the policy allows any egress, so Cilium denies all of it and not only what is listed here: shop/web is cut off',
    ],
  },
  {
    why: "AKS's own, which isolates nobody",
    profile,
    manifests: [
      web,
      cilium('block-azure-destinations', {
        ...all,
        enableDefaultDeny: { ingress: false, egress: false },
        egressDeny: [
          { toCIDR: ['168.63.129.16/32'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] },
        ],
      }),
    ],
  },
]);
