import type { Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { LabelSelector } from '../model/label-selector';
import type { Labels } from '../model/labels';
import type { AddressPeer, DirectedRule, TrafficPeer, TrafficPort } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { meets, meetsInNamespace, requirementsOf } from '../model/selector-match';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { isCilium } from './engine-words';

/** Pods of the platform, which manifests seldom hold: where they run, and what is known of their labels. */
export interface Strangers {
  readonly namespace: string;
  readonly labels?: Labels;
}

/**
 * The ports that some workloads may exchange with pods of the platform. Where manifests hold such pods the
 * evaluator tells; otherwise the peers of the rules do. What is not known, as their other labels, counts as open.
 */
export function openWith(strangers: Strangers, reach: Reach, context: LintContext): PortSet {
  if (reach.isolated !== 'yes' || !reach.isCertain) {
    return PortSet.ALL;
  }
  const known = context.survey.matching({
    namespaces: strangers.namespace,
    pods: { matchLabels: strangers.labels ?? {} },
  }).possible;
  if (!known.isEmpty) {
    return reach.openWith(known);
  }
  const [workload] = reach.direction === 'Ingress' ? reach.workloads : [];
  return reach.policies
    .flatMap((policy) =>
      context.allowing(policy, reach.direction).filter((rule) => mayMean(rule, strangers, context)),
    )
    .reduce((all, rule) => all.or(portsOf(rule, workload)), PortSet.NONE);
}

/** Whether a rule may mean such pods. */
function mayMean({ peers }: DirectedRule, strangers: Strangers, context: LintContext): boolean {
  return peers === undefined || peers.some((peer) => peerMayMean(peer, strangers, context));
}

function peerMayMean(peer: TrafficPeer, strangers: Strangers, context: LintContext): boolean {
  if (peer.kind === 'entity') {
    return peer.entity === 'cluster';
  }
  if (peer.kind === 'addresses') {
    return !isCilium(context) && blockMayHold(peer, context.survey.podRange);
  }
  const isThere =
    typeof peer.namespaces === 'string'
      ? peer.namespaces === strangers.namespace
      : namespaceMayMeet(peer.namespaces, strangers.namespace, context);
  return (
    isThere &&
    requirementsOf(peer.pods).every((requirement) => {
      const value = strangers.labels?.[requirement.key];
      return value === undefined || meets(requirement, value);
    })
  );
}

function namespaceMayMeet(selector: LabelSelector, name: string, context: LintContext): boolean {
  const namespace = context.namespace(name) ?? { name, labels: {}, declared: false };
  return requirementsOf(selector).every((requirement) => {
    const { operator, values } = requirement;
    // Azure NPM lets a NotIn of several values match every namespace.
    const isMisread = context.profile.engine === 'azure' && operator === 'NotIn' && (values ?? []).length > 1;
    return isMisread || meetsInNamespace(requirement, namespace) !== 'no';
  });
}

/** Whether an IP block may hold one of these addresses; what cannot be read may. */
function blockMayHold(block: AddressPeer, range: IpSet): boolean {
  const { cidr } = block;
  return IpSet.ofCidrs([cidr]).isEmpty || /(^|\.)0\d/.test(cidr) || IpSet.ofBlock(block).overlaps(range);
}

/**
 * The ports of a rule. A name is looked up on the destination; where that is not known it could be any port of
 * its protocol.
 */
export function portsOf({ ports }: DirectedRule, destination: Workload | undefined): PortSet {
  return ports?.reduce((all, port) => all.or(portOf(port, destination)), PortSet.NONE) ?? PortSet.ALL;
}

function portOf({ port, endPort, protocol }: TrafficPort, destination: Workload | undefined): PortSet {
  if (typeof port === 'number') {
    return PortSet.range(protocol, port, endPort ?? port);
  }
  if (port === undefined || destination === undefined) {
    return PortSet.ofProtocol(protocol);
  }
  return destination.ports
    .filter((each) => each.name === port && each.protocol === protocol)
    .reduce((all, each) => all.or(PortSet.range(protocol, each.port)), PortSet.NONE);
}
