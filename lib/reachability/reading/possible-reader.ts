import type { Workload } from '../../model/cluster';
import { remember, remembered } from '../../model/collections';
import type { AddressPosition, IpSet } from '../../model/ip-set';
import type { LabelSelectorRequirement } from '../../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { isNamed, PodSet } from '../../model/pod-set';
import type { PodSpace } from '../../model/pod-space';
import type { PodSelection, TrafficPeer } from '../../model/policy-rules';
import { requirementsOf } from '../../model/selector-match';
import { isCompleted, positions } from '../sets/units';
import { mayLieIn } from './address-index';
import { Controllers } from './controllers';
import type { Engine } from './engine';
import { type Hooks, type Reading, read } from './hooks';
import { type JudgedPolicy, subjectOf } from './judged-policy';
import { fitsEveryNamespace } from './namespace-index';
import { BlockReader } from './read-ip-block';
import type { ReadPeer } from './read-peers';

/** Sets of possible pods, which no manifest tells of: those that are surely meant, and all that may be. */
export interface PossiblyMeant {
  readonly sure: readonly PodSet[];
  readonly possible: readonly PodSet[];
}

/** The addresses of larger blocks are not looked at one by one. */
const MOST_ADDRESSES = 256n;

const exactly = (sets: readonly PodSet[]): PossiblyMeant => ({ sure: sets, possible: sets });
const NO_PARTIES: readonly PodSet[] = [];
const NOBODY = exactly(NO_PARTIES);
const ANYBODY = exactly([PodSet.ANY]);
const EVERYBODY: Reading<PossiblyMeant> = { actual: ANYBODY, specified: ANYBODY, by: [] };

/** Finds out which possible pods policies mean. */
export class PossibleReader {
  // No weak maps: with so many entries these are slow.
  private readonly peers = new Map<TrafficPeer, Reading<PossiblyMeant>>();
  private readonly partiesByPeer = new Map<TrafficPeer, readonly PodSet[]>();
  private readonly parties = new Map<string, readonly PodSet[]>();
  private readonly sets = new Map([[PodSet.ANY.key, PodSet.ANY]]);
  private readonly seesAllLabels: boolean;
  private knownControllers: Controllers | undefined;
  private knownTaken: ReadonlySet<AddressPosition> | undefined;

  public constructor(
    public readonly space: PodSpace,
    private readonly workloads: readonly Workload[],
    private readonly engine: Engine,
    private readonly blocks = new BlockReader(engine),
  ) {
    this.seesAllLabels = engine.seesAllLabels;
  }

  /** @param peer undefined for everybody */
  public meant(peer: ReadPeer | undefined): Reading<PossiblyMeant> {
    return peer === undefined
      ? EVERYBODY
      : remember(this.peers, peer.says, () => read(this.engine, (hooks) => this.match(peer.says, hooks)));
  }

  /** The pods that a policy is about, or may be. */
  public readonly subject = remembered((policy: JudgedPolicy): PossiblyMeant => {
    const subject = subjectOf(policy);
    if (subject !== undefined) {
      return read(this.engine, (hooks) => byLabels(subject, hooks)).actual;
    }
    const { namespace, except = [], podSelector: pods = {} } = policy.unreadable ?? {};
    const places =
      namespace === undefined
        ? [{ key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: except }]
        : [isNamed([namespace])];
    return { sure: [], possible: only(PodSet.meeting(places, requirementsOf(pods))) };
  });

  /**
   * The parts of a set that are told apart: one for each namespace that it names, without those that have only pods
   * of known controllers. Equal parts are one object.
   */
  public partiesOf(set: PodSet): readonly PodSet[] {
    return remember(this.parties, set.key, () =>
      this.space
        .partsOf(set)
        .filter((each) => !this.controllers.haveAll(each))
        .map((each) => remember(this.sets, each.key, () => each)),
    );
  }

  /**
   * The same for pods that a policy is about if none of them is known. Here pods of known controllers count, because
   * their labels may change, unless they are on their node's network, where no policy reaches them.
   */
  public subjectsOf(set: PodSet): readonly PodSet[] {
    return this.space.partsOf(set).filter((each) => !this.controllers.haveOnNodes(each));
  }

  /** The parts that a peer means; mostly none, because most peers mean one known application. */
  public partiesOfPeer(peer: ReadPeer): readonly PodSet[] {
    return remember(this.partiesByPeer, peer.says, () =>
      this.isOwned(peer.says)
        ? NO_PARTIES
        : this.meant(peer).actual.possible.flatMap((set) => this.partiesOf(set)),
    );
  }

