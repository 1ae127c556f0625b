import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { AksClusterProfile } from '../aks/cluster-profile';
import { remembered } from '../model/collections';
import { defined } from '../model/defined';
import { checkPolicyName } from '../model/names';
import { NetworkPolicyError, refuseIf, show } from '../model/problem';
import type { AksNetworkPolicy } from '../policy/aks-network-policy';
import type { CiliumNetworkPolicy } from '../policy/cilium-network-policy';
import { noteConnection } from '../policy/connection-policies';
import { EgressRule } from '../policy/egress-rule';
import { IngressRule } from '../policy/ingress-rule';
import { checkProps } from '../policy/options';
import type { Port, PortLike } from '../policy/port';
import { listedPorts } from '../policy/port-list';
import {
  type ConnectionEnd,
  type ConnectionEndLike,
  type InsideEnd,
  peerOf,
  readConnectionEnd,
} from './connection-end';
import { checkWrittenKind, type NamespacedPolicyKind, policyOfKind } from './written-kind';

/** The ends of a connection at which a policy is written. */
export type ConnectionSides = 'both' | 'source' | 'destination';

const SIDES: readonly ConnectionSides[] = ['both', 'source', 'destination'];

export interface AllowedConnectionProps {
  /**
   * Who opens the connection: a workload, named pods, or `Peer.ipBlock(...)` outside the cluster; with the kind
   * `CiliumNetworkPolicy` also `Peer.entity(...)`.
   */
  readonly from: ConnectionEndLike;
  /**
   * Who is reached: a workload, named pods, or `Peer.ipBlock(...)` outside the cluster; with the kind `CiliumNetworkPolicy`
   * also `Peer.hostName(...)` and `Peer.entity(...)`.
   */
  readonly to: ConnectionEndLike;
  /**
   * Ports of the destination; `[Port.all()]` for every port of every protocol.
   * @default the ports that the containers of the destination declare when the connection is made, all of them where they
   *   declare several; refused with `connection-ports-missing` where none are declared, and where `to` is no workload
   */
  readonly ports?: readonly PortLike[];
  /**
   * Where a policy is written: `source`, one with the allowed destination (egress) for the pods of `from`; `destination`, one
   * with the allowed source (ingress) for the pods of `to`; `both`. A policy isolates its pods in its direction. Leave out
   * the side whose pods must stay open, such as a Prometheus that reads many other targets.
   * @default both; of an end outside the cluster, the other one
   */
  readonly sides?: ConnectionSides;
  /**
   * The start of the policies' names, before `-egress` and `-ingress`.
   * @default `FROM-to-TO`, in which the other end has its namespace (`shop.web`) if that differs
   */
  readonly name?: string;
  /**
   * The kind of the policies.
   * @default NetworkPolicy
   */
  readonly kind?: NamespacedPolicyKind;
  /**
   * The cluster, for a `CiliumNetworkPolicy`.
   * @default not known: nothing is refused, and pods ask CoreDNS for host names
   */
  readonly profile?: AksClusterProfile;
}

const AT_PORTS = 'AllowedConnection ports';

type Policy = AksNetworkPolicy | CiliumNetworkPolicy;

interface HowWritten {
  readonly kind: NamespacedPolicyKind;
  readonly profile: AksClusterProfile | undefined;
}

/** The policy at one side, and the ports that it allows so far. */
interface Written {
  readonly policy: Policy;
  readonly ports: Set<string>;
  everyPort: boolean;
}

/**
 * A connection that is allowed at both ends: an egress policy for the pods that open it, and an ingress policy for the pods
 * that are reached, each in its own namespace. An end outside the cluster gets no policy.
 *
 * Warning: each policy isolates its pods in one direction. Anything else that they need, name resolution first, is blocked
 * until another policy allows it. `NamespaceBaseline` allows name resolution; `sides` leaves out the policy of one side; the
 * finding `connection-isolates` tells where nothing but connections isolates the pods.
 *
 * Further connections of a chart between the same ends add their ports to the same policies.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/network-policy-best-practices.md (pair egress and ingress
 *   policies for each flow), read 2026-11-22
 */
