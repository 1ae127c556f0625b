import type { AksClusterProfile } from '../aks/cluster-profile';
import { isCiliumEngine } from '../aks/engines';
import { exceptInsideCluster, LOCAL_DNS } from '../aks/fixed-addresses';
import { HOSTS } from '../aks/host-names';
import { CORE_DNS, KONNECTIVITY_AGENTS, METRICS_SCRAPERS } from '../aks/system-pods';
import type { Workload } from '../model/cluster';
import { IpSet } from '../model/ip-set';
import { isFrom } from '../model/kubernetes-version';
import type { Labels } from '../model/labels';
import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, PolicyType } from '../model/network-policy';
import { PortSet } from '../model/port-set';

import { blockPeers, portsPart, systemPeer } from './pieces';
import { portsCode } from './words';

/** What pods that policies isolate need to be open. */
export interface Wanted {
  readonly direction: PolicyType;
  readonly rule: NetworkPolicyIngressRule & NetworkPolicyEgressRule;
  /** The rule as a preset of the constructs, `AksTraffic.on(profile).toCoreDns()`. @default the rule itself */
  readonly preset?: string;
  /** The name of a policy of its own, for when none is fit to take the rule. */
  readonly name: string;
}

/** What pods must be able to reach, and who must be able to reach them, as rules that fixes write. */

/** CoreDNS, and LocalDNS where it is on and an IP block matches it. `AksTraffic.toDns` says where that is. */
export function toNameServers(profile: AksClusterProfile): Wanted {
  const asksLocalDns = profile.localDns === true && !isLocalDnsNode(profile);
  return {
    direction: 'Egress',
    name: 'allow-dns',
    rule: {
      to: [systemPeer(CORE_DNS), ...(asksLocalDns ? blockPeers(LOCAL_DNS.cidrs) : [])],
      ports: CORE_DNS.ports.map(({ protocol, port }) => ({ protocol, port })),
    },
    ...(!asksLocalDns
      ? { preset: 'AksTraffic.on(profile).toCoreDns()' }
      : profile.engine === undefined
        ? {}
        : { preset: 'AksTraffic.on(profile).toDns()' }),
  };
}

/** Whether policies take LocalDNS for the node itself, which no NetworkPolicy can name. */
function isLocalDnsNode({ engine, kubernetesVersion }: AksClusterProfile): boolean {
  return (
    engine === 'byo-cilium' ||
    (engine === 'cilium' && isFrom(kubernetesVersion, LOCAL_DNS.hostOnCiliumFrom) !== false)
  );
}

/** Entra ID has no fixed addresses, so every address outside the cluster is opened, without the known ones of pods and nodes. */
export function toEntraId({ engine, podCidrs = [], nodeCidrs = [] }: AksClusterProfile): Wanted {
  const ranges = isCiliumEngine(engine) ? [] : [...podCidrs, ...nodeCidrs];
  return {
    direction: 'Egress',
    name: 'allow-entra-id',
    rule: {
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: exceptInsideCluster(ranges) } }],
      ports: [{ port: HOSTS['entra-id'].port }],
    },
    preset: 'AksTraffic.on(profile).toEntraId({ anywhereOutside: true })',
  };
}

export function toApiServer({ apiServerAddresses = [] }: AksClusterProfile): Wanted {
  const cidrs = apiServerAddresses.flatMap((each) => IpSet.ofAddress(each)?.ranges() ?? []);
  return {
    direction: 'Egress',
    name: 'allow-api-server',
    rule: { to: blockPeers(cidrs), ...portsPart(PortSet.range('TCP', 443)) },
    preset: 'AksTraffic.on(profile).toApiServer()',
  };
}

/** The API server comes through the agents of its tunnel, which have addresses of pods, and on kubenet those of nodes. */
export function fromWebhookCallers(
  ports: PortSet,
  { networkPlugin, nodeCidrs = [] }: AksClusterProfile,
): Wanted {
  const isNode = networkPlugin === 'kubenet' && nodeCidrs.length > 0;
  return {
    direction: 'Ingress',
    name: 'allow-webhook-callers',
    rule: {
      from: isNode ? blockPeers(nodeCidrs) : [systemPeer(KONNECTIVITY_AGENTS)],
      ...portsPart(ports),
    },
    preset: `AksTraffic.on(profile).fromWebhookCallers({ ports: ${portsCode(ports)} })`,
  };
}

export function fromMetricsScraper(ports: PortSet): Wanted {
  return {
    direction: 'Ingress',
    name: 'allow-metrics-scraper',
    rule: { from: [systemPeer(METRICS_SCRAPERS)], ...portsPart(ports) },
    preset: `AksTraffic.on(profile).fromMetricsScraper({ ports: ${portsCode(ports)} })`,
  };
}

/** A Prometheus of the operator, by the labels that it gives to the pods. */
export function fromPrometheus(namespace: string, labels: Labels, ports: PortSet): Wanted {
  return {
    direction: 'Ingress',
    name: 'allow-prometheus',
    rule: { from: [systemPeer({ namespace, labels })], ...portsPart(ports) },
  };
}

/** The label by which pods ask for the tokens. */
const LABEL = 'azure.workload.identity/use';

/** Whether pods of a workload swap the token of their service account for one of Entra ID. */
export function usesIdentity({ labels }: Workload): boolean {
  return labels[LABEL] === 'true';
}
