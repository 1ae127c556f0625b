import { readAddress } from '../model/cidr';
import { type CiliumEntity, ENTITY_NAMES } from '../model/cilium-entity';
import { defined } from '../model/defined';
import { checkHostName } from '../model/host-name';
import { checkIpBlock } from '../model/ip-block';
import { checkNamespaceName, isDnsLabel, suggestName } from '../model/names';
import type { IpBlock, NetworkPolicyPeer } from '../model/network-policy';
import { inside, placeOf, type Spot } from '../model/place';
import { isString, NetworkPolicyError, refuseIf, show } from '../model/problem';
import { needsCilium } from './cilium-needed';
import { frozen } from './frozen';

import { mark } from './kind';
import { NamespaceSelector, type NamespaceSelectorLike } from './namespace-selector';
import { checkList, checkOptions } from './options';
import { PodSelector, type PodSelectorLike } from './pod-selector';
import { has, type PlusPeer, type PlusPodSelector, readPlusLabelSelector, unreadableShape } from './shapes';

/** What `Peer.of` accepts: a workload, pods, namespaces or an IP block of any version of cdk8s-plus. */
export type PeerLike = PlusPeer | PlusPodSelector;

/** The parts of a peer. `pods` without `namespaces` are pods of the policy's own namespace. */
export type PeerParts =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'entity'; readonly entity: CiliumEntity }
  | { readonly kind: 'service'; readonly name: string; readonly namespace?: string }
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'ip-blocks'; readonly ipBlocks: readonly IpBlock[]; readonly fixed?: true }
  | { readonly kind: 'pods'; readonly pods?: PodSelector; readonly namespaces?: NamespaceSelector };

/** Who a rule allows: an allowed source of an ingress rule, an allowed destination of an egress rule. */
export class Peer {
  static {
    mark(Peer.prototype, 'peer');
  }

  /**
   * Pods of the policy's own namespace ("From the same namespace").
   *
   * @param pods which of them
   * @default pods every pod of the namespace
   * @throws NetworkPolicyError `selector-unreadable`; `selector-in-other-namespace` when the rule is added
   *   to a policy of another namespace than the workload's
   */
  public static sameNamespace(pods?: PodSelectorLike): Peer {
    return new Peer({ kind: 'pods', pods: pods === undefined ? PodSelector.all() : PodSelector.of(pods) });
  }

  /**
   * Pods of other namespaces ("From other namespaces within the cluster"). Both selectors must match. Whatever the
   * portal's label says, all namespaces include the policy's own.
   *
   * @param options.namespaces which namespaces; default: every namespace, or the workload's if `pods` is one
   * @param options.pods which pods in them; default: every pod
   * @throws NetworkPolicyError `selector-unreadable`, `type-mismatch`, `field-unknown`;
   *   `selector-in-other-namespace` for a workload that is not in the one namespace given
   */
  public static otherNamespaces(
    options: { readonly namespaces?: NamespaceSelectorLike; readonly pods?: PodSelectorLike } = {},
  ): Peer {
    const at = 'Peer.otherNamespaces';
    checkOptions(options, ['namespaces', 'pods'], at);
    const pods = options.pods === undefined ? undefined : PodSelector.of(options.pods);
    const namespaces = namespacesFor(options.namespaces, pods, at);
    return new Peer({ kind: 'pods', ...defined({ namespaces, pods }) });
  }

  /**
   * Addresses of one IP block ("From IP blocks outside the cluster").
   *
   * On the engines azure and calico the block also matches pods and nodes with such addresses, on cilium it never does.
   * The addresses of pods change, so select pods by labels.
   *
   * @param cidr a CIDR in canonical form, such as `203.0.113.0/24` or `2001:db8::/32`
   * @param options.except ranges strictly inside `cidr` to leave out; default: none
   * @throws NetworkPolicyError `cidr-missing`, `cidr-invalid`, `cidr-host-bits`, `cidr-leading-zeros`,
   *   `cidr-ipv4-mapped`, `except-outside-cidr`, `type-mismatch`, `field-unknown`
   * @see kubernetes pkg/apis/networking/validation, ValidateIPBlock
   */
  public static ipBlock(cidr: string, options: { readonly except?: readonly string[] } = {}): Peer {
    checkOptions(options, ['except'], 'Peer.ipBlock');
    const { except = [] } = options;
    checkList(except, 'Peer.ipBlock except');
    const ipBlock: IpBlock = { cidr, ...(except.length > 0 && { except: [...except] }) };
    refuseIf((problems) => checkIpBlock(ipBlock, 'Peer.ipBlock', problems));
    return new Peer({ kind: 'ip-blocks', ipBlocks: [ipBlock] });
  }

