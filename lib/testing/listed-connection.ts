import { type Cluster, qualifiedName, type Workload } from '../model/cluster';
import { defined } from '../model/defined';
import { IpSet } from '../model/ip-set';
import { readHostName } from '../model/named-host';
import { PodSet } from '../model/pod-set';
import { readPods } from '../model/pods-by-labels';
import type { PodSelection } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { type AskedPort, readPort } from '../model/port-text';
import { meets, meetsAllInNamespace, requirementsOf } from '../model/selector-match';
import type { Party } from '../reachability/answers/parties';
import type { AskedQuestion } from '../reachability/answers/verdict';
import type { AskedPods } from '../reachability/judging/asked-pods';
import { INTERNET } from '../reachability/sets/internet';

export interface ListedEnd {
  readonly addresses: IpSet;
  /** Set for a host, or a pattern of hosts. */
  readonly host?: string;
  /** Its pods that no manifest declares. */
  readonly set?: PodSet;
  /** Whether it certainly includes all pods of a workload. */
  has(workload: Workload): boolean;
}

export class ListedConnection {
  public readonly from: ListedEnd;
  public readonly to: ListedEnd;
  private readonly port: AskedPort;

  /** @throws NetworkPolicyError `port-unreadable`, `protocol-unknown`, `selector-unreadable` */
  public constructor(
    public readonly question: AskedQuestion,
    cluster: Cluster,
  ) {
    const { from, to, port, protocol } = question;
    this.from = readEnd(from, cluster);
    this.to = readEnd(to, cluster);
    this.port = readPort(port ?? '*', protocol);
  }

  /** Whether it is an upper bound: something in it must be allowed, but not all. */
  public get isBound(): boolean {
    return [this.from, this.to].some(({ addresses, set }) => set !== undefined || !addresses.isEmpty);
  }

  /** The ports at a destination, which declares the numbers of a port name. */
  public portsOf({ workloads = [] }: Party): PortSet {
    const { port } = this;
    if ('ports' in port) {
      return port.ports;
    }
    return workloads
      .flatMap(({ workload }) => [workload, ...workload.pods].flatMap(({ ports = [] }) => ports))
      .filter(({ name, protocol }) => name === port.name && (port.protocol ?? protocol) === protocol)
      .reduce((all, each) => all.or(PortSet.range(each.protocol, each.port)), PortSet.NONE);
  }
}

function readEnd(end: string | AskedPods, cluster: Cluster): ListedEnd {
  if (typeof end !== 'string') {
    return podsOf({ namespaces: end.namespaces ?? {}, pods: end.pods ?? {} }, cluster);
  }
  const selection = readPods(end, 'the question');
  if (selection !== undefined) {
    return podsOf(selection, cluster);
  }
  const host = readHostName(end);
  if (host !== undefined) {
    return { addresses: IpSet.NONE, host, has: () => false };
  }
  const addresses = end === 'internet' ? INTERNET : (IpSet.ofAddress(end) ?? IpSet.ofCidrs([end]));
  return { addresses, has: (workload) => qualifiedName(workload) === end };
}

function podsOf({ namespaces, pods }: PodSelection, { namespaces: known }: Cluster): ListedEnd {
  const set = PodSet.of({ namespaces, pods });
  const [places, labels] = [
    requirementsOf(typeof namespaces === 'string' ? {} : namespaces),
    requirementsOf(pods),
  ];
  const byName = new Map(known.map((each) => [each.name, each]));
  const isPlace = (name: string) =>
    typeof namespaces === 'string'
      ? name === namespaces
      : meetsAllInNamespace(places, byName.get(name) ?? { name, labels: {}, declared: false }) === 'yes';
  return {
    addresses: IpSet.NONE,
    ...defined({ set }),
    // As for policies, pods with the network of their node do not count.
    has: (workload) =>
      !workload.hostNetwork &&
      isPlace(workload.namespace) &&
      labels.every((each) => meets(each, workload.labels[each.key])),
  };
}
