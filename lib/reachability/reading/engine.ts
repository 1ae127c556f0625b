import { isEnforced } from '../../aks/enforcement';
import {
  type Departure,
  type DepartureId,
  ENGINE_DEPARTURES,
  isFilteredByCilium,
} from '../../aks/engine-departures';
import { PRIVATE_IPV4 } from '../../model/cidr';
import type { UnjudgedPolicy } from '../../model/cluster';
import type { EngineName, EngineProfile } from '../../model/engine-profile';
import { IpSet } from '../../model/ip-set';
import { isFrom, isUpTo } from '../../model/kubernetes-version';
import type { OtherPolicyKind } from '../../model/other-policies';
import type { Tristate } from '../../model/tristate';
import { Bounds } from '../sets/bounds';

/** Where an unknown address lies if the profile does not tell: private IPv4 ranges. */
const PRIVATE_RANGES = IpSet.ofCidrs(PRIVATE_IPV4);

/** The engine that enforces policies: its departures from the specification, and the ranges of addresses. */
export class Engine {
  /** Where an unknown address of a pod lies. */
  public readonly podRange: IpSet;
  /** Where an unknown address of a node lies. */
  public readonly nodeRange: IpSet;
  /** The addresses of the API server. */
  public readonly apiServer: Bounds<IpSet>;
  private readonly states: ReadonlyMap<DepartureId, Tristate>;

  public constructor(public readonly profile: EngineProfile) {
    this.podRange = rangeOf(profile.podCidrs);
    this.nodeRange = rangeOf(profile.nodeCidrs);
    const { apiServerAddresses: addresses } = profile;
    this.apiServer =
      addresses === undefined
        ? new Bounds(IpSet.NONE, IpSet.ALL)
        : Bounds.exactly(IpSet.union(addresses.flatMap((each) => IpSet.ofAddress(each) ?? [])));
    this.states = new Map(ENGINE_DEPARTURES.map((departure) => [departure.id, this.state(departure)]));
  }

  /** Whether the engine departs from the specification in this way. */
  public does(id: DepartureId): Tristate {
    return this.states.get(id) as Tristate;
  }

  /** Undefined if the specification judges. */
  public get name(): EngineName | undefined {
    return this.profile.engine;
  }

  /** Whether pods may carry their service accounts as labels, as Cilium has it. */
  public get mayKnowAccounts(): boolean {
    return this.name === undefined || this.name === 'cilium' || this.name === 'byo-cilium';
  }

  /** Whether the profile tells the range of pods. */
  public get knowsPodRange(): boolean {
    return this.podRange !== PRIVATE_RANGES;
  }

  /** Whether the profile tells the range of nodes. */
  public get knowsNodeRange(): boolean {
    return this.nodeRange !== PRIVATE_RANGES;
  }

  /** What `**` stands for in host names, as for `namesHosts`. AKS brings Cilium 1.19 with Kubernetes 1.36 at the earliest. */
  public get manyLabels(): Tristate {
    const { engine, kubernetesVersion } = this.profile;
    return engine === 'cilium' && isUpTo(kubernetesVersion, '1.35') === true ? 'no' : 'unknown';
  }

  /**
   * Whether filters count for pods that no policy isolates. From Cilium 1.18 on, which AKS brings with Kubernetes 1.34,
   * everything passes them.
   *
   * @see cilium v1.18.6, pkg/policy/l4.go, ensureWildcard
   */
  public get filtersOpenPods(): Tristate {
    const { engine, kubernetesVersion } = this.profile;
    return engine === 'cilium' && isFrom(kubernetesVersion, '1.34') === true ? 'no' : 'unknown';
  }

  /** Equal for engines that judge alike. */
  public get key(): string {
    const { sure, possible } = this.apiServer;
    return [
      ...this.states.values(),
      this.manyLabels,
      this.filtersOpenPods,
      this.podRange.key,
      this.nodeRange.key,
      sure.key,
      possible.key,
    ].join(' ');
  }

  /** Whether the engine may enforce policies of another kind. */
  public mayEnforce(kind: OtherPolicyKind): boolean {
    return isEnforced(kind, this.profile) !== 'no';
  }

  /** Whether the engine enforces a policy of another kind. */
  public enforces(policy: UnjudgedPolicy): Tristate {
    return isEnforced(policy, this.profile);
  }

  /** Whether selectors see every label of a pod. */
  public get seesAllLabels(): boolean {
    return (
      this.does('label-not-in-identity') === 'no' && this.does('topology-label-not-in-identity') === 'no'
    );
  }

  /** Whether selectors do not see a label of pods, and by which departure. */
  public hidesLabel(key: string): { readonly by: DepartureId; readonly hidden: Tristate } {
    if (isFilteredByCilium(key)) {
      return { by: 'label-not-in-identity', hidden: this.does('label-not-in-identity') };
    }
    return {
      by: 'topology-label-not-in-identity',
      hidden: key.startsWith('topology.kubernetes.io') ? this.does('topology-label-not-in-identity') : 'no',
    };
  }

  private state({ engines, unknownFor, kubernetes }: Departure): Tristate {
    const { engine, kubernetesVersion } = this.profile;
    if (engine === undefined || !isWithin(kubernetesVersion, kubernetes)) {
      return 'no';
    }
    return engines.includes(engine) ? 'yes' : unknownFor?.includes(engine) ? 'unknown' : 'no';
  }
}

const STATEMENTS = new Map(ENGINE_DEPARTURES.map((departure) => [departure.id, departure]));

export function departure(id: DepartureId): Departure {
  return STATEMENTS.get(id) as Departure;
}

function rangeOf(cidrs: readonly string[] | undefined): IpSet {
  const range = IpSet.ofCidrs(cidrs ?? []);
  return range.isEmpty ? PRIVATE_RANGES : range;
}

/** An unknown version lies in no bounded range. */
function isWithin(version: string | undefined, range: Departure['kubernetes']): boolean {
  if (range === undefined) {
    return true;
  }
  const { from, to } = range;
  return (
    (from === undefined || isFrom(version, from) === true) &&
    (to === undefined || isUpTo(version, to) === true)
  );
}
