import { deployment, networkPolicy } from '../example-manifests';
import {
  AGENT,
  block,
  CALICO,
  CILIUM,
  DB,
  DENY,
  type EngineCases,
  egressTo,
  ingressFrom,
  NPM,
  namespace,
  namespaces,
  node,
  onWeb,
  pods,
  service,
  WEB,
} from './case';

const ZONED = deployment('zoned', { labels: { 'topology.kubernetes.io/zone': '1' } });

export const CONNECTION_CASES: EngineCases = {
  'own-node-egress': [
    {
      why: 'an agent that a rule names, on cilium',
      profile: CILIUM,
      manifests: [WEB, AGENT, egressTo(pods('agent'))],
      finds: [
        "warning NetworkPolicy shop/web spec.egress[0].to[0]: it names shop/agent, which lives on its node's network: no selector means it, and the own node is judged by policy too (shop/web → shop/agent 8125/UDP is denied)",
      ],
    },
    {
      why: 'an agent that a rule names, on calico',
      profile: CALICO,
      manifests: [WEB, AGENT, egressTo(pods('agent'))],
      finds: [
        "warning NetworkPolicy shop/web spec.egress[0].to[0]: it names shop/agent, which lives on its node's network: no selector means it, and the own node is judged by policy too (shop/web → shop/agent 8125/UDP is denied)",
      ],
    },
    {
      why: 'another rule opens the way to the nodes',
      profile: CALICO,
      manifests: [WEB, AGENT, egressTo(pods('agent'), block('0.0.0.0/0'))],
      finds: [],
    },
    {
      why: 'a rule for other ports',
      profile: CALICO,
      manifests: [WEB, AGENT, onWeb({ egress: [{ to: [pods('agent')], ports: [{ port: 443 }] }] })],
      finds: [],
    },
    {
      why: 'an agent that no rule names',
      profile: CALICO,
      manifests: [WEB, AGENT, egressTo(pods('db'))],
      finds: [],
    },
    {
      why: 'azure lets everything through to the own node',
      profile: NPM,
      manifests: [WEB, DENY],
      finds: [
        'info Cluster profile: 1 workload with isolated egress still reaches every port of the own node, the kubelet and host ports among them',
      ],
    },
    { why: 'no egress is isolated', profile: NPM, manifests: [WEB, ingressFrom(pods('db'))], finds: [] },
    {
      why: 'nobody knows of Calico of your own',
      profile: { engine: 'byo-calico' },
      manifests: [WEB, AGENT, egressTo(pods('agent'))],
      finds: [],
    },
  ],
  'load-balancer-hides-source': [
    {
      why: 'clients are admitted and nodes are not',
      profile: CALICO,
      manifests: [WEB, service('type: LoadBalancer'), ingressFrom(block('203.0.113.0/24'))],
      finds: [
        'warning Service shop/web spec.externalTrafficPolicy: policies admit 203.0.113.0/24 on 8080/TCP; who enters on another node comes with its address and is dropped (shop/web) (another node → shop/web 8080/TCP is denied)',
      ],
    },
    {
      why: 'every address includes the nodes on calico',
      profile: CALICO,
      manifests: [WEB, service('type: LoadBalancer'), ingressFrom(block('0.0.0.0/0'))],
      finds: [],
    },
    {
      why: 'every address leaves the nodes out on cilium',
      profile: CILIUM,
      manifests: [WEB, service('type: NodePort'), ingressFrom(block('0.0.0.0/0'))],
      finds: [
        'info Service shop/web spec.externalTrafficPolicy: policies admit 0.0.0.0/0 on 8080/TCP and no node; whether Cilium sees the client when it enters on another node was not found (shop/web) (internet → shop/web 8080/TCP by way of another node is unknown)',
      ],
    },
    {
      why: 'a rule for everybody includes the nodes on cilium',
      profile: CILIUM,
      manifests: [WEB, service('type: NodePort'), onWeb({ ingress: [{ ports: [{ port: 8080 }] }] })],
      finds: [],
    },
    {
      why: 'the service port is not the port of the pods',
      profile: CILIUM,
      manifests: [WEB, service('type: LoadBalancer'), onWeb({ ingress: [{ ports: [{ port: 80 }] }] })],
      finds: [
        'warning Service shop/web spec.externalTrafficPolicy: no policy lets anybody outside in on 8080/TCP, so all that comes through the load balancer is dropped (shop/web) (internet → shop/web 8080/TCP is denied)',
      ],
    },
    {
      why: 'nobody outside is admitted behind a NodePort',
      profile: CILIUM,
      manifests: [WEB, service('type: NodePort'), ingressFrom(pods('db'))],
      finds: [],
    },
    {
      why: 'on azure a deny is passed by on the own node',
      profile: NPM,
      manifests: [WEB, service('type: LoadBalancer'), DENY],
      finds: [
        'warning Service shop/web spec.externalTrafficPolicy: clients that enter on the node of a pod reach 8080/TCP whatever the policies say; those that enter on another node are judged by its address (shop/web) (internet → shop/web 8080/TCP is allowed through the node of the pod)',
      ],
    },
    {
      why: 'on azure, open to every address anyway',
      profile: NPM,
      manifests: [WEB, service('type: LoadBalancer'), ingressFrom(block('0.0.0.0/0'))],
      finds: [],
    },
    {
      why: 'externalTrafficPolicy Local keeps the source',
      profile: NPM,
      manifests: [WEB, service('type: LoadBalancer, externalTrafficPolicy: Local'), DENY],
      finds: [],
    },
    {
      why: 'a service inside the cluster',
      profile: CALICO,
      manifests: [WEB, service('type: ClusterIP'), DENY],
      finds: [],
    },
    {
      why: 'pods that nothing isolates',
      profile: CALICO,
      manifests: [WEB, service('type: LoadBalancer')],
      finds: [],
    },
  ],
  'calico-leading-zeros': [
    {
      why: 'an address',
      profile: CALICO,
      manifests: [WEB, ingressFrom(block('010.10.0.254/32'))],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.cidr: 010.10.0.254/32: Calico drops an IP block with leading zeros and keeps its rule, which then allows everybody',
      ],
    },
    {
      why: 'an exception, on Calico of your own',
      profile: { engine: 'byo-calico' },
      manifests: [WEB, ingressFrom(block('10.0.0.0/8', '10.010.0.0/16'))],
      finds: [
        'error NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.except[0]: 10.010.0.0/16: Calico ignores an exception with leading zeros and every exception after it',
      ],
    },
    {
      why: 'the prefix length is another matter',
      profile: CALICO,
      manifests: [WEB, ingressFrom(block('10.10.0.0/016'))],
      finds: [],
    },
    {
      why: 'servers from 1.36 refuse it',
      profile: { ...CALICO, kubernetesVersion: '1.36.1' },
      manifests: [WEB, ingressFrom(block('010.10.0.254/32'))],
      finds: [],
    },
    {
      why: 'another engine',
      profile: CILIUM,
      manifests: [WEB, ingressFrom(block('010.10.0.254/32'))],
      finds: [],
    },
  ],
  'engine-changes-connections': [
    {
      why: 'a block that the engine reads as it is written',
      profile: CALICO,
      manifests: [WEB, ingressFrom(block('10.0.0.0/8'))],
      finds: [],
    },
    {
      why: 'a block that no other rule speaks of',
      profile: CILIUM,
      manifests: [
        WEB,
        node('n1', '203.0.113.9'),
        egressTo(block('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10')),
      ],
      finds: [
        'info NetworkPolicy shop/web spec.egress[0].to[0]: on Cilium an IP block never matches a node (policy-cidr-match-mode is not set); on Cilium an IP block never matches a pod (shop/web → node:n1 is denied, where the specification says allowed)',
      ],
    },
    {
      why: 'a zone label from 1.36 on',
      profile: { ...CILIUM, kubernetesVersion: '1.36.0' },
      manifests: [
        ZONED,
        networkPolicy('zone', { podSelector: { matchLabels: { 'topology.kubernetes.io/zone': '1' } } }),
      ],
      finds: [
        'info NetworkPolicy shop/zone spec.podSelector: Cilium leaves topology labels out of pod identities from 1.19 on; AKS may run 1.18 or 1.19 here (internet → shop/zoned is unknown, where the specification says denied)',
      ],
    },
    {
      why: 'what a rule of its own says',
      profile: NPM,
      manifests: [WEB, namespace('shop'), ingressFrom(namespaces('team', 'DoesNotExist'))],
      finds: [],
    },
    {
      why: 'a label that the engine uses itself',
      profile: NPM,
      manifests: [WEB, DB, namespace('shop'), ingressFrom(namespaces('all-namespaces', 'Exists'))],
      finds: [
        'info NetworkPolicy shop/web spec.ingress[0].from[0]: Azure NPM itself uses the label key "all-namespaces": for selectors it exists on every namespace (shop/db → shop/web 8080/TCP is allowed, where the specification says denied)',
      ],
    },
    {
      why: 'a departure that changes no connection',
      profile: CILIUM,
      manifests: [WEB, DB, egressTo(block('0.0.0.0/0'), { namespaceSelector: {} })],
      finds: [],
    },
  ],
};
