import { qualifiedName } from '../../model/cluster';
import { count } from '../../model/word-list';
import { about, CLUSTER, type LintContext } from '../context';
import { isOpened } from '../engine-differences';
import { hostsNamedByPeer, nodesInstead } from '../host-network';
import type { LintRule, Observation } from '../lint-rule';
import { ENFORCING, isNpm } from '../rule-engines';

export const ownNodeEgress: LintRule = {
  id: 'own-node-egress',
  severity: 'warning',
  summary: 'the way from a pod to its own node is not what the policies say',
  engines: ENFORCING,
  fix:
    'open the way to the node: on calico an ipBlock of the node subnet, on cilium a CiliumNetworkPolicy with ' +
    'toEntities: [host]',
  *check(context) {
    if (isNpm(context)) {
      yield* onNpm(context);
    } else if (context.facts.does('own-node-egress-filtered') === 'yes') {
      yield* onOthers(context);
    }
  },
};

/** One finding for the whole cluster, because no policy can change it. */
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
  for (const policy of context.hosts.length === 0 ? [] : context.policies) {
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
