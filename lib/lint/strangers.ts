import type { Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import type { LabelSelector } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../model/network-policy';
import { PortSet } from '../model/port-set';
import { meets, requirementsOf } from '../model/selector-match';
import { PRIVATE_RANGES } from '../reachability/engine';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { isCilium } from './engine-words';
import type { WrittenRule } from './written-rules';

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
  const known = context.survey.matching(strangers.namespace, {
    matchLabels: strangers.labels ?? {},
  }).possible;
  if (!known.isEmpty) {
    return reach.openWith(known);
  }
  const [workload] = reach.direction === 'Ingress' ? reach.workloads : [];
  return reach.policies
    .flatMap((policy) =>
      context
        .rulesOf(policy)
        .filter(({ direction }) => direction === reach.direction)
        .filter((rule) => mayMean(rule, policy.namespace, strangers, context)),
    )
    .reduce((all, rule) => all.or(portsOf(rule, workload)), PortSet.NONE);
}

/** Whether a rule may mean such pods. */
function mayMean(
  { peers }: WrittenRule,
  namespace: string,
  strangers: Strangers,
  context: LintContext,
): boolean {
  return peers.length === 0 || peers.some(({ value }) => peerMayMean(value, namespace, strangers, context));
}

function peerMayMean(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  namespace: string,
  strangers: Strangers,
  context: LintContext,
): boolean {
  if (ipBlock != null) {
    return !isCilium(context) && blockMayHold(ipBlock, podRange(context));
  }
  const isThere =
    namespaceSelector == null
      ? namespace === strangers.namespace
      : namespaceMayMeet(namespaceSelector, strangers.namespace, context);
  return (
    isThere &&
    requirementsOf(podSelector ?? {}).every((requirement) => {
      const value = strangers.labels?.[requirement.key];
      return value === undefined || meets(requirement, value);
    })
  );
}

function namespaceMayMeet(selector: LabelSelector, name: string, context: LintContext): boolean {
  const namespace = context.namespace(name);
  return requirementsOf(selector).every((requirement) => {
    const { key, operator, values } = requirement;
    // Azure NPM lets a NotIn of several values match every namespace.
    if (context.profile.engine === 'azure' && operator === 'NotIn' && (values ?? []).length > 1) {
      return true;
    }
    if (key === NAMESPACE_NAME_LABEL) {
      return meets(requirement, name);
    }
    return namespace?.declared !== true || meets(requirement, namespace.labels[key]);
  });
}

/** Whether an IP block may hold one of these addresses; what cannot be read may. */
function blockMayHold({ cidr, except }: NonNullable<NetworkPolicyPeer['ipBlock']>, range: IpSet): boolean {
  const block = IpSet.ofBlock({ cidr, ...(except == null ? {} : { except }) });
  return IpSet.ofCidrs([cidr]).isEmpty || /(^|\.)0\d/.test(cidr) || block.overlaps(range);
}

function podRange({ profile }: LintContext): IpSet {
  const range = IpSet.ofCidrs(profile.podCidrs ?? []);
  return range.isEmpty ? PRIVATE_RANGES : range;
}

/**
 * The ports of a rule. A name is looked up on the destination; where that is not known it could be any port of
 * its protocol.
 */
export function portsOf({ ports }: WrittenRule, destination: Workload | undefined): PortSet {
  return ports.length === 0
    ? PortSet.ALL
    : ports.reduce((all, { value }) => all.or(portOf(value, destination)), PortSet.NONE);
}

function portOf(
  { port, endPort, protocol = 'TCP' }: NetworkPolicyPort,
  destination: Workload | undefined,
): PortSet {
  if (typeof port === 'number') {
    return PortSet.range(protocol, port, endPort ?? port);
  }
  if (port == null || destination === undefined) {
    return PortSet.ofProtocol(protocol);
  }
  return destination.ports
    .filter((each) => each.name === port && each.protocol === protocol)
    .reduce((all, each) => all.or(PortSet.range(protocol, each.port)), PortSet.NONE);
}
