import { aksDocs } from '../../aks/fact-source';
import { qualifiedName } from '../../model/cluster';
import { count } from '../../model/word-list';
import { isOpened } from '../changed-connection';
import { about, type LintContext } from '../context';
import { CLUSTER, isNpm, needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import { hostsNamedByPeer, nodesInstead } from '../host-network';
import type { LintRule, Observation } from '../lint-rule';

const AGENT = deployment('statsd', {
  kind: 'DaemonSet',
  pod: { hostNetwork: true },
  ports: [{ containerPort: 8125, protocol: 'UDP' }],
});
const example = (peer: object) =>
  AGENT +
  deployment('web') +
  networkPolicy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [peer], ports: [{ protocol: 'UDP', port: 8125 }] }],
  });

export const ownNodeEgress: LintRule = {
  id: 'own-node-egress',
  severity: 'warning',
  summary: 'the way from a pod to its own node is not what the policies say',
  why:
    'Engines differ here. Cilium and Calico judge the way to the own node by policy, and a selector never means a pod ' +
    "on its node's network: agents that run on every node are cut off. Azure NPM never blocks it.",
  fix:
    'open the way to the node: on calico an ipBlock of the node subnet, on cilium a CiliumNetworkPolicy with ' +
    'toEntities: [host]',
  sources: [
    { from: 'Calico Felix v3.34-dev and v3.30.3, run', read: '2026-11-22' },
    { from: 'Azure NPM v2 of 2026-08-20, run', read: '2026-11-22' },
    aksDocs('azure-cni-powered-by-cilium.md'),
  ],
  misses:
    'An agent that no rule names, because a pod may well do without it. LocalDNS, which the rules about name ' +
    'resolution look at.',
  bad: {
    manifests: example({ podSelector: { matchLabels: { app: 'statsd' } } }),
    profile: { engine: 'calico' },
  },
  good: { manifests: example({ ipBlock: { cidr: '10.224.0.0/16' } }), profile: { engine: 'calico' } },
  needs: needsEngine,
  *check(context) {
    if (isNpm(context)) {
      yield* onNpm(context);
    } else if (context.facts.does('own-node-egress-filtered') === 'yes') {
      yield* onOthers(context);
    }
  },
};

/** One word for the cluster: no policy can change it. */
function* onNpm(context: LintContext): Generator<Observation> {
  const isolated = context.reachesIn('Egress').filter((each) => each.isolated === 'yes');
  const workloads = isolated.reduce((sum, each) => sum + each.workloads.length, 0);
  if (workloads > 0) {
    yield {
      object: CLUSTER,
      severity: 'info',
      message:
        `${count(workloads, 'workload')} with isolated egress still ${workloads === 1 ? 'reaches' : 'reach'} every port ` +
        'of the own node, the kubelet and host ports among them',
      fix: 'do not rely on a deny-all to protect the node; cilium judges this way by policy',
    };
  }
}

function* onOthers(context: LintContext): Generator<Observation> {
  for (const policy of context.hosts.length === 0 ? [] : context.cluster.policies) {
    const [self] = context.facts.selected(policy).sure.first(1);
    for (const { direction, peers = [], ports } of self === undefined ? [] : context.rulesOf(policy)) {
      for (const peer of direction === 'Egress' ? peers : []) {
        const agents = hostsNamedByPeer(context, peer).filter((each) => each.kind === 'DaemonSet');
        for (const agent of agents) {
          const port = agent.ports.find((each) => ports?.some((entry) => isOpened(entry, each)) ?? true);
          const [from, to] = [qualifiedName(self as NonNullable<typeof self>), qualifiedName(agent)];
          const asked = port && `${port.port}/${port.protocol}`;
          if (asked && context.reachability.outcome({ from, to, port: asked }) === 'denied') {
            yield {
              ...about(policy),
              field: peer.at,
              message: `it names ${to}, which lives on its node's network: no selector means it, and the own node is judged by policy too`,
              witness: `${from} → ${to} ${asked} is denied`,
              fix: nodesInstead(context, policy, peer, 'Egress'),
            };
          }
        }
      }
    }
  }
}