  /** Whether a peer means pods of one known controller only. Found out without reading the peer. */
  private isOwned(peer: TrafficPeer): boolean {
    if (peer.kind !== 'pods' || typeof peer.namespaces !== 'string') {
      return false;
    }
    const { matchLabels: labels = {} } = peer.pods;
    return (
      (this.seesAllLabels ||
        Object.keys(labels).every((key) => this.engine.hidesLabel(key).hidden === 'no')) &&
      this.controllers.own(peer.namespaces, labels)
    );
  }

  /** Whether there may be a pod in `set`, in no set of `without` and of no known controller. */
  public remains(set: PodSet, without: readonly PodSet[]): boolean {
    return this.space.remains(set, without) && !this.controllers.haveAll(set, without);
  }

  private get controllers(): Controllers {
    this.knownControllers ??= new Controllers(this.workloads, this.space);
    return this.knownControllers;
  }

  /** Whether known pods have all of these addresses, so that no possible pod has one. */
  private isTaken(addresses: IpSet): boolean {
    const { boundaries } = addresses;
    const [first = 0n, end = 0n] = boundaries;
    if (boundaries.length !== 2 || end - first > MOST_ADDRESSES) {
      return false;
    }
    this.knownTaken ??= new Set(
      this.workloads.flatMap(({ pods }) =>
        pods.flatMap((pod) => (isCompleted(pod) ? [] : (positions(pod.addresses) ?? []))),
      ),
    );
    for (let address = first; address < end; address += 1n) {
      if (!this.knownTaken.has(address)) {
        return false;
      }
    }
    return true;
  }

  private match(peer: TrafficPeer, hooks: Hooks): PossiblyMeant {
    switch (peer.kind) {
      case 'pods':
        return byLabels(peer, hooks);
      case 'entity':
        return peer.entity === 'cluster' || peer.entity === 'all' ? ANYBODY : NOBODY;
      case 'name':
        return NOBODY;
      case 'addresses': {
        const block = hooks.pick(this.blocks.read(peer));
        if (block === 'everybody') {
          return ANYBODY;
        }
        const never = hooks.does('ip-block-never-pods');
        const lies =
          never === 'yes' || this.isTaken(block.possible) ? 'no' : mayLieIn(this.engine.podRange, block);
        return lies === 'no'
          ? NOBODY
          : lies === 'yes' && never === 'no'
            ? ANYBODY
            : { sure: [], possible: [PodSet.ANY] };
      }
    }
  }
}

function byLabels({ namespaces, pods }: PodSelection, hooks: Hooks): PossiblyMeant {
  const places =
    typeof namespaces === 'string'
      ? [isNamed([namespaces])]
      : requirementsOf(namespaces).filter((each) => fitsEveryNamespace(each, hooks) !== 'yes');
  const [sure, possible] = labelsUnder(requirementsOf(pods), hooks);
  const possibly = possible && PodSet.meeting(places, possible);
  const possiblyMeant = only(possibly);
  return {
    sure: sure === possible ? possiblyMeant : only(sure && PodSet.meeting(places, sure)),
    possible: possiblyMeant,
  };
}

/**
 * The requirements on labels if the engine sees some labels not, or perhaps not: for pods that surely fit, and for
 * pods that may. Undefined if no pod does.
 */
function labelsUnder(
  requirements: readonly LabelSelectorRequirement[],
  hooks: Hooks,
): readonly [
  readonly LabelSelectorRequirement[] | undefined,
  readonly LabelSelectorRequirement[] | undefined,
] {
  const hidden = requirements.map(({ key }) => hooks.hidesLabel(key));
  if (hidden.every((each) => each === 'no')) {
    return [requirements, requirements];
  }
  const needsLabel = ({ operator }: LabelSelectorRequirement) => operator === 'In' || operator === 'Exists';
  const fitsNobody = requirements.some((each, i) => hidden[i] === 'yes' && needsLabel(each));
  const mayFitNobody = requirements.some((each, i) => hidden[i] !== 'no' && needsLabel(each));
  return [
    mayFitNobody ? undefined : requirements.filter((_, i) => hidden[i] !== 'yes'),
    fitsNobody ? undefined : requirements.filter((each, i) => hidden[i] === 'no' || needsLabel(each)),
  ];
}

function only(set: PodSet | undefined): readonly PodSet[] {
  return set === undefined ? [] : [set];
}
