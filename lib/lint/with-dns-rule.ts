import { CORE_DNS } from '../aks/system-pods';
import type { PolicyEntry } from '../model/cluster';
import { PodSet } from '../model/pod-set';
import type { TrafficPeer, TrafficPort, TrafficRule } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { impliesSelector } from '../model/selector-match';
import type { LintContext } from './context';
import { add, type EditFix, together } from './fix';
import { toNameServers } from './lifelines';

const DNS = PortSet.union(CORE_DNS.ports.map(({ protocol, port }) => PortSet.range(protocol, port)));
const NAME_SERVERS = PodSet.of({ namespaces: CORE_DNS.namespace, pods: { matchLabels: CORE_DNS.labels } });

/**
 * A fix by which a policy isolates egress that was open, and the rule for DNS where its pods would lack it: neither the
 * policy nor another one for all of its pods has such a rule. Pods that are to talk to nobody need none.
 */
export function withDnsRule(fix: EditFix, policy: PolicyEntry, context: LintContext): EditFix {
  const { namespace = '', rules } = policy;
  const opening = context
    .policiesIn(namespace)
    .filter((each) => each === policy || impliesSelector(rules.subject.pods, each.rules.subject.pods))
    .flatMap((each) => each.rules.egress.rules);
  const { rule, preset } = toNameServers(context.profile);
  return opening.length === 0 || PortSet.union(opening.map(dnsPortsOf)).covers(DNS)
    ? fix
    : together(fix, add(policy, rules.egress.at, rule, preset));
}

/** The ports that a rule opens to the name servers, as it is written. */
function dnsPortsOf({ action, peers, ports }: TrafficRule): PortSet {
  return action !== 'allow' || peers?.some(meansNameServers) === false
    ? PortSet.NONE
    : ports === undefined
      ? PortSet.ALL
      : PortSet.union(ports.map(portsOf));
}

function meansNameServers(peer: TrafficPeer): boolean {
  const meant = peer.kind === 'pods' ? PodSet.of(peer) : undefined;
  return meant !== undefined && NAME_SERVERS?.isWithin(meant) === true;
}

/** A port name in such a rule is most likely that of the name servers' port. */
function portsOf({ protocol, port, endPort }: TrafficPort): PortSet {
  return typeof port === 'number'
    ? PortSet.range(protocol, port, endPort ?? port)
    : port === undefined
      ? PortSet.ofProtocol(protocol)
      : PortSet.range(protocol, CORE_DNS.port);
}
