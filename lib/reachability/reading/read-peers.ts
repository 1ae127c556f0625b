import { remember } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import { isBlankSelector, type LabelSelector } from '../../model/label-selector';
import type { EntityName, PodPeer, PodSelection, TrafficPeer } from '../../model/policy-rules';
import { isNegative } from '../../model/selector-match';
import { SERVICE_ACCOUNT_LABEL } from '../../model/service-account';
import type { Tristate } from '../../model/tristate';
import { Bits } from '../sets/bits';
import { Bounds } from '../sets/bounds';
import type { UnitIndex } from '../sets/unit-index';
import { AddressIndex } from './address-index';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import type { NamespaceIndex } from './namespace-index';
import type { BlockReader } from './read-ip-block';

/** Everybody whom an entry of `from` or `to` means. */
export interface PeerMatch {
  readonly units: Bounds<Bits>;
  /** Addresses that are no pod's and no node's. */
  readonly addresses: Bounds<IpSet>;
  /** Addresses of nodes. */
  readonly nodes: Bounds<IpSet>;
}

/** A peer and whom it means. Peers that say the same are one object. */
export interface ReadPeer extends Reading<PeerMatch> {
  readonly says: TrafficPeer;
}

const NO_ADDRESS = Bounds.exactly(IpSet.NONE);
const EVERY_ADDRESS = Bounds.exactly(IpSet.ALL);
const ANY_ADDRESS = new Bounds(IpSet.NONE, IpSet.ALL);

/** Finds out whom peers mean; reads each distinct peer once. */
export class PeerReader {
  /** Whom a rule without peers means. */
  public readonly everybody: PeerMatch;
  private readonly entities: Readonly<Record<EntityName, PeerMatch>>;
  private readonly names: PeerMatch;
  private readonly pods: AddressIndex;
  private readonly hosts: AddressIndex;
  private readonly known = new Map<string, ReadPeer>();
  private readonly selections = new Map<string, Reading<Bounds<Bits>>>();

  public constructor(
    public readonly index: UnitIndex,
    private readonly namespaces: NamespaceIndex,
    private readonly blocks: BlockReader,
    private readonly engine: Engine,
  ) {
    this.pods = new AddressIndex(index, index.selectable, engine.podRange);
    this.hosts = new AddressIndex(index, index.hosts, engine.nodeRange);
    const [all, none] = [Bounds.exactly(index.all), Bounds.exactly(Bits.NONE)];
    this.everybody = { units: all, addresses: EVERY_ADDRESS, nodes: EVERY_ADDRESS };
    const nobody: PeerMatch = { units: none, addresses: NO_ADDRESS, nodes: NO_ADDRESS };
    const someNode: PeerMatch = {
      units: new Bounds(Bits.NONE, index.hosts),
      addresses: NO_ADDRESS,
      nodes: ANY_ADDRESS,
    };
    this.entities = {
      all: this.everybody,
      cluster: { units: all, addresses: NO_ADDRESS, nodes: EVERY_ADDRESS },
      world: { units: none, addresses: EVERY_ADDRESS, nodes: NO_ADDRESS },
      nodes: { units: Bounds.exactly(index.hosts), addresses: NO_ADDRESS, nodes: EVERY_ADDRESS },
      // Nobody asks whether a node is the pod's own.
      host: someNode,
      'remote-node': someNode,
      'kube-apiserver': { ...nobody, addresses: engine.apiServer },
      init: nobody,
      ingress: nobody,
      health: nobody,
      none: nobody,
    };
    this.names = { ...nobody, addresses: ANY_ADDRESS };
  }

  /** The pods that selectors match. */
  public select(selection: PodSelection): Reading<Bounds<Bits>> {
    const pods = this.byPodLabels(selection.pods);
    const places = this.in(selection.namespaces);
    const by = places.by.length === 0 ? pods.by : [...new Set([...places.by, ...pods.by])];
    const actual = places.actual.and(pods.actual);
    return { actual, specified: by.length === 0 ? actual : places.specified.and(pods.specified), by };
  }