  /**
   * Addresses of services, each an address or a CIDR. They do not change, so a private address among them is not
   * reported as a pod's.
   *
   * @internal
   */
  public static fixedAddresses(addresses: readonly string[], at: string): Peer {
    const ipBlocks = addresses.map((text) => ({
      cidr: readAddress(String(text)) === undefined ? text : `${text}${text.includes(':') ? '/128' : '/32'}`,
    }));
    refuseIf((problems) => {
      for (const [i, ipBlock] of ipBlocks.entries()) {
        checkIpBlock(ipBlock, inside(at, i), problems);
      }
    });
    return new Peer({ kind: 'ip-blocks', ipBlocks, fixed: true });
  }

  /**
   * All addresses, as the portal writes it: `0.0.0.0/0`, which is IPv4 only.
   *
   * @param options.ipv6 adds `::/0`; default: false
   * @throws NetworkPolicyError `type-mismatch`, `field-unknown`
   */
  public static allIpBlocks(options: { readonly ipv6?: boolean } = {}): Peer {
    checkOptions(options, ['ipv6'], 'Peer.allIpBlocks');
    const ipBlocks = [{ cidr: '0.0.0.0/0' }, ...(options.ipv6 === true ? [{ cidr: '::/0' }] : [])];
    return new Peer({ kind: 'ip-blocks', ipBlocks });
  }

  /** Everybody: every pod, node and address. A rule with it has no list of peers. */
  public static anywhere(): Peer {
    return new Peer({ kind: 'anywhere' });
  }

  /**
   * Addresses outside the cluster of a host name: only of an allowed destination, and only in Cilium's own policies, which
   * write the DNS rule that the name needs along with it. On AKS, Advanced Container Networking Services must be on. Pods and
   * nodes have no host name here, so names of Kubernetes services match nothing.
   *
   * @param name such as `login.microsoftonline.com`; `*` stands for any part of a name between dots, so `*.example.com` is
   *   `a.example.com`, and neither `example.com` nor `a.b.example.com`
   * @throws NetworkPolicyError `host-name-invalid`, `host-name-too-wide`, `type-mismatch`
   * @see MicrosoftDocs/azure-aks-docs, articles/aks/container-network-security-fqdn-filtering-concepts.md, read
   *   2026-11-30; cilium v1.19.5, pkg/policy/api/fqdn.go
   */
  public static hostName(name: string): Peer {
    refuseIf((problems) => checkHostName(name, 'Peer.hostName', problems));
    return new Peer({ kind: 'name', name });
  }

  /**
   * Peers by what they are to Cilium, only in its own policies.
   *
   * @param entity `world` is every address that is neither a pod nor a node; `cluster` every pod and node, and the API
   *   server wherever it runs; `host` the node that a pod runs on, `remote-node` the others; `all` is everybody
   * @throws NetworkPolicyError `value-unknown`
   * @see cilium v1.19.5, pkg/policy/api/entity.go, and the definition of its kinds
   */
  public static entity(entity: CiliumEntity): Peer {
    if (!ENTITY_NAMES.includes(entity)) {
      throw new NetworkPolicyError({
        code: 'value-unknown',
        at: 'Peer.entity',
        got: show(entity),
        problem: 'Cilium knows no such entity',
        fix: `write one of ${ENTITY_NAMES.join(', ')}`,
      });
    }
    return new Peer({ kind: 'entity', entity });
  }

  /**
   * The pods behind a service, or the addresses of one without a selector: only of an allowed destination,
   * and only in Cilium's own policies. Pods are better selected by their labels: a rule with a service cannot
   * have ports, because Cilium opens them to everybody as long as the service has no pods.
   *
   * @param name of the service
   * @param options.namespace the service's; default: the policy's own
   * @throws NetworkPolicyError `name-invalid`, `namespace-invalid`, `namespace-missing`, `type-mismatch`, `field-unknown`;
   *   `no-own-namespace` in a clusterwide policy, if no namespace is given
   * @see cilium v1.19.5, pkg/policy/k8s/service.go
   */
  public static service(name: string, options: { readonly namespace?: string } = {}): Peer {
    const at = 'Peer.service';
    checkOptions(options, ['namespace'], at);
    const { namespace } = options;
    refuseIf((problems) => {
      if (isString(name, at, problems) && !isDnsLabel(name)) {
        problems.push({
          code: 'name-invalid',
          at,
          got: show(name),
          problem: 'a service\'s name has 1 to 63 of a-z, 0-9 and "-", and a letter or digit at both ends',
          fix: `write ${show(suggestName(name, 63) || 'db')}`,
        });
      }
      if (namespace !== undefined) {
        checkNamespaceName(namespace, `${at} namespace`, problems);
      }
    });
    return new Peer({ kind: 'service', name, ...defined({ namespace }) });
  }

