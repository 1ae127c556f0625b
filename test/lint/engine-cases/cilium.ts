import { networkPolicy } from '../example-manifests';
import {
  block,
  CALICO,
  CILIUM,
  DB,
  deploymentIn,
  type EngineCases,
  egressTo,
  ingressFrom,
  NPM,
  namespaces,
  node,
  onWeb,
  pods,
  RANGES,
  WEB,
} from './case';

const LIVE =
  '---\n{ apiVersion: v1, kind: Pod, metadata: { name: job, namespace: shop }, spec: { containers: [{ name: job, ports: [{ containerPort: 80 }] }] }, status: { podIP: 10.9.0.7 } }\n';

const ciliumPolicy = (ingress: string) =>
  `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: web, namespace: shop }\nspec:\n  endpointSelector: {}\n  ingress: ${ingress}\n`;

export const CILIUM_CASES: EngineCases = {
  'refused-by-cilium': [
    {
      why: 'an empty list that is meant as a denial',
      profile: CILIUM,
      manifests: [WEB, ciliumPolicy('[]')],
      finds: [
        'error CiliumNetworkPolicy shop/web spec.ingress: Cilium refuses the whole policy: rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny; the pods that it alone isolates are open, and on an update to this form the old rules stay until the agent restarts',
      ],
    },
    {
      why: 'Cilium of your own',
      profile: { engine: 'byo-cilium' },
      manifests: [WEB, ciliumPolicy("[{ toPorts: [{ ports: [{ port: '70000' }] }] }]")],
      finds: [
        'error CiliumNetworkPolicy shop/web spec.ingress[0].toPorts[0].ports[0].port: Cilium refuses the whole policy: unable to parse port: strconv.ParseUint: parsing "70000": value out of range; the pods that it alone isolates are open, and on an update to this form the old rules stay until the agent restarts',
      ],
    },
    { why: 'a rule for nobody', profile: CILIUM, manifests: [WEB, ciliumPolicy('[{}]')], finds: [] },
    {
      why: 'what a setting of Cilium of your own decides',
      profile: { engine: 'byo-cilium' },
      manifests: [WEB, ciliumPolicy('[{ fromNodes: [{}] }]')],
      finds: [],
    },
    { why: 'another engine', profile: CALICO, manifests: [WEB, ciliumPolicy('[]')], finds: [] },
  ],
  'cilium-ip-block-misses-pods': [
    {
      why: 'a block in the range of the pods',
      profile: { ...CILIUM, ...RANGES },
      manifests: [WEB, DB, egressTo(block('10.244.0.0/16'))],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: 10.244.0.0/16 lies where the pods and nodes of the cluster are, and matches none of them on Cilium (shop/web → shop/db 5432/TCP is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'a block in the range of the nodes, of which none is known',
      profile: { ...CILIUM, ...RANGES },
      manifests: [WEB, DB, egressTo(block('10.224.0.0/16'))],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: 10.224.0.0/16 lies where the pods and nodes of the cluster are, and matches none of them on Cilium',
      ],
    },
    {
      why: 'a private endpoint in the subnet of the nodes',
      profile: { ...CILIUM, ...RANGES },
      manifests: [WEB, egressTo(block('10.224.0.50/32'))],
      finds: [],
    },
    {
      why: 'the address of a pod that is known',
      profile: CILIUM,
      manifests: [WEB, LIVE, egressTo(block('10.9.0.7/32'))],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: 10.9.0.7/32 lies where the pods and nodes of the cluster are, and matches none of them on Cilium (shop/web → shop/job 80/TCP is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'a node that is known',
      profile: CILIUM,
      manifests: [WEB, node('n1', '10.224.0.4'), egressTo(block('10.224.0.0/24'))],
      finds: [
        'warning NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: 10.224.0.0/24 includes pods or nodes by the specification, and none of them on Cilium (shop/web → node:n1 is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'every address, where a pod that listens is cut off',
      profile: CILIUM,
      manifests: [WEB, DB, egressTo(block('0.0.0.0/0'))],
      finds: [
        'warning NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: 0.0.0.0/0 includes pods or nodes by the specification, and none of them on Cilium (shop/web → shop/db 5432/TCP is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'every address beside a selector for the pods',
      profile: CILIUM,
      manifests: [WEB, DB, egressTo(block('0.0.0.0/0'), { namespaceSelector: {} })],
      finds: [],
    },
    {
      why: 'the internet without private ranges',
      profile: CILIUM,
      manifests: [
        WEB,
        DB,
        egressTo(block('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10')),
      ],
      finds: [],
    },
    {
      why: 'a port on which no pod listens',
      profile: CILIUM,
      manifests: [
        WEB,
        DB,
        onWeb({ policyTypes: ['Egress'], egress: [{ to: [block('0.0.0.0/0')], ports: [{ port: 443 }] }] }),
      ],
      finds: [],
    },
    {
      why: 'a partner outside',
      profile: { ...CILIUM, ...RANGES },
      manifests: [WEB, ingressFrom(block('203.0.113.0/24'))],
      finds: [],
    },
    {
      why: 'nodes of Cilium of your own, which a setting decides',
      profile: { engine: 'byo-cilium', ...RANGES },
      manifests: [WEB, egressTo(block('10.224.0.0/16'))],
      finds: [],
    },
    {
      why: 'another engine',
      profile: { ...CALICO, ...RANGES },
      manifests: [WEB, DB, egressTo(block('10.244.0.0/16'))],
      finds: [],
    },
  ],
  'cilium-end-port': [
    {
      why: 'before 1.32',
      profile: { ...CILIUM, kubernetesVersion: '1.31.4' },
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] })],
      finds: [
        'warning NetworkPolicy shop/web spec.ingress[0].ports[0].endPort: 8001-8100/TCP may stay shut: according to the AKS documentation Cilium before 1.17 ignores endPort, according to the code of 1.16 it does not: nobody has tried it',
      ],
    },
    {
      why: 'a range of one port',
      profile: { ...CILIUM, kubernetesVersion: '1.31' },
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 8000, endPort: 8000 }] }] })],
      finds: [],
    },
    {
      why: 'from 1.32',
      profile: { ...CILIUM, kubernetesVersion: '1.32.0' },
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] })],
      finds: [],
    },
  ],
  'cilium-egress-port-name': [
    {
      why: 'one number opens it outside',
      profile: CILIUM,
      manifests: [WEB, DB, onWeb({ egress: [{ ports: [{ port: 'sql' }] }] })],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].ports[0].port: sql is 5432 in the whole cluster, and Cilium opens 5432 towards everybody this rule means (shop/web → internet 5432/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'one number opens it on pods without the name',
      profile: CILIUM,
      manifests: [
        WEB,
        DB,
        deploymentIn('shop', 'cache', 'tcp', 5433),
        onWeb({ egress: [{ to: [{ podSelector: {} }], ports: [{ port: 'sql' }] }] }),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].ports[0].port: sql is 5432 in the whole cluster, and Cilium opens 5432 towards everybody this rule means (shop/web → shop/cache 5432/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'one number that all peers declare may change elsewhere',
      profile: CILIUM,
      manifests: [WEB, DB, onWeb({ egress: [{ to: [pods('db')], ports: [{ port: 'sql' }] }] })],
      finds: [
        'warning NetworkPolicy shop/web spec.egress[0].ports[0].port: sql is 5432 in the whole cluster today; with Cilium, a workload of any namespace that gives it another number shuts it here',
      ],
    },
    {
      why: 'two numbers shut it',
      profile: CILIUM,
      manifests: [
        WEB,
        DB,
        deploymentIn('pay', 'db', 'sql', 5433),
        onWeb({ egress: [{ to: [pods('db')], ports: [{ port: 'sql' }] }] }),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.egress[0].ports[0].port: sql is 5432 and 5433 in this cluster, so Cilium opens nothing here (shop/web → shop/db 5432/TCP is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'Cilium of your own may be 1.20',
      profile: { engine: 'byo-cilium' },
      manifests: [
        WEB,
        DB,
        deploymentIn('pay', 'db', 'sql', 5433),
        onWeb({ egress: [{ to: [pods('db')], ports: [{ port: 'sql' }] }] }),
      ],
      finds: [
        'warning NetworkPolicy shop/web spec.egress[0].ports[0].port: sql is 5432 and 5433 in this cluster, so Cilium before 1.20 opens nothing here (shop/web → shop/db 5432/TCP is unknown, where the specification says allowed)',
      ],
    },
    {
      why: 'a name that no known pod declares',
      profile: CILIUM,
      manifests: [WEB, onWeb({ egress: [{ ports: [{ port: 'dns' }] }] })],
      finds: [],
    },
    {
      why: 'an ingress name',
      profile: CILIUM,
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ port: 'http' }] }] })],
      finds: [],
    },
  ],
  'cilium-label-not-in-identity': [
    {
      why: 'a policy that selects by such a label',
      profile: CILIUM,
      manifests: [WEB, networkPolicy('web', { podSelector: { matchLabels: { 'pod-template-hash': '1' } } })],
      finds: [
        'error NetworkPolicy shop/web spec.podSelector: Cilium does not look at the label pod-template-hash, so every pod fails this condition: the policy isolates nothing',
      ],
    },
    {
      why: 'a peer that rules such a label out',
      profile: CILIUM,
      manifests: [
        WEB,
        ingressFrom({
          podSelector: { matchExpressions: [{ key: 'k8s.io/tier', operator: 'NotIn', values: ['db'] }] },
        }),
      ],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].podSelector: Cilium does not look at the label k8s.io/tier, so every pod meets this condition',
      ],
    },
    {
      why: 'Cilium of your own may look at it',
      profile: { engine: 'byo-cilium' },
      manifests: [
        WEB,
        ingressFrom({ podSelector: { matchExpressions: [{ key: 'k8s.io/tier', operator: 'Exists' }] } }),
      ],
      finds: [
        'warning NetworkPolicy shop/web spec.ingress[0].from[0].podSelector: Cilium does not look at the label k8s.io/tier, so every pod fails this condition, unless your configuration includes it',
      ],
    },
    {
      why: 'the name of a namespace, and the usual labels',
      profile: CILIUM,
      manifests: [
        WEB,
        ingressFrom({
          ...namespaces('kubernetes.io/metadata.name', 'In', 'shop'),
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db' } },
        }),
      ],
      finds: [],
    },
    {
      why: 'another engine',
      profile: NPM,
      manifests: [WEB, networkPolicy('web', { podSelector: { matchLabels: { 'pod-template-hash': '1' } } })],
      finds: [],
    },
  ],
  'sctp-not-carried': [
    {
      why: 'one finding for a policy',
      profile: CILIUM,
      manifests: [
        WEB,
        onWeb({ ingress: [{ ports: [{ protocol: 'SCTP' }, { protocol: 'SCTP', port: 3868 }] }] }),
      ],
      finds: [
        'warning NetworkPolicy shop/web spec.ingress[0].ports[0]: it opens SCTP, which Cilium on AKS drops with or without a policy',
      ],
    },
    {
      why: 'Cilium of your own may carry it',
      profile: { engine: 'byo-cilium' },
      manifests: [WEB, onWeb({ ingress: [{ ports: [{ protocol: 'SCTP' }] }] })],
      finds: [],
    },
  ],
};