  /** The same for the subject of a policy: the engine may not hold pods on Windows nodes. */
  public hold(selection: PodSelection): Reading<Bounds<Bits>> {
    const selected = this.select(selection);
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

  public read(says: TrafficPeer): ReadPeer {
    return remember(this.known, peerKey(says), () => ({
      says,
      ...read(this.engine, (hooks) => this.match(says, hooks)),
    }));
  }

  private in(namespaces: PodSelection['namespaces']): Reading<Bounds<Bits>> {
    if (typeof namespaces !== 'string') {
      return this.namespaces.select(namespaces);
    }
    const own = Bounds.exactly(this.index.inNamespace(namespaces));
    return { actual: own, specified: own, by: [] };
  }

  private byPodLabels(selector: LabelSelector): Reading<Bounds<Bits>> {
    return remember(this.selections, JSON.stringify(selector), () =>
      read(this.engine, (hooks) => this.matchingLabels(selector, hooks)),
    );
  }

  private match(peer: TrafficPeer, hooks: Hooks): PeerMatch {
    switch (peer.kind) {
      case 'pods':
        return this.byLabels(peer, hooks);
      case 'addresses': {
        const block = hooks.pick(this.blocks.read(peer));
        return block === 'everybody' ? this.everybody : this.inBlock(block, hooks);
      }
      case 'entity':
        return this.entities[peer.entity];
      case 'name':
        return this.names;
    }
  }

  private byLabels({ namespaces, pods }: PodPeer, hooks: Hooks): PeerMatch {
    const units = hooks.pick(this.in(namespaces)).and(hooks.pick(this.byPodLabels(pods)));
    const isNegativeAlone =
      typeof namespaces !== 'string' && isNegative(namespaces) && (isBlankSelector(pods) || isNegative(pods));
    const opens = isNegativeAlone ? opensOutside(hooks) : 'no';
    const hosts = Bounds.exactly(this.index.hosts);
    return {
      units: Bounds.choose(opens, units.or(hosts), units),
      addresses: Bounds.choose(opens, EVERY_ADDRESS, NO_ADDRESS),
      nodes: Bounds.choose(opens, EVERY_ADDRESS, NO_ADDRESS),
    };
  }

  private inBlock(block: Bounds<IpSet>, hooks: Hooks): PeerMatch {
    const nothing = Bounds.exactly(Bits.NONE);
    const nodes = Bounds.choose(hooks.does('ip-block-never-nodes'), NO_ADDRESS, block);
    const pods = Bounds.choose(hooks.does('ip-block-never-pods'), nothing, this.pods.matching(block));
    return { units: pods.or(this.hosts.matching(nodes)), addresses: block, nodes };
  }

  private matchingLabels(selector: LabelSelector, hooks: Hooks): Bounds<Bits> {
    return this.index.select(selector, ({ key, operator }, byLabels) => {
      const withoutLabel = operator === 'In' || operator === 'Exists' ? Bits.NONE : this.index.selectable;
      const isHidden =
        key === SERVICE_ACCOUNT_LABEL && !this.engine.mayKnowAccounts ? 'yes' : hooks.hidesLabel(key);
      return Bounds.choose(isHidden, Bounds.exactly(withoutLabel), byLabels);
    });
  }
}

/** Whether selectors that only exclude mean addresses and nodes, too. */
function opensOutside(hooks: Hooks): Tristate {
  const surely = hooks.does('negative-namespace-selector-opens-outside');
  return surely === 'no' ? hooks.does('negative-selectors-may-open-outside') : surely;
}

/** Equal for peers that say the same. */
export function peerKey(peer: TrafficPeer): string {
  switch (peer.kind) {
    case 'pods':
      return `${JSON.stringify(peer.namespaces)} ${JSON.stringify(peer.pods)}`;
    case 'addresses':
      return `${peer.cidr} ${peer.except}`;
    case 'entity':
      return peer.entity;
    case 'name':
      return `name ${peer.name}`;
  }
}