  /**
   * A workload, pod, pod selector, namespace or IP block of any version of cdk8s-plus.
   *
   * A workload is a peer in its own namespace (`default` if it has none), wherever the policy is.
   *
   * @throws NetworkPolicyError `peer-unreadable`, and the codes of the values inside
   */
  public static of(peer: PeerLike): Peer {
    if (has(peer, 'toPodSelectorConfig')) {
      return Peer.ofPods(PodSelector.of(peer as unknown as PlusPodSelector));
    }
    if (!has(peer, 'toNetworkPolicyPeerConfig')) {
      throw unreadableShape(
        'peer-unreadable',
        'Peer.of',
        peer,
        'a workload, pods, namespaces or an IP block of cdk8s-plus',
      );
    }
    const { ipBlock, podSelector } = (peer as PlusPeer).toNetworkPolicyPeerConfig();
    if (ipBlock !== undefined) {
      return Peer.ipBlock(ipBlock.cidr, { except: ipBlock.except ?? [] });
    }
    if (podSelector === undefined) {
      throw unreadableShape('peer-unreadable', 'Peer.of', peer, 'a peer with pods or an IP block');
    }
    const { labelSelector, namespaces } = podSelector;
    const pods = PodSelector.of({ ...readPlusLabelSelector(labelSelector) });
    return new Peer({
      kind: 'pods',
      pods: pods.isAll ? PodSelector.all() : pods,
      ...defined({ namespaces: namespaces == null ? undefined : NamespaceSelector.ofPlus(namespaces) }),
    });
  }

  private static ofPods(pods: PodSelector): Peer {
    return new Peer({ kind: 'pods', ...defined({ pods, namespaces: pods.namespaces }) });
  }

  private constructor(private readonly parts: PeerParts) {
    if (parts.kind === 'ip-blocks') {
      frozen(parts.ipBlocks);
    }
  }

  /** Its parts, for findings. */
  public toParts(): PeerParts {
    return this.parts;
  }

  /**
   * Its entries in `from` or `to`.
   *
   * @param namespace the policy's own; a workload in it needs no namespace selector
   * @param at the place of the peer, for errors
   * @throws NetworkPolicyError `selector-in-other-namespace`; `cilium-policy-needed` for what a NetworkPolicy cannot name
   */
  public toSpec(namespace: string, at: Spot = 'the peer'): readonly NetworkPolicyPeer[] {
    const { parts } = this;
    if (parts.kind === 'anywhere') {
      return [];
    }
    if (parts.kind === 'ip-blocks') {
      return parts.ipBlocks.map((ipBlock) => ({ ipBlock }));
    }
    if (parts.kind !== 'pods') {
      throw needsCilium(
        { name: 'host names', entity: 'entities', service: 'services' }[parts.kind],
        at,
        parts.kind === 'entity' ? parts.entity : parts.name,
      );
    }
    const { pods, namespaces } = parts;
    const home = pods?.namespaces?.soleName;
    if (namespaces === undefined || (home === namespace && namespaces.soleName === namespace)) {
      refuseForeign(pods, namespace, at, 'write Peer.of(...), which selects a workload in its own namespace');
      return [{ podSelector: pods?.toLabelSelector() ?? {} }];
    }
    const namespaceSelector = namespaces.toLabelSelector();
    return pods === undefined || pods.isAll
      ? [{ namespaceSelector }]
      : [{ namespaceSelector, podSelector: pods.toLabelSelector() }];
  }
}

/**
 * The namespaces of pods: those that are given, else the pods' own, else every namespace.
 *
 * @throws NetworkPolicyError `selector-in-other-namespace`
 */
export function namespacesFor(
  namespaces: NamespaceSelectorLike | undefined,
  pods: PodSelector | undefined,
  at: string,
): NamespaceSelector {
  const given = namespaces === undefined ? undefined : NamespaceSelector.of(namespaces);
  const home = pods?.namespaces;
  // Only single names can be compared; whether other selectors mean the same namespaces is not known.
  if (
    given !== undefined &&
    home !== undefined &&
    (home.soleName === undefined || given.soleName !== home.soleName)
  ) {
    throw new NetworkPolicyError({
      code: 'selector-in-other-namespace',
      at,
      got: `pods of ${show(home.toLabelSelector())} in ${show(given.toLabelSelector())}`,
      problem: 'the pods already have namespaces, and other namespaces are given',
      fix: 'leave namespaces out, or select the pods by labels',
    });
  }
  return given ?? home ?? NamespaceSelector.all();
}

/**
 * Refuses pods of another namespace than the one they are selected in.
 *
 * @param fix what to write instead
 * @throws NetworkPolicyError `selector-in-other-namespace`
 */
export function refuseForeign(pods: PodSelector | undefined, namespace: string, at: Spot, fix: string): void {
  const home = pods?.namespaces;
  if (home !== undefined && home.soleName !== namespace) {
    throw new NetworkPolicyError({
      code: 'selector-in-other-namespace',
      at: placeOf(at),
      got:
        home.soleName === undefined
          ? `pods of ${show(home.toLabelSelector())}`
          : `pods of the namespace ${home.soleName}`,
      problem: `only pods of the policy's own namespace, ${namespace}, can be selected here`,
      fix:
        home.soleName === 'default'
          ? `give the workload or its chart the namespace ${namespace}, or ${fix}`
          : fix,
    });
  }
}
