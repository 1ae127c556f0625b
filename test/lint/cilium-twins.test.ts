import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import type { FindingCode } from '../../lib/model/finding';
import { describeFinding } from './engine-cases/case';
import { cilium, findingsOf, pod, service, workload } from './judge';

/** What rules that judge rules say of a policy of Cilium's own, and what to write there. */
interface Twin {
  readonly rule: FindingCode;
  readonly why: string;
  readonly manifests: readonly object[];
  readonly profile?: AksClusterProfile;
  /** `severity object field: message (witness)`, and the fix. */
  readonly told?: readonly (readonly [finding: string, fix: string])[];
}

const CILIUM = { engine: 'cilium' } as const;
const web = workload('shop/web', {}, [{ name: 'http', containerPort: 8080 }]);
const db = workload('shop/db');
const app = (name: string) => ({ matchLabels: { app: name } });
const ofWeb = (spec: object) => cilium('shop/web', { endpointSelector: app('web'), ...spec });
const tcp = (port: string) => [{ ports: [{ port, protocol: 'TCP' }] }];

const TWINS: readonly Twin[] = [
  {
    rule: 'reachable-from-internet',
    why: 'the entity world',
    manifests: [web, ofWeb({ ingress: [{ fromEntities: ['world'] }] })],
    told: [
      [
        'warning CiliumNetworkPolicy shop/web spec.ingress[0]: ingress rule 0 lets every address of the internet reach shop/web on every port, and no load balancer or ingress stands in front of it there (internet → shop/web on every port is allowed by shop/web)',
        'write the addresses that are meant: fromCIDR: [203.0.113.0/24]',
      ],
    ],
  },
  {
    rule: 'reachable-from-internet',
    why: 'the entity world, and a denial of it',
    manifests: [
      web,
      ofWeb({ ingress: [{ fromEntities: ['world'] }], ingressDeny: [{ fromEntities: ['world'] }] }),
    ],
  },
  {
    rule: 'reachable-from-everywhere',
    why: 'everybody on a port, and all entities',
    manifests: [web, ofWeb({ ingress: [{ toPorts: tcp('8080') }, { fromEntities: ['all'] }] })],
    told: [
      [
        'warning CiliumNetworkPolicy shop/web spec.ingress[0]: ingress rule 0 lets everybody, every pod and every address, reach shop/web on 8080/TCP, and no load balancer or ingress stands in front of it there (anybody → shop/web on 8080/TCP is allowed by shop/web)',
        'name the peers: fromEndpoints: [{ matchLabels: { app: web } }]',
      ],
      [
        'warning CiliumNetworkPolicy shop/web spec.ingress[1]: ingress rule 1 lets everybody, every pod and every address, reach shop/web on every port, and no load balancer or ingress stands in front of it there (anybody → shop/web on every port is allowed by shop/web)',
        'name the peers: fromEndpoints: [{ matchLabels: { app: web } }]',
      ],
    ],
  },
  {
    rule: 'reachable-from-everywhere',
    why: 'the entity cluster',
    manifests: [web, ofWeb({ ingress: [{ fromEntities: ['cluster'] }] })],
    told: [
      [
        'info CiliumNetworkPolicy shop/web spec.ingress[0]: ingress rule 0 lets any pod of the cluster reach shop/web on every port, and no load balancer or ingress stands in front of it there (any → shop/web on every port is allowed by shop/web)',
        'name the peers: fromEndpoints: [{ matchLabels: { app: web } }]',
      ],
    ],
  },
  {
    rule: 'reachable-from-everywhere',
    why: 'nobody: a rule without fields',
    manifests: [web, ofWeb({ ingress: [{}] })],
  },
  {
    rule: 'reachable-from-internet',
    why: 'the entity world where a load balancer stands in front',
    manifests: [
      web,
      service('shop/web', {
        type: 'LoadBalancer',
        selector: { app: 'web' },
        ports: [{ port: 80, targetPort: 8080 }],
      }),
      ofWeb({ ingress: [{ fromEntities: ['world'], toPorts: tcp('8080') }] }),
    ],
  },
  {
    rule: 'peer-matches-nothing',
    why: 'name servers without a namespace',
    manifests: [
      web,
      ofWeb({ egress: [{ toEndpoints: [{ matchLabels: { 'k8s-app': 'kube-dns' } }], toPorts: tcp('53') }] }),
    ],
    told: [
      [
        'warning CiliumNetworkPolicy shop/web spec.egress[0].toEndpoints[0]: no workload of namespace shop has these labels; kube-system/coredns (AKS) has them, and an entry without a namespace means that of the policy alone',
        'write toEndpoints[0]: { matchLabels: { "k8s:io.kubernetes.pod.namespace": kube-system, k8s-app: kube-dns } }',
      ],
    ],
  },
  {
    rule: 'peer-matches-nothing',
    why: 'pods of several namespaces without a namespace',
    manifests: [
      web,
      workload('a/probe'),
      workload('b/probe'),
      ofWeb({ ingress: [{ fromEndpoints: [app('probe')] }] }),
    ],
    told: [
      [
        'warning CiliumNetworkPolicy shop/web spec.ingress[0].fromEndpoints[0]: no workload of namespace shop has these labels; a/probe and b/probe have them, and an entry without a namespace means that of the policy alone',
        'name the namespace that is meant beside the labels',
      ],
    ],
  },
  {
    rule: 'peer-matches-nothing',
    why: 'the pods of a service, which are not the matter of the policy',
    manifests: [
      web,
      service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }] }),
      ofWeb({ egress: [{ toServices: [{ k8sService: { serviceName: 'db', namespace: 'shop' } }] }] }),
    ],
  },
  {
    rule: 'sctp-not-carried',
    why: 'a port without a protocol',
    manifests: [web, ofWeb({ ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '8080' }] }] }] })],
  },
  {
    rule: 'sctp-not-carried',
    why: 'SCTP by name',
    manifests: [
      web,
      ofWeb({
        ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '3868', protocol: 'SCTP' }] }] }],
      }),
    ],
    told: [
      [
        'warning CiliumNetworkPolicy shop/web spec.ingress[0].toPorts[0].ports[0]: it opens SCTP, which Cilium on AKS drops with or without a policy',
        'let the application speak TCP, or run it on a cluster with another engine',
      ],
    ],
  },
  {
    rule: 'undeclared-port-name',
    why: 'a name that one protocol has',
    manifests: [web, ofWeb({ ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: 'http' }] }] }] })],
  },
  {
    rule: 'cilium-egress-port-name',
    why: 'a name with two numbers in the cluster',
    manifests: [
      web,
      workload('ops/web', {}, [{ name: 'http', containerPort: 81 }]),
      ofWeb({ egress: [{ toEndpoints: [app('web')], toPorts: tcp('http') }] }),
    ],
    told: [
      [
        'error CiliumNetworkPolicy shop/web spec.egress[0].toPorts[0].ports[0].port: http is 81 and 8080 in this cluster, so Cilium opens nothing here',
        'write the number of the port, in a rule for each destination',
      ],
    ],
  },
  {
    rule: 'cilium-ip-block-misses-pods',
    why: 'the address of a pod, and the subnet of the nodes',
    profile: { ...CILIUM, nodeCidrs: ['10.224.0.0/16'] },
    manifests: [
      web,
      pod('shop/job', '10.9.0.7'),
      ofWeb({ egress: [{ toCIDR: ['10.9.0.7/32'] }, { toCIDRSet: [{ cidr: '10.224.0.0/16' }] }] }),
    ],
    told: [
      [
        'error CiliumNetworkPolicy shop/web spec.egress[0].toCIDR[0]: 10.9.0.7/32 lies where the pods and nodes of the cluster are, and matches none of them on Cilium',
        'select the pods by labels: toEndpoints or fromEndpoints; nodes are the entities host and remote-node',
      ],
      [
        'error CiliumNetworkPolicy shop/web spec.egress[1].toCIDRSet[0].cidr: 10.224.0.0/16 lies where the pods and nodes of the cluster are, and matches none of them on Cilium',
        'select the pods by labels: toEndpoints or fromEndpoints; nodes are the entities host and remote-node',
      ],
    ],
  },
  {
    rule: 'cilium-ip-block-misses-pods',
    why: 'every address, which is how Cilium writes the outside',
    profile: { ...CILIUM, podCidrs: ['10.244.0.0/16'] },
    manifests: [web, ofWeb({ egress: [{ toCIDR: ['0.0.0.0/0', '10.0.0.0/8'] }] })],
  },
  {
    rule: 'service-address-in-ip-block',
    why: 'the address of a service',
    profile: { ...CILIUM, serviceCidrs: ['10.0.0.0/16'] },
    manifests: [
      web,
      db,
      service('shop/db', { clusterIP: '10.0.170.3', selector: { app: 'db' }, ports: [{ port: 80 }] }),
      ofWeb({ egress: [{ toCIDR: ['10.0.170.3/32', '10.0.0.1/32'] }] }),
    ],
    told: [
      [
        'error CiliumNetworkPolicy shop/web spec.egress[0].toCIDR[0]: 10.0.170.3/32 is the address of service shop/db: a pod’s address takes its place before policies look, so the block matches nothing',
        'in place of it, write toEndpoints: [{ matchLabels: { app: db } }]',
      ],
      [
        'error CiliumNetworkPolicy shop/web spec.egress[0].toCIDR[1]: 10.0.0.1/32 is the address of service default/kubernetes: that of the API server takes its place before policies look, so the block matches nothing',
        'in place of it, write toEntities: [kube-apiserver]',
      ],
    ],
  },
  {
    rule: 'cilium-label-not-in-identity',
    why: 'a label of a pod that Cilium does not see',
    manifests: [
      web,
      ofWeb({ ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:controller-uid': 'a' } }] }] }),
    ],
    told: [
      [
        'error CiliumNetworkPolicy shop/web spec.ingress[0].fromEndpoints[0]: Cilium does not look at the label controller-uid, so every pod fails this condition',
        'select by a label of your own, such as app',
      ],
    ],
  },
  {
    rule: 'host-network-pod',
    why: 'a pod on the network of its node',
    manifests: [
      web,
      workload('shop/agent', {}, [], { hostNetwork: true }),
      ofWeb({ ingress: [{ fromEndpoints: [app('agent')] }] }),
      cilium('shop/agent', { endpointSelector: app('agent'), ingress: [{}] }),
    ],
    told: [
      [
        "warning CiliumNetworkPolicy shop/agent spec.endpointSelector: it is not enforced on shop/agent on the node's network",
        'guard these ports of the nodes by a network security group, and let the policy select the other pods alone',
      ],
      [
        "warning CiliumNetworkPolicy shop/web spec.ingress[0].fromEndpoints[0]: it names shop/agent on the node's network and so matches nobody",
        'write a rule with fromEntities: [host, remote-node], and take this entry out',
      ],
    ],
  },
  {
    rule: 'duplicate-name',
    why: 'two policies of one name',
    manifests: [ofWeb({ ingress: [{}] }), ofWeb({ egress: [{}] })],
    told: [
      [
        'error CiliumNetworkPolicy shop/web metadata.name: a policy of this name has other contents, and nobody knows which of them the cluster has',
        'give each policy a name of its own, or bring the two together in one',
      ],
    ],
  },
  {
    rule: 'system-namespace-policy',
    why: 'a policy in two parts',
    manifests: [
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'kube-system' },
        specs: [
          { endpointSelector: {}, ingress: [{}] },
          { endpointSelector: {}, egress: [{}] },
        ],
      },
    ],
    told: [
      [
        'warning CiliumNetworkPolicy kube-system/p: namespace kube-system holds CoreDNS, metrics-server, the tunnel to the API server and most add-ons; AKS Automatic with managed system node pools refuses it',
        'leave these namespaces to AKS, and write the policy on the side of your own pods',
      ],
    ],
  },
  {
    rule: 'managed-namespace-policy',
    why: 'a rule for everybody, one for nobody and a denial',
    profile: { ...CILIUM, managedNamespaces: [{ name: 'shop', ingress: 'DenyAll', egress: 'DenyAll' }] },
    manifests: [
      web,
      ofWeb({ ingress: [{ fromEntities: ['all'] }], egress: [{}], egressDeny: [{ toEntities: ['world'] }] }),
    ],
    told: [
      [
        'info CiliumNetworkPolicy shop/web spec.ingress[0]: it widens the ingress default DenyAll of the managed namespace shop',
        'make sure that this is wanted; who may write policies in the namespace can open it',
      ],
    ],
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'a rule that allows nobody: names would be of no use',
    manifests: [web, ofWeb({ egress: [{}] })],
  },
  {
    rule: 'egress-cannot-resolve-names',
    why: 'LocalDNS that a rule for the node opens',
    profile: { ...CILIUM, kubernetesVersion: '1.34', localDns: true },
    manifests: [
      web,
      db,
      ofWeb({
        egress: [
          { toEndpoints: [app('db')] },
          { toEntities: ['host'], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }] }] },
        ],
      }),
    ],
  },
  {
    rule: 'engine-changes-connections',
    why: 'kinds of which no specification tells',
    manifests: [web, ofWeb({ ingress: [{ fromEndpoints: [{ matchLabels: { 'controller-uid': 'a' } }] }] })],
  },
];

test.each(TWINS)('$rule: $why', ({ rule, manifests, profile = CILIUM, told = [] }) => {
  const found = findingsOf(rule, { manifests, profile });
  expect(found.map((finding) => [describeFinding(finding), finding.fix])).toEqual(told);
});
