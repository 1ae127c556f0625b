import { isCiliumKind } from '../../model/cilium-kind';
import type { PolicyEntry } from '../../model/cluster';
import type { LintContext } from '../context';
import { deletion, inWords } from '../fix';
import { hostsNamedBy, hostsNamedByPeer, meansNamespace, nodesInstead } from '../host-network';
import { eachPolicy, type LintRule, type PolicyObservation } from '../lint-rule';

export const hostNetworkPod: LintRule = {
  id: 'host-network-pod',
  severity: 'warning',
  summary: "a policy names pods on their node's network, where no policy reaches them",
  fix:
    'guard the ports of nodes outside of Kubernetes, as by a network security group, and let the policy select other pods; ' +
    'as a peer, write an ipBlock of the nodes (on cilium a CiliumNetworkPolicy with toEntities or fromEntities)',
  check: eachPolicy(function* (policy, context) {
    if (context.hosts.length > 0) {
      yield* inScope(context, policy);
      yield* asPeers(context, policy);
    }
  }),
};

const GUARD = 'guard these ports of the nodes by a network security group';

function* inScope(context: LintContext, policy: PolicyEntry): Generator<PolicyObservation> {
  const { facts } = context;
  const { subject } = policy.rules;
  const own = context.hosts.filter(({ namespace }) => meansNamespace(context, namespace, subject));
  const hosts = hostsNamedBy(own, subject.pods);
  if (hosts.length > 0) {
    yield {
      field: subject.at,
      message: `it is not enforced on ${context.words.workloads(hosts)} on the node's network`,
      // Of Cilium's own kinds an object may have more than this.
      fix:
        !isCiliumKind(policy) && facts.selected(policy).possible.without(facts.setOf(hosts)).isEmpty
          ? inWords(`${GUARD}, and delete the policy, which does nothing`, deletion(policy))
          : `${GUARD}, and let the policy select the other pods alone`,
    };
  }
}

function* asPeers(context: LintContext, policy: PolicyEntry): Generator<PolicyObservation> {
  for (const { direction, peers = [] } of context.rulesOf(policy)) {
    for (const peer of peers) {
      const hosts = hostsNamedByPeer(context, peer);
      // The rule own-node-egress speaks of agents on every node.
      const isOther =
        direction === 'Ingress' ||
        context.facts.does('own-node-egress-filtered') !== 'yes' ||
        !hosts.some(({ kind, ports }) => kind === 'DaemonSet' && ports.length > 0);
      if (hosts.length > 0 && isOther && context.facts.meant(peer).possible.isEmpty) {
        yield {
          field: peer.at,
          message: `it names ${context.words.workloads(hosts)} on the node's network and so matches nobody`,
          fix: nodesInstead(context, policy, peer, direction),
        };
      }
    }
  }
}
