import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkNamespaceName, checkPolicyName, constructNamespace, suggestName } from '../model/names';
import type { IpBlock } from '../model/network-policy';
import { inside } from '../model/place';
import { isPlainObject, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { isKind } from '../policy/kind';
import { NamespaceSelector } from '../policy/namespace-selector';
import { checkProps } from '../policy/options';
import { Peer } from '../policy/peer';
import { PodSelector, type PodSelectorLike } from '../policy/pod-selector';
import { Port } from '../policy/port';
import { has, type PlusPodSelector } from '../policy/shapes';

/** Pods with a name, if there is no workload construct. */
export interface NamedPods {
  /** Used in the names of policies. */
  readonly name: string;
  readonly podSelector: PodSelectorLike;
  /**
   * The namespace they are in.
   * @default the workload's, if `podSelector` is one; else the chart's; else `default`
   */
  readonly namespace?: string;
}

/** A workload of any version of cdk8s-plus. */
export interface PlusWorkload extends PlusPodSelector, IConstruct {
  readonly name: string;
  readonly metadata: { readonly namespace?: string | undefined };
}

/** An end of an allowed connection: a workload, named pods, or IP blocks, a host name or an entity outside of these. */
export type ConnectionEndLike = PlusWorkload | NamedPods | Peer;

/** An end inside the cluster, whose namespace gets a policy. */
export interface InsideEnd {
  readonly name: string;
  readonly namespace: string;
  readonly pods: PodSelector;
  /** The ports that the containers of a workload declare now; `[]` where the pods are given by a selector. */
  readonly declaredPorts: readonly Port[];
}

/** An end that cannot have a policy: addresses outside the cluster, a host name, or what Cilium knows as an entity. */
export interface OutsideEnd {
  readonly name: string;
  readonly peer: Peer;
}

export type ConnectionEnd = InsideEnd | OutsideEnd;

/** The end as a peer of a policy in `namespace`. */
export function peerOf(end: ConnectionEnd, namespace: string): Peer {
  if (!('pods' in end)) {
    return end.peer;
  }
  return end.namespace === namespace
    ? Peer.sameNamespace(end.pods)
    : Peer.otherNamespaces({ namespaces: NamespaceSelector.named(end.namespace), pods: end.pods });
}

/**
 * Reads an end of a connection.
 *
 * @param at the prop, for errors
 * @param chartNamespace for named pods without a namespace
 * @throws NetworkPolicyError `connection-end-unreadable`, `name-invalid`, `namespace-invalid`, `field-unknown`
 */
export function readConnectionEnd(end: ConnectionEndLike, at: string, chartNamespace: string): ConnectionEnd {
  if (isKind(end, 'peer')) {
    return outside(end as Peer, at);
  }
  const home = has(end, 'toPodSelectorConfig') ? constructNamespace(end) : undefined;
  if (home !== undefined) {
    const workload = end as PlusWorkload;
    const declaredPorts = portsOf(workload);
    return { name: nameForPeople(workload), namespace: home, pods: PodSelector.of(workload), declaredPorts };
  }
  if (!isPlainObject(end)) {
    throw unreadableEnd(end, at);
  }
  checkProps(end, ['name', 'podSelector', 'namespace'], at);
  const { name, podSelector, namespace } = end as unknown as NamedPods;
  if (typeof name !== 'string' || podSelector === undefined) {
    throw unreadableEnd(end, at);
  }
  refuseIf((problems) => {
    checkPolicyName(name, inside(at, 'name'), problems);
    if (namespace !== undefined) {
      checkNamespaceName(namespace, inside(at, 'namespace'), problems);
    }
  });
  const pods = PodSelector.of(podSelector);
  const declaredPorts = portsOf(podSelector);
  return { name, pods, namespace: namespace ?? pods.namespaces?.soleName ?? chartNamespace, declaredPorts };
}

/** Of every cdk8s-plus workload and pod; init containers have ended when a connection comes. */
function portsOf(pods: object): readonly Port[] {
  const { containers = [] } = pods as {
    readonly containers?: readonly {
      readonly ports?: readonly { readonly number: number; readonly protocol?: string | undefined }[];
    }[];
  };
  const ports = containers.flatMap((container) => container.ports ?? []);
  const texts = ports.map(({ number, protocol = 'TCP' }) => `${number}/${protocol}`);
  return [...new Set(texts)].map((text) => Port.of(text));
}

/** The name of a workload; if cdk8s generated it, the path in the chart instead. */
function nameForPeople(workload: PlusWorkload): string {
  const resource = ApiObject.of(workload);
  const { chart } = resource;
  return workload.name === chart.generateObjectName(resource)
    ? suggestName(workload.node.path.slice(chart.node.path.length))
    : workload.name;
}

function outside(peer: Peer, at: string): OutsideEnd {
  const parts = peer.toParts();
  switch (parts.kind) {
    case 'ip-blocks':
      return { name: nameOf(parts.ipBlocks), peer };
    case 'name':
      return { name: suggestName(parts.name), peer };
    case 'entity':
      return { name: parts.entity, peer };
    default:
      throw unreadableEnd(peer, at);
  }
}

function nameOf(ipBlocks: readonly IpBlock[]): string {
  return ipBlocks.every(isEveryAddress)
    ? 'all-ip-blocks'
    : ipBlocks.map(({ cidr }) => suggestName(cidr.replace(/^::/, 'ipv6-'))).join('-');
}

const isEveryAddress = ({ cidr, except }: IpBlock, i: number) =>
  except === undefined && cidr === (i === 0 ? '0.0.0.0/0' : '::/0');

function unreadableEnd(got: unknown, at: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'connection-end-unreadable',
    at,
    got: show(got),
    problem:
      'an end of a connection is a workload, named pods or an IP block, because each end in the cluster gets a policy',
    fix: 'give the workload itself, { name, podSelector, namespace }, Peer.ipBlock(cidr), Peer.allIpBlocks() or Peer.hostName(name)',
  });
}
