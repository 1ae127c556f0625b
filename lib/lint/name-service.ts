import { IMDS, LINK_LOCAL, LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS, NODE_LOCAL_DNS } from '../aks/system-pods';
import { readCidr } from '../model/cidr';
import { isCiliumKind } from '../model/cilium-kind';
import type { PolicyEntry } from '../model/cluster';
import type { Severity } from '../model/finding';
import { IpSet } from '../model/ip-set';
import { isFrom } from '../model/kubernetes-version';
import type { DirectedRule, TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import type { LintContext } from './context';
import type { GroupReach } from './group-reach';
import { namedAddresses } from './ip-blocks';
import { isCilium } from './rule-engines';

/** How pods fail to ask for names. */
export interface NoNames {
  /** The policy that allows something for which names are needed. */
  readonly policy: PolicyEntry;
  readonly severity: Severity;
  /** `CoreDNS`, or the address of LocalDNS. */
  readonly server: string;
  /** The shut ones of the ports on which name servers answer. */
  readonly missing: PortSet;
  /** More of the sentence, from a comma on. */
  readonly why: string;
  /** Where no NetworkPolicy opens it. */
  readonly fix?: string;
}

const UDP = PortSet.range('UDP', CORE_DNS.port);
const BOTH = UDP.or(PortSet.range('TCP', CORE_DNS.port));
/** What name servers call their port. */
const PORT_OF_NAMES = /dns|domain/i;
const LINK_LOCALS = IpSet.ofCidrs([LINK_LOCAL]);
const IMDS_ADDRESS = IpSet.ofCidrs([IMDS.cidr]);
const LOCAL = LOCAL_DNS.cidrs.map((cidr) => IpSet.ofCidrs([cidr]));

/** What keeps some workloads from asking for names; `undefined` where nothing does, or nobody can tell. */
export function nameService(reach: GroupReach, context: LintContext): NoNames | undefined {
  const allowing = reach.isolated === 'yes' && reach.isCertain ? allowingPolicy(reach, context) : undefined;
  if (allowing === undefined || mayNamePortOfServers(reach, context)) {
    return undefined;
  }
  let missing = BOTH;
  // Mostly the first is open, and the others need not be asked.
  for (const open of [
    () => reach.openWithPods(CORE_DNS),
    () => reach.openWithPods(NODE_LOCAL_DNS),
    () => linkLocalServers(reach, context),
  ]) {
    missing = missing.isEmpty ? missing : missing.without(open());
  }
  const found = {
    policy: allowing.policy,
    // With UDP most questions get an answer; and who talks to addresses alone needs no names.
    severity: allowing.needsNames ? (missing.overlaps(UDP) ? 'error' : 'warning') : 'info',
  } as const;
  return context.profile.localDns === true
    ? localDns(found, missing, reach, context)
    : missing.isEmpty
      ? undefined
      : { ...found, server: 'CoreDNS', missing, why: '' };
}

/**
 * What rules open to link-local addresses by name, where a name server answers that somebody installed on each node.
 * On Cilium such an address is the node's, which no IP block matches.
 */
function linkLocalServers(reach: GroupReach, context: LintContext): PortSet {
  const ofServers = (block: IpSet) => (LINK_LOCALS.covers(block) ? block.without(IMDS_ADDRESS) : IpSet.NONE);
  return isCilium(context) ? PortSet.NONE : reach.openTo(namedAddresses(reach, context, ofServers));
}

/** With LocalDNS on, pods of some node pools ask it and others may ask CoreDNS. */
function localDns(
  found: Pick<NoNames, 'policy' | 'severity'>,
  missing: PortSet,
  reach: GroupReach,
  context: LintContext,
): NoNames | undefined {
  const shuts = LOCAL.map((address) => BOTH.without(reach.openTo(address)));
  const shut = PortSet.union(shuts);
  const place = shuts.findIndex((ports) => !ports.isEmpty);
  const server = (LOCAL_DNS.cidrs[Math.max(place, 0)] as string).replace('/32', '');
  const local = { ...found, server, missing: shut.isEmpty ? BOTH : shut };
  switch (context.profile.engine) {
    case 'calico':
      return shut.isEmpty
        ? undefined
        : {
            ...local,
            severity: found.severity === 'info' ? 'info' : shut.overlaps(UDP) ? 'error' : 'warning',
            why: ', where LocalDNS answers on the node: Calico judges that as an address, and a rule for the CoreDNS pods does not open it',
          };
    case 'cilium': {
      const isHost = isFrom(context.profile.kubernetesVersion, LOCAL_DNS.hostOnCiliumFrom);
      const isOpen = toOwnNode(reach, context).covers(BOTH);
      return (shut.isEmpty && isHost !== true) || (isOpen && (shut.isEmpty || isHost === true))
        ? undefined
        : {
            ...local,
            severity: found.severity === 'info' ? 'info' : 'warning',
            why: ', where LocalDNS answers on the node: Cilium of Kubernetes 1.32 and later lets no NetworkPolicy open that',
            fix: 'apply a CiliumNetworkPolicy with toEntities: [host] on 53/UDP and 53/TCP',
          };
    }
    case 'azure':
      // What runs on the pod's own node is never shut there.
      return undefined;
    default:
      return missing.isEmpty || shut.isEmpty
        ? undefined
        : { ...found, server: 'CoreDNS', missing, why: ' nor to LocalDNS' };
  }
}

/** What rules of Cilium's own kinds open to the node of a pod. */
function toOwnNode({ policies }: GroupReach, context: LintContext): PortSet {
  const rules = policies.filter(isCiliumKind).flatMap((policy) => context.allowing(policy, 'Egress'));
  const ofNode = rules.filter(({ peers }) => peers?.some(isOwnNode) ?? true);
  return PortSet.union(
    ofNode.flatMap(({ ports }) =>
      ports === undefined
        ? [PortSet.ALL]
        : ports.map(({ protocol, port, endPort }) =>
            typeof port === 'number'
              ? PortSet.range(protocol, port, endPort ?? port)
              : port === undefined
                ? PortSet.ofProtocol(protocol)
                : PortSet.NONE,
          ),
    ),
  );
}

function isOwnNode(peer: TrafficPeer): boolean {
  return peer.kind === 'entity' && ['all', 'cluster', 'nodes', 'host'].includes(peer.entity);
}

/**
 * Whether a rule names a port for names that no known pod declares, where the engine looks names up among all pods of the cluster:
 * those of the name servers may declare it.
 */
function mayNamePortOfServers({ policies }: GroupReach, context: LintContext): boolean {
  return (
    context.facts.does('egress-port-name-is-one-number') !== 'no' &&
    policies
      .flatMap((policy) => context.allowing(policy, 'Egress'))
      .flatMap(({ ports = [] }) => ports)
      .some(
        ({ port, protocol }) =>
          typeof port === 'string' &&
          protocol !== 'SCTP' &&
          PORT_OF_NAMES.test(port) &&
          !context.cluster.workloads.some(({ ports }) =>
            ports.some((each) => each.name === port && each.protocol === protocol),
          ),
      )
  );
}

/** The first policy that allows something, best something that is found by name. */
function allowingPolicy(
  { policies }: GroupReach,
  context: LintContext,
): { readonly policy: PolicyEntry; readonly needsNames: boolean } | undefined {
  const rules = policies.flatMap((policy) =>
    context.allowing(policy, 'Egress').map((rule) => ({ policy, needsNames: needsNames(rule) })),
  );
  return rules.find((rule) => rule.needsNames) ?? rules[0];
}

/** Whether a rule means more than single addresses: these are found without names. */
function needsNames({ peers }: DirectedRule): boolean {
  return (
    peers === undefined ||
    peers.some((peer) => {
      const cidr = peer.kind === 'addresses' ? readCidr(peer.cidr) : undefined;
      return cidr === undefined || cidr.first !== cidr.last;
    })
  );
}
