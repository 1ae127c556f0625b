/**
 * A second evaluator, slow and plain: the API reference of NetworkPolicy put into code sentence by sentence,
 * one connection at a time. It shares nothing with the evaluator in `lib` but the types.
 *
 * @see k8s.io/api networking/v1/types.go
 */

import { BlockList, isIPv6 } from 'node:net';
import type { Cluster, ContainerPort } from '../../lib/model/cluster';
import type { LabelSelector } from '../../lib/model/label-selector';
import type { Labels } from '../../lib/model/labels';
import type {
  IpBlock,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  Protocol,
} from '../../lib/model/network-policy';
import { networkPoliciesIn } from '../../lib/model/network-policy-entry';

/** A running pod, or an address outside when it has no labels. */
export interface Endpoint {
  /** `ns/pod`, or the address. */
  readonly name: string;
  readonly addresses: readonly string[];
  /** The names under which its address has been looked up. */
  readonly lookedUp?: readonly string[];
  readonly pod?: {
    readonly namespace: string;
    readonly labels: Labels;
    readonly ports: readonly ContainerPort[];
    readonly hostNetwork: boolean;
  };
}

export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}

type Direction = 'Ingress' | 'Egress';

/** Every pod that holds an address. */
export function podsOf({ workloads }: Cluster): Endpoint[] {
  return workloads.flatMap(({ namespace, labels, ports, hostNetwork, pods }) =>
    pods
      .filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed')
      .map(({ name, addresses, ports: own = ports }) => ({
        name: `${namespace}/${name}`,
        addresses,
        pod: { namespace, labels, ports: own, hostNetwork },
      })),
  );
}

/** Both sides must allow a connection; a pod always reaches itself. */
export function isAllowed(cluster: Cluster, flow: Flow): boolean {
  return (
    flow.from.name === flow.to.name ||
    (sideAllows(cluster, 'Egress', flow) && sideAllows(cluster, 'Ingress', flow))
  );
}

/** Whether the policies of one end allow a connection. */
export function sideAllows(cluster: Cluster, direction: Direction, flow: Flow): boolean {
  const self = (direction === 'Egress' ? flow.from : flow.to).pod;
  if (self === undefined || self.hostNetwork) {
    return true;
  }
  const isolating = networkPoliciesIn(cluster).filter(
    ({ namespace, written: { spec = {} } }) =>
      namespace === self.namespace &&
      typesOf(spec).includes(direction) &&
      matchesLabels(spec.podSelector ?? {}, self.labels),
  );
  return (
    isolating.length === 0 ||
    isolating.some(({ namespace, written: { spec = {} } }) =>
      direction === 'Egress'
        ? (spec.egress ?? []).some(({ to, ports }) =>
            ruleAllows(cluster, namespace, to, ports, flow.to, flow),
          )
        : (spec.ingress ?? []).some(({ from, ports }) =>
            ruleAllows(cluster, namespace, from, ports, flow.from, flow),
          ),
    )
  );
}

/** "If no policyTypes are specified, ... Ingress ... and Egress if the policy has any egress rules." */
function typesOf({ policyTypes = [], egress = [] }: NetworkPolicySpec): readonly string[] {
  if (policyTypes.length > 0) {
    return policyTypes;
  }
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** "If this field is empty or missing, this rule matches all" peers, and likewise all ports. */
function ruleAllows(
  cluster: Cluster,
  namespace: string,
  peers: readonly NetworkPolicyPeer[] = [],
  ports: readonly NetworkPolicyPort[] = [],
  peer: Endpoint,
  flow: Flow,
): boolean {
  return (
    (peers.length === 0 || peers.some((each) => matchesPeer(cluster, namespace, each, peer))) &&
    (ports.length === 0 || ports.some((each) => matchesPort(each, flow)))
  );
}

function matchesPeer(cluster: Cluster, namespace: string, peer: NetworkPolicyPeer, end: Endpoint): boolean {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock !== undefined) {
    return end.addresses.some((address) => isInBlock(address, ipBlock));
  }
  const { pod } = end;
  if (pod === undefined || pod.hostNetwork) {
    return false;
  }
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === namespace
      : matchesLabels(namespaceSelector, {
          ...cluster.namespaces.find(({ name }) => name === pod.namespace)?.labels,
          'kubernetes.io/metadata.name': pod.namespace,
        });
  return inNamespace && matchesLabels(podSelector ?? {}, pod.labels);
}

export function isInBlock(address: string, { cidr, except = [] }: IpBlock): boolean {
  return isInCidr(address, cidr) && !except.some((each) => isInCidr(address, each));
}

function isInCidr(address: string, cidr: string): boolean {
  const [network = '', length] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return isIPv6(address) === isIPv6(network) && list.check(address, family);
}

/** "If this is not provided, [a port] matches all port names and numbers"; protocol "defaults to TCP". */
export function matchesPort({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort, flow: Flow): boolean {
  if (protocol !== flow.protocol) {
    return false;
  }
  if (port === undefined) {
    return true;
  }
  if (typeof port === 'string') {
    const declared = flow.to.pod?.ports ?? [];
    return declared.some(
      (each) => each.name === port && each.protocol === protocol && each.port === flow.port,
    );
  }
  return flow.port >= port && flow.port <= (endPort ?? port);
}

export function matchesLabels(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
