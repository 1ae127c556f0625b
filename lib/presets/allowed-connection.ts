import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { AksClusterProfile } from '../aks/cluster-profile';
import { defined } from '../model/defined';
import { checkPolicyName } from '../model/names';
import { NetworkPolicyError, refuseIf } from '../model/problem';
import type { AksNetworkPolicy } from '../policy/aks-network-policy';
import type { CiliumNetworkPolicy } from '../policy/cilium-network-policy';
import { EgressRule } from '../policy/egress-rule';
import { IngressRule } from '../policy/ingress-rule';
import { checkProps } from '../policy/options';
import type { Port } from '../policy/port';
import { checkPorts } from '../policy/rule';
import { type ConnectionEnd, type ConnectionEndLike, peerOf, readConnectionEnd } from './connection-end';
import { checkWrittenKind, type NamespacedPolicyKind, policyOfKind } from './written-kind';

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
   * Ports of the destination.
   * @default every port of every protocol
   */
  readonly ports?: readonly Port[];
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

type Policy = AksNetworkPolicy | CiliumNetworkPolicy;

interface HowWritten {
  readonly kind: NamespacedPolicyKind;
  readonly profile: AksClusterProfile | undefined;
}

/** The policies between two ends, and the ports that they allow so far. */
interface Written {
  readonly egress: Policy | undefined;
  readonly ingress: Policy | undefined;
  readonly ports: Set<string>;
  everyPort: boolean;
}

/**
 * A connection that is allowed at both ends: an egress policy for the pods that open it, and an ingress policy for the pods
 * that are reached, each in its own namespace. An end outside the cluster gets no policy.
 *
 * Further connections of a chart between the same ends add their ports to the same policies. Each policy isolates its pods
 * in one direction, so everything else that the pods need must be allowed too, such as name resolution, which
 * `NamespaceBaseline` allows.
 *
 * @see MicrosoftDocs/azure-aks-docs, articles/aks/network-policy-best-practices.md (pair egress and ingress
 *   policies for each flow), read 2026-11-22
 */
export class AllowedConnection extends Construct {
  private static readonly written = new WeakMap<Chart, Map<string, Written>>();

  /** The policy at the source; undefined if `from` is outside the cluster. */
  public readonly egress: AksNetworkPolicy | CiliumNetworkPolicy | undefined;
  /** The policy at the destination; undefined if `to` is outside the cluster. */
  public readonly ingress: AksNetworkPolicy | CiliumNetworkPolicy | undefined;

  /**
   * @throws NetworkPolicyError `connection-end-unreadable`, `connection-outside-cluster`, `ports-empty`,
   *   `name-invalid`, `name-missing`, `namespace-invalid`, `type-mismatch`, `field-unknown`, `value-unknown`, and the codes of
   *   selectors, rules and policies, such as `cilium-policy-needed`
   */
  public constructor(scope: Construct, id: string, props: AllowedConnectionProps) {
    checkProps(props, ['from', 'to', 'ports', 'name', 'kind', 'profile'], 'AllowedConnection');
    const { kind = 'NetworkPolicy' } = props;
    checkWrittenKind(kind, 'AllowedConnection kind');
    const namespace = Chart.of(scope).namespace ?? 'default';
    const from = readConnectionEnd(props.from, 'AllowedConnection from', namespace);
    const to = readConnectionEnd(props.to, 'AllowedConnection to', namespace);
    if (!('pods' in from) && !('pods' in to)) {
      throw new NetworkPolicyError({
        code: 'connection-outside-cluster',
        at: 'AllowedConnection',
        got: `${from.name} to ${to.name}`,
        problem: 'neither end is in the cluster, so no policy can allow it',
        fix: 'make one end a workload',
      });
    }
    const names = {
      egress: `${props.name ?? `${from.name}-to-${nameOfOther(from, to)}`}-egress`,
      ingress: `${props.name ?? `${nameOfOther(to, from)}-to-${to.name}`}-ingress`,
    };
    refuseIf((problems) => {
      checkPolicyName(names.egress, 'AllowedConnection name', problems);
      checkPolicyName(names.ingress, 'AllowedConnection name', problems);
    });
    if (props.ports !== undefined) {
      checkPorts(props.ports, 'AllowedConnection ports');
    }
    // Tried before there is a construct, so that what cannot be said leaves none behind.
    const { egress, ingress } = rulesBetween(from, to, props.ports);
    if (kind === 'NetworkPolicy') {
      egress?.toSpec('pods' in from ? from.namespace : '', 'AllowedConnection');
      ingress?.toSpec('pods' in to ? to.namespace : '', 'AllowedConnection');
    }
    super(scope, id);
    const written = this.find(from, to, names, { kind, profile: props.profile });
    this.egress = written.egress;
    this.ingress = written.ingress;
    allow(written, from, to, props.ports);
  }

  /** The policies between these ends: those of an earlier connection in the chart, or new ones. */
  private find(
    from: ConnectionEnd,
    to: ConnectionEnd,
    names: { egress: string; ingress: string },
    how: HowWritten,
  ): Written {
    const chart = Chart.of(this);
    const all = AllowedConnection.written.get(chart) ?? new Map<string, Written>();
    AllowedConnection.written.set(chart, all);
    const key = JSON.stringify([identity(from), identity(to), names, how.kind]);
    const earlier = all.get(key);
    if (earlier !== undefined && [earlier.egress, earlier.ingress].every(isInTree)) {
      return earlier;
    }
    const written = {
      egress: this.policy(from, names.egress, how),
      ingress: this.policy(to, names.ingress, how),
      ports: new Set<string>(),
      everyPort: false,
    };
    all.set(key, written);
    return written;
  }

  private policy(end: ConnectionEnd, name: string, { kind, profile }: HowWritten): Policy | undefined {
    return 'pods' in end
      ? policyOfKind(kind, this, name, { namespace: end.namespace, podSelector: end.pods }, profile)
      : undefined;
  }
}

function allow(
  written: Written,
  from: ConnectionEnd,
  to: ConnectionEnd,
  ports: readonly Port[] | undefined,
): void {
  const fresh = written.everyPort ? [] : ports?.filter((port) => !written.ports.has(String(port)));
  if (fresh?.length === 0) {
    return;
  }
  const { egress, ingress } = rulesBetween(from, to, fresh);
  if (egress !== undefined) {
    written.egress?.addRule(egress);
  }
  if (ingress !== undefined) {
    written.ingress?.addRule(ingress);
  }
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