export class AllowedConnection extends Construct {
  private static readonly writtenIn = remembered((_: Chart) => new Map<string, Written>());

  /** The policy at the source; undefined if `from` is outside the cluster, or `sides` is `destination`. */
  public readonly egress: AksNetworkPolicy | CiliumNetworkPolicy | undefined;
  /** The policy at the destination; undefined if `to` is outside the cluster, or `sides` is `source`. */
  public readonly ingress: AksNetworkPolicy | CiliumNetworkPolicy | undefined;

  /**
   * @throws NetworkPolicyError `connection-end-unreadable`, `connection-outside-cluster`,
   *   `connection-ports-missing`, `ports-empty`, `name-invalid`, `name-missing`, `namespace-invalid`, `type-mismatch`, `field-unknown`, `value-unknown`, and the codes of
   *   selectors, rules and policies, such as `cilium-policy-needed`
   */
  public constructor(scope: Construct, id: string, props: AllowedConnectionProps) {
    checkProps(props, ['from', 'to', 'ports', 'sides', 'name', 'kind', 'profile'], 'AllowedConnection');
    const { kind = 'NetworkPolicy', sides = 'both', profile } = props;
    checkWrittenKind(kind, 'AllowedConnection kind');
    const namespace = Chart.of(scope).namespace ?? 'default';
    const from = readConnectionEnd(props.from, 'AllowedConnection from', namespace);
    const to = readConnectionEnd(props.to, 'AllowedConnection to', namespace);
    checkSides(sides, from, to);
    const names = {
      egress: `${props.name ?? `${from.name}-to-${nameOfOther(from, to)}`}-egress`,
      ingress: `${props.name ?? `${nameOfOther(to, from)}-to-${to.name}`}-ingress`,
    };
    refuseIf((problems) => {
      checkPolicyName(names.egress, 'AllowedConnection name', problems);
      checkPolicyName(names.ingress, 'AllowedConnection name', problems);
    });
    const ports = props.ports === undefined ? declaredPorts(to) : listedPorts(props.ports, AT_PORTS);
    // Tried before there is a construct, so that what cannot be said leaves none behind.
    const { egress, ingress } = rulesBetween(from, to, ports);
    if (kind === 'NetworkPolicy') {
      egress?.toSpec('pods' in from ? from.namespace : '', 'AllowedConnection');
      ingress?.toSpec('pods' in to ? to.namespace : '', 'AllowedConnection');
    }
    super(scope, id);
    const side = (own: ConnectionEnd, type: 'egress' | 'ingress'): Policy | undefined => {
      if (!('pods' in own)) {
        return undefined;
      }
      const key = JSON.stringify([identity(from), identity(to), names[type], type, kind]);
      const written = this.find(key, () => this.policy(own, names[type], { kind, profile }));
      allow(written, ports, (fresh) => rulesBetween(from, to, fresh)[type]);
      return written.policy;
    };
    this.egress = sides === 'destination' ? undefined : side(from, 'egress');
    this.ingress = sides === 'source' ? undefined : side(to, 'ingress');
  }

  /** The policy of one side of such a connection: that of an earlier one in the chart, or a new one. */
  private find(key: string, create: () => Policy): Written {
    const all = AllowedConnection.writtenIn(Chart.of(this));
    const earlier = all.get(key);
    if (earlier !== undefined && isInTree(earlier.policy)) {
      return earlier;
    }
    const written = { policy: create(), ports: new Set<string>(), everyPort: false };
    all.set(key, written);
    return written;
  }

  private policy(end: InsideEnd, name: string, { kind, profile }: HowWritten): Policy {
    const props = { namespace: end.namespace, podSelector: end.pods };
    const policy = policyOfKind(kind, this, name, props, profile);
    noteConnection(policy);
    return policy;
  }
}

