import { lint } from '../../../lib/lint/lint-cluster';
import { readManifests } from '../../../lib/manifests/read-manifests';
import { policy, testFindings, workload } from '../judge';
import { block, deny, egress, identity, ingress, toDb, unreadable, web } from './lifelines';

const operator = (spec: object = {}, more: object = {}) =>
  workload('shop/web', more as never, [], { serviceAccountName: 'operator', ...spec });

const API = { apiServerAddresses: ['20.50.1.2'] };

testFindings('api-server-cut-off', [
  {
    why: 'an account of its own',
    profile: API,
    manifests: [operator(), egress(toDb)],
    finds: [
      'info NetworkPolicy shop/p: policy shop/p keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  {
    why: 'a deny alone',
    profile: { apiServerAddresses: ['20.50.1.3', '20.50.1.2'] },
    manifests: [operator(), deny],
    finds: [
      'info NetworkPolicy shop/deny: policy shop/deny keeps shop/web from the API server at 20.50.1.2 and 20.50.1.3, for which the service account operator has a token (shop/web → 20.50.1.3 443/TCP is denied)',
    ],
  },
  {
    why: 'the address of the kubernetes service',
    profile: API,
    manifests: [operator(), egress({ to: [block('10.0.0.1/32')] })],
    finds: [
      'info NetworkPolicy shop/p: policy shop/p keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  {
    why: 'the address',
    profile: API,
    manifests: [operator(), egress({ to: [block('20.50.1.2/32')], ports: [{ port: 443 }] })],
  },
  {
    why: 'one of two addresses',
    profile: { apiServerAddresses: ['20.50.1.3', '20.50.1.2'] },
    manifests: [operator(), egress({ to: [block('20.50.1.2/32')] })],
  },
  ...(['*.azmk8s.io', undefined] as const).map((matchPattern) => ({
    why: matchPattern === undefined ? 'DNS alone' : 'its host by a pattern, which may have the address',
    profile: { ...API, engine: 'cilium' as const, acns: 'FQDN' as const },
    manifests: [
      operator(),
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        spec: {
          endpointSelector: {},
          egress: [
            { toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] },
            ...(matchPattern === undefined ? [] : [{ toFQDNs: [{ matchPattern }] }]),
          ],
        },
      },
    ],
    finds:
      matchPattern === undefined
        ? [
            'info CiliumNetworkPolicy shop/p: policy shop/p keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
          ]
        : [],
  })),
  { why: 'a rule without peers', profile: API, manifests: [operator(), egress({})] },
  { why: 'an address that is not known', manifests: [operator(), deny] },
  {
    why: 'the default account',
    profile: API,
    manifests: [web, workload('shop/api', {}, [], { serviceAccountName: 'default' }), deny],
  },
  {
    why: 'an empty account, which is the default one',
    profile: API,
    manifests: [operator({ serviceAccountName: '' }), deny],
  },
  { why: 'no token', profile: API, manifests: [operator({ automountServiceAccountToken: false }), deny] },
  {
    why: 'a token that is asked for',
    profile: API,
    manifests: [operator({ automountServiceAccountToken: true }), deny],
    finds: [
      'info NetworkPolicy shop/deny: policy shop/deny keeps shop/web from the API server at 20.50.1.2, for which the service account operator has a token (shop/web → 20.50.1.2 443/TCP is denied)',
    ],
  },
  { why: 'workload identity, whose account is for Azure', profile: API, manifests: [identity, deny] },
  { why: 'pods on their node’s network', profile: API, manifests: [operator({ hostNetwork: true }), deny] },
  { why: 'nothing isolates egress', profile: API, manifests: [operator(), ingress({})] },
  {
    why: 'a namespace of AKS',
    profile: API,
    manifests: [
      workload('kube-system/x', {}, [], { serviceAccountName: 'x' }),
      policy('kube-system/deny', { policyTypes: ['Egress'] }),
    ],
  },
  {
    why: 'a policy that could not be read may open it',
    profile: API,
    manifests: [operator(), deny, unreadable],
  },
]);

test.each([
  { why: 'nobody would call', manifests: [web, deny], needs: [] },
  { why: 'the address is known', manifests: [operator(), deny], profile: API, needs: [] },
  {
    why: 'the address is not known',
    manifests: [operator(), deny],
    needs: ['the addresses of the API server are not known: write apiServerAddresses in the profile'],
  },
])('api-server-cut-off says what it needs: $why', ({ manifests, profile = {}, needs }) => {
  const { notApplicable } = lint(readManifests(manifests).cluster, { profile, today: '2026-11-22' });
  expect(
    notApplicable.filter(({ rule }) => rule === 'api-server-cut-off').map(({ reason }) => reason),
  ).toEqual(needs);
});
