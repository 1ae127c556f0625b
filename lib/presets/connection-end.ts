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
import { PodSelector, type PodSelectorSource } from '../policy/pod-selector';
import { has, type PlusPodSelector } from '../policy/shapes';

/** Pods that have a name for people, where no workload construct is at hand. */
export interface NamedPods {
  /** What the policies' names call them. */
  readonly name: string;
  readonly podSelector: PodSelectorSource;
  /**
   * The namespace they are in.
   * @default the workload's, if `podSelector` is one; else the chart's; else `default`
   */
  readonly namespace?: string;
}

/** A workload of any cdk8s-plus: it knows its name, namespace and pods. */
export interface PlusWorkload extends PlusPodSelector, IConstruct {
  readonly name: string;
  readonly metadata: { readonly namespace?: string | undefined };
}

/** Either end of an allowed connection: a workload, named pods, or IP blocks outside the cluster. */
export type ConnectionEndSource = PlusWorkload | NamedPods | Peer;

/** An end inside the cluster, whose namespace gets a policy. */
export interface InsideEnd {
  readonly name: string;
  readonly namespace: string;
  readonly pods: PodSelector;
}

/** An end outside the cluster, where no policy can be. */
export interface OutsideEnd {
  readonly name: string;
  readonly ipBlocks: Peer;
}

export type ConnectionEnd = InsideEnd | OutsideEnd;

/** The end as a peer of a policy in `namespace`. */
export function peerOf(end: ConnectionEnd, namespace: string): Peer {
  if (!('pods' in end)) {
    return end.ipBlocks;
  }
  return end.namespace === namespace
    ? Peer.sameNamespace(end.pods)
    : Peer.otherNamespaces({ namespaces: NamespaceSelector.named(end.namespace), pods: end.pods });
}

/**
 * Reads an end of a connection.
 *
 * @param at the prop it came with, for errors
 * @param chartNamespace where named pods are that do not say
 * @throws NetworkPolicyError `connection-end-unreadable`, `name-invalid`, `namespace-invalid`, `field-unknown`
 */
export function readConnectionEnd(
  source: ConnectionEndSource,
  at: string,
  chartNamespace: string,
): ConnectionEnd {
  if (isKind(source, 'peer')) {
    return outside(source as Peer, at);
  }
  const home = has(source, 'toPodSelectorConfig') ? constructNamespace(source) : undefined;
  if (home !== undefined) {
    const workload = source as PlusWorkload;
    return { name: nameForPeople(workload), namespace: home, pods: PodSelector.of(workload) };
  }
  if (!isPlainObject(source)) {
    throw unreadableEnd(source, at);
  }
  checkProps(source, ['name', 'podSelector', 'namespace'], at);
  const { name, podSelector, namespace } = source as unknown as NamedPods;
  if (typeof name !== 'string' || podSelector === undefined) {
    throw unreadableEnd(source, at);
  }
  refuseIf((problems) => {
    checkPolicyName(name, inside(at, 'name'), problems);
    if (namespace !== undefined) {
      checkNamespaceName(namespace, inside(at, 'namespace'), problems);
    }
  });
  const pods = PodSelector.of(podSelector);
  return { name, pods, namespace: namespace ?? pods.namespaces?.soleName ?? chartNamespace };
}

/** The name that somebody gave the workload; where cdk8s generated one, its place in the chart instead. */
function nameForPeople(workload: PlusWorkload): string {
  const resource = ApiObject.of(workload);
  const { chart } = resource;
  return workload.name === chart.generateObjectName(resource)
    ? suggestName(workload.node.path.slice(chart.node.path.length))
    : workload.name;
}

function outside(ipBlocks: Peer, at: string): OutsideEnd {
  const parts = ipBlocks.toParts();
  if (parts.kind !== 'ip-blocks') {
    throw unreadableEnd(ipBlocks, at);
  }
  return { name: nameOf(parts.ipBlocks), ipBlocks };
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
      'an end of a connection is a workload, named pods or an IP block: a policy is written at each end in the cluster',
    fix: 'give the workload itself, { name, podSelector, namespace }, Peer.ipBlock(cidr) or Peer.allIpBlocks()',
  });
}