/** @throws NetworkPolicyError `value-unknown`, `connection-outside-cluster` */
function checkSides(sides: ConnectionSides, from: ConnectionEnd, to: ConnectionEnd): void {
  if (!SIDES.includes(sides)) {
    throw new NetworkPolicyError({
      code: 'value-unknown',
      at: 'AllowedConnection sides',
      got: show(sides),
      problem: 'a connection has no such sides',
      fix: `write ${SIDES.join(', ')}`,
    });
  }
  if (!('pods' in from) && !('pods' in to)) {
    throw new NetworkPolicyError({
      code: 'connection-outside-cluster',
      at: 'AllowedConnection',
      got: `${from.name} to ${to.name}`,
      problem: 'neither end is in the cluster, so no policy can allow it',
      fix: 'make one end a workload',
    });
  }
  const [end, other] = sides === 'source' ? [from, 'destination'] : [to, 'source'];
  if (sides !== 'both' && !('pods' in end)) {
    throw new NetworkPolicyError({
      code: 'connection-outside-cluster',
      at: 'AllowedConnection sides',
      got: `${sides}, which is ${end.name}`,
      problem: 'no policy can be written for an end outside the cluster',
      fix: `write sides: '${other}', or leave sides out`,
    });
  }
}

/** @throws NetworkPolicyError `connection-ports-missing` */
function declaredPorts(to: ConnectionEnd): readonly Port[] {
  if ('pods' in to && to.declaredPorts.length > 0) {
    return to.declaredPorts;
  }
  throw new NetworkPolicyError({
    code: 'connection-ports-missing',
    at: AT_PORTS,
    got: 'nothing',
    problem: `no container is known here that declares a port of ${to.name}`,
    fix: 'write the ports, such as ports: [8080], or ports: [Port.all()] for every port of every protocol',
  });
}

/** Adds what the policy does not allow yet. */
function allow(
  written: Written,
  ports: readonly Port[] | undefined,
  ruleFor: (ports: readonly Port[] | undefined) => IngressRule | EgressRule | undefined,
): void {
  const fresh = written.everyPort ? [] : ports?.filter((port) => !written.ports.has(String(port)));
  const rule = fresh?.length === 0 ? undefined : ruleFor(fresh);
  if (rule === undefined) {
    return;
  }
  written.policy.addRule(rule);
  written.everyPort = ports === undefined;
  for (const port of fresh ?? []) {
    written.ports.add(String(port));
  }
}

/** The rule of each end that has a policy. */
function rulesBetween(
  from: ConnectionEnd,
  to: ConnectionEnd,
  ports: readonly Port[] | undefined,
): { readonly egress: EgressRule | undefined; readonly ingress: IngressRule | undefined } {
  const open = defined({ ports });
  return {
    egress: 'pods' in from ? EgressRule.allow({ to: [peerOf(to, from.namespace)], ...open }) : undefined,
    ingress: 'pods' in to ? IngressRule.allow({ from: [peerOf(from, to.namespace)], ...open }) : undefined,
  };
}

/** Whether a construct is still part of its app: `tryRemoveChild` may have removed it, or a construct around it. */
function isInTree(construct: IConstruct | undefined): boolean {
  const scope = construct?.node.scope;
  return (
    construct === undefined ||
    scope === undefined ||
    (scope.node.tryFindChild(construct.node.id) === construct && isInTree(scope))
  );
}

/** The other end's name in the name of a policy at `own`. */
function nameOfOther(own: ConnectionEnd, other: ConnectionEnd): string {
  return 'pods' in other && 'pods' in own && other.namespace !== own.namespace
    ? `${other.namespace}.${other.name}`
    : other.name;
}

function identity(end: ConnectionEnd): unknown {
  if (!('pods' in end)) {
    return end.peer.toParts();
  }
  const { matchLabels = {}, matchExpressions } = end.pods.toLabelSelector();
  return [end.namespace, Object.entries(matchLabels).sort(), matchExpressions];
}
