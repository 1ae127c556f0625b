import { IpSet } from '../model/ip-set';
import type { LabelSelector, LabelSelectorRequirement } from '../model/label-selector';
import { isBlankSelector } from '../model/label-selector';
import type { NetworkPolicyPeer } from '../model/network-policy';
import { remember } from '../model/remember';
import { isNegative } from '../model/selector-match';
import { AddressIndex } from './address-index';
import type { Bits } from './bits';
import { Bounds } from './bounds';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import { readIpBlock } from './ip-block';
import type { NamespaceIndex } from './namespace-index';
import type { UnitIndex } from './unit-index';

/** Whom an entry of `from` or `to` means. */
export interface PeerMatch {
  readonly units: Bounds<Bits>;
  /** Addresses that are no pod's and no node's. */
  readonly addresses: Bounds<IpSet>;
  /** Addresses of nodes. */
  readonly nodes: Bounds<IpSet>;
}

const NO_ADDRESS = Bounds.exactly(IpSet.NONE);
const EVERY_ADDRESS = Bounds.exactly(IpSet.ALL);

/** Finds out whom the peers of policies mean; each distinct peer once. */
export class PeerReader {
  /** What a rule without peers means. */
  public readonly everybody: PeerMatch;
  private readonly pods: AddressIndex;
  private readonly hosts: AddressIndex;
  private readonly known = new Map<string, Reading<PeerMatch>>();
  private readonly selections = new Map<string, Reading<Bounds<Bits>>>();

  public constructor(
    private readonly index: UnitIndex,
    private readonly namespaces: NamespaceIndex,
    private readonly engine: Engine,
  ) {
    this.pods = new AddressIndex(index, index.selectable, engine.podRange);
    this.hosts = new AddressIndex(index, index.hosts, engine.nodeRange);
    this.everybody = {
      units: Bounds.exactly(index.all),
      addresses: EVERY_ADDRESS,
      nodes: EVERY_ADDRESS,
    };
  }

  /** The pods of one namespace that a selector matches. */
  public select(namespace: string, selector: LabelSelector): Reading<Bounds<Bits>> {
    const { actual, specified, by } = this.selection(selector);
    const own = Bounds.exactly(this.index.inNamespace(namespace));
    const inOwn = own.and(actual);
    return { actual: inOwn, specified: by.length === 0 ? inOwn : own.and(specified), by };
  }

  /** The same for the pods that a policy is to hold: of some an engine may not know how. */
  public hold(namespace: string, selector: LabelSelector): Reading<Bounds<Bits>> {
    const selected = this.select(namespace, selector);
    const { sure, possible } = selected.actual;
    const { windows } = this.index;
    return sure.overlaps(windows) && this.engine.does('windows-pod-not-known') !== 'no'
      ? {
          ...selected,
          actual: new Bounds(sure.without(windows), possible),
          by: [...selected.by, 'windows-pod-not-known'],
        }
      : selected;
  }

  /** @param namespace of the policy that holds the peer */
  public read(namespace: string, peer: NetworkPolicyPeer): Reading<PeerMatch> {
    const isOwn = peer.namespaceSelector == null && peer.ipBlock == null;
    const key = `${isOwn ? namespace : ''} ${JSON.stringify(peer)}`;
    return remember(this.known, key, () => read(this.engine, (hooks) => this.match(namespace, peer, hooks)));
  }

  private selection(selector: LabelSelector): Reading<Bounds<Bits>> {
    return remember(this.selections, JSON.stringify(selector), () =>
      read(this.engine, (hooks) => this.byLabels(selector, hooks)),
    );
  }

  private match(namespace: string, peer: NetworkPolicyPeer, hooks: Hooks): PeerMatch {
    const { podSelector, namespaceSelector, ipBlock } = peer;
    if (ipBlock != null) {
      const block = readIpBlock(ipBlock, hooks);
      return block === 'everybody' ? this.everybody : this.inBlock(block, hooks);
    }
    const units = (
      namespaceSelector != null
        ? hooks.pick(this.namespaces.select(namespaceSelector))
        : Bounds.exactly(this.index.inNamespace(namespace))
    ).and(hooks.pick(this.selection(podSelector ?? {})));
    const opensOutside =
      namespaceSelector != null &&
      isNegative(namespaceSelector) &&
      (podSelector == null || isBlankSelector(podSelector) || isNegative(podSelector)) &&
      hooks.does('negative-namespace-selector-opens-outside') === 'yes';
    return opensOutside
      ? {
          units: units.or(Bounds.exactly(this.index.hosts)),
          addresses: EVERY_ADDRESS,
          nodes: EVERY_ADDRESS,
        }
      : { units, addresses: NO_ADDRESS, nodes: NO_ADDRESS };
  }

  private inBlock(block: Bounds<IpSet>, hooks: Hooks): PeerMatch {
    const nothing = Bounds.exactly(this.index.none);
    const nodes = Bounds.choose(hooks.does('ip-block-never-nodes'), NO_ADDRESS, block);
    const pods = Bounds.choose(hooks.does('ip-block-never-pods'), nothing, this.pods.matching(block));
    return { units: pods.or(this.hosts.matching(nodes)), addresses: block, nodes };
  }

  private byLabels(selector: LabelSelector, hooks: Hooks): Bounds<Bits> {
    return this.index.select(selector, ({ key, operator }: LabelSelectorRequirement, byLabels) => {
      const withoutLabel =
        operator === 'In' || operator === 'Exists' ? this.index.none : this.index.selectable;
      return Bounds.choose(hooks.hidesLabel(key), Bounds.exactly(withoutLabel), byLabels);
    });
  }
}
