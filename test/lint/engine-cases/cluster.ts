import { networkPolicy } from '../example-manifests';
import {
  AGENT,
  block,
  CALICO,
  CILIUM,
  DENY,
  type EngineCases,
  egressTo,
  ingressFrom,
  NPM,
  namespaces,
  onWeb,
  pods,
  WEB,
} from './case';

export const CLUSTER_CASES: EngineCases = {
  'no-engine': [
    {
      why: 'policies of two namespaces are one finding',
      profile: { engine: 'none' },
      manifests: [WEB, DENY, networkPolicy('deny', { podSelector: {} }, 'pay')],
      finds: [
        'error Cluster profile: 2 policies of 2 namespaces (pay and shop) are stored and not enforced: every pod is open (internet → shop/web 8080/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'without policies nobody expects an engine',
      profile: { engine: 'none' },
      manifests: [WEB],
      finds: [],
    },
    {
      why: 'an engine that somebody installed is one',
      profile: { engine: 'byo-cilium' },
      manifests: [WEB, DENY],
      finds: [],
    },
  ],
  'end-of-support': [
    {
      why: 'what has ended is an error',
      profile: { ...NPM, windowsNodePools: ['win'] },
      manifests: [WEB],
      finds: [
        'error Cluster profile: the support of Azure Network Policy Manager on Windows node pools ended on 2026-09-30; move to calico for Windows node pools',
        'warning Cluster profile: the support of Azure Network Policy Manager ends on 2028-09-30; move to cilium',
      ],
    },
    {
      why: 'the last day still counts',
      profile: { ...NPM, windowsNodePools: ['win'] },
      today: '2026-09-30',
      manifests: [WEB],
      finds: [
        'warning Cluster profile: the support of Azure Network Policy Manager on Windows node pools ends on 2026-09-30; move to calico for Windows node pools',
        'info Cluster profile: the support of Azure Network Policy Manager ends on 2028-09-30; move to cilium',
      ],
    },
    {
      why: 'more than two years ahead is good to know',
      profile: NPM,
      today: '2026-01-01',
      manifests: [WEB],
      finds: [
        'info Cluster profile: the support of Azure Network Policy Manager ends on 2028-09-30; move to cilium',
      ],
    },
    {
      why: 'kubenet ends under any engine',
      profile: { networkPlugin: 'kubenet' },
      manifests: [WEB],
      finds: [
        'warning Cluster profile: the support of the network plugin kubenet ends on 2028-03-31; move to Azure CNI overlay',
      ],
    },
    {
      why: 'nothing is announced for calico and cilium',
      profile: { engine: 'calico', networkPlugin: 'azure' },
      manifests: [WEB],
      finds: [],
    },
  ],
  'system-namespace-policy': [
    {
      why: 'any policy there',
      profile: {},
      manifests: [
        networkPolicy('dns', { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }, 'kube-system'),
      ],
      finds: [
        'warning NetworkPolicy kube-system/dns: namespace kube-system holds CoreDNS, metrics-server, the tunnel to the API server and most add-ons; AKS Automatic with managed system node pools refuses it',
      ],
    },
    {
      why: 'namespaces of users',
      profile: {},
      manifests: [networkPolicy('dns', { podSelector: {} }, 'kube-tools')],
      finds: [],
    },
  ],
  'managed-namespace-policy': [
    {
      why: 'a default of DenyAll is widened by any rule',
      profile: { managedNamespaces: [{ name: 'shop', ingress: 'DenyAll', egress: 'DenyAll' }] },
      manifests: [WEB, onWeb({ ingress: [{ from: [pods('db')] }], egress: [{}] })],
      finds: [
        'info NetworkPolicy shop/web spec.egress[0]: it widens the egress default DenyAll of the managed namespace shop',
        'info NetworkPolicy shop/web spec.ingress[0]: it widens the ingress default DenyAll of the managed namespace shop',
      ],
    },
    {
      why: 'what is not set is AllowSameNamespace for ingress and AllowAll for egress',
      profile: { managedNamespaces: [{ name: 'shop' }] },
      manifests: [WEB, onWeb({ ingress: [{ from: [pods('db')] }, {}], egress: [{}] })],
      finds: [
        'info NetworkPolicy shop/web spec.ingress[1]: it widens the ingress default AllowSameNamespace of the managed namespace shop',
      ],
    },
    {
      why: 'a deny widens nothing',
      profile: { managedNamespaces: [{ name: 'shop', ingress: 'DenyAll' }] },
      manifests: [WEB, DENY],
      finds: [],
    },
    {
      why: 'a namespace that is not managed',
      profile: { managedNamespaces: [{ name: 'pay' }] },
      manifests: [WEB, ingressFrom({ namespaceSelector: {} })],
      finds: [],
    },
  ],
  'ipv4-only-ip-block': [
    {
      why: 'every IPv4 address on a dual-stack cluster',
      profile: { ...CILIUM, podCidrs: ['fd00:10::/64'] },
      manifests: [WEB, ingressFrom(block('0.0.0.0/0'))],
      finds: [
        'info NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.cidr: it leaves every IPv6 address out, and the cluster has some',
      ],
    },
    {
      why: 'another policy opens IPv6',
      profile: { ...CILIUM, podCidrs: ['fd00:10::/64'] },
      manifests: [
        WEB,
        ingressFrom(block('0.0.0.0/0')),
        onWeb({ ingress: [{ from: [block('::/0')] }] }, 'web-6'),
      ],
      finds: [],
    },
    {
      why: 'no IPv6 is known',
      profile: CILIUM,
      manifests: [WEB, ingressFrom(block('0.0.0.0/0'))],
      finds: [],
    },
    {
      why: 'azure does not filter IPv6',
      profile: { ...NPM, podCidrs: ['fd00:10::/64'] },
      manifests: [WEB, ingressFrom(block('0.0.0.0/0'))],
      finds: [],
    },
  ],
  'host-network-pod': [
    {
      why: 'a policy for it',
      profile: {},
      manifests: [AGENT, networkPolicy('agent', { podSelector: { matchLabels: { app: 'agent' } } })],
      finds: [
        "warning NetworkPolicy shop/agent spec.podSelector: it is not enforced on shop/agent on the node's network",
      ],
    },
    {
      why: 'a peer that means it alone',
      profile: {},
      manifests: [WEB, AGENT, ingressFrom(pods('agent'))],
      finds: [
        "warning NetworkPolicy shop/web spec.ingress[0].from[0]: it names shop/agent on the node's network and so matches nobody",
      ],
    },
    {
      why: 'a peer in another namespace',
      profile: {},
      manifests: [
        WEB,
        AGENT,
        networkPolicy(
          'web',
          {
            podSelector: {},
            ingress: [
              { from: [{ ...namespaces('kubernetes.io/metadata.name', 'In', 'shop'), ...pods('agent') }] },
            ],
          },
          'pay',
        ),
      ],
      finds: [
        "warning NetworkPolicy pay/web spec.ingress[0].from[0]: it names shop/agent on the node's network and so matches nobody",
      ],
    },
    {
      why: 'a blank selector names nobody',
      profile: {},
      manifests: [
        WEB,
        AGENT,
        networkPolicy('all', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }),
      ],
      finds: [],
    },
    {
      why: 'a peer that means other pods too',
      profile: {},
      manifests: [
        WEB,
        AGENT,
        ingressFrom({
          podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['agent', 'web'] }] },
        }),
      ],
      finds: [],
    },
    {
      why: 'the rule own-node-egress says it',
      profile: CALICO,
      manifests: [WEB, AGENT, egressTo(pods('agent'))],
      finds: [],
    },
  ],
};
