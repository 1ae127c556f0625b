import type { AksClusterProfile } from '../aks/cluster-profile';
import type { Cluster, Namespace, PolicyEntry, Service, Workload } from '../model/cluster';
import { append, remember, remembered } from '../model/collections';
import { defined } from '../model/defined';
import { entryPointsOf } from '../model/entry-points';
import {
  type Acknowledgement,
  describeAcknowledgement,
  type FieldPlaces,
  type Intent,
  NO_INTENT,
  type ObjectReference,
} from '../model/finding';
import type { PolicyType } from '../model/network-policy';
import { type DirectedRule, directedRules, type PodPeer, type PolicyRules } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { ServiceTargets } from '../model/service-targets';
import type { RuleLines, SourcePosition } from '../model/source-position';
import { PartyWords } from '../reachability/answers/party-words';
import { Reachability } from '../reachability/reachability';
import { type Acceptance, acceptancesIn } from './acceptances';
import { type ClusterFacts, factsOf } from './cluster-facts';
import { EngineDifferences } from './engine-differences';
import type { GroupReach } from './group-reach';
import { isOfService } from './peers-elsewhere';

export interface LintOptions {
  /** What is known of the cluster; rules that need more are not applicable. */
  readonly profile?: AksClusterProfile;
  /** `YYYY-MM-DD`. @default the day it is, in UTC */
  readonly today?: string;
  /** What is accepted and expected, by the operator and by the programs that wrote the manifests. */
  readonly intent?: Intent;
  /**
   * The lines of rules that were added by themselves.
   *
   * @default a finding about a rule has the line of its policy
   */
  readonly ruleLines?: RuleLines;
  /**
   * Where the fields of objects stand, as `readManifests` knows it.
   *
   * @default a finding has the line of its object
   */
  readonly fieldPlaces?: FieldPlaces;
  /**
   * The same cluster, judged already with the same profile.
   *
   * @default judged here; so is a cluster whose policies are not the very objects that were judged
   */
  readonly reachability?: Reachability;
}

/** What a finding about an object says of it. */
export interface About {
  readonly object: ObjectReference;
  readonly source?: SourcePosition;
}

/** All that a rule can ask; what several rules need is worked out once. */
export class LintContext {
  public readonly profile: AksClusterProfile;
  public readonly today: string;
  public readonly intent: Intent;
  /** All that is accepted, and by whom. */
  public readonly acceptances: readonly Acceptance[];
  /** Who reaches whom on the profile's engine; by the specification where there is none in it. */
  public readonly reachability: Reachability;
  /** The acknowledgements that mean some finding; complete when the rules about acknowledgements run. */
  public readonly met = new Set<Acknowledgement>();
  /** The acknowledgements that mean more findings than they accept, and how many. */
  public readonly exceeded = new Map<Acknowledgement, number>();
  /** The workloads on their node's network, which no selector means. */
  public readonly hosts: readonly Workload[];
  /** Where the profile's engine leaves the specification. */
  public readonly differences: EngineDifferences;
  /**
   * The policies whose rules are judged: NetworkPolicies, and the specs of those of Cilium's own kinds that the engine
   * enforces. `cluster.policies` has the first alone.
   */
  public readonly policies: readonly PolicyEntry[];
  private readonly workloads = new Map<string, Workload[]>();
  private readonly policiesBy = new Map<string, PolicyEntry[]>();
  private readonly services = new Map<string, Service[]>();
  private readonly namespaces: ReadonlyMap<string, Namespace>;
  private readonly rules = new Map<PolicyRules, readonly DirectedRule[]>();
  private readonly reaches = new Map<PolicyType, GroupReach[]>();
  private foundTargets: ServiceTargets | undefined;
  private wanted: Map<Workload, PortSet> | undefined;
  private foundWords: PartyWords | undefined;

  public constructor(
    public readonly cluster: Cluster,
    { profile = {}, today, intent = NO_INTENT, reachability }: LintOptions,
  ) {
    this.profile = profile;
    this.today = today ?? new Date().toISOString().slice(0, 10);
    this.intent = intent;
    this.acceptances = [...acceptancesIn(intent)];
    this.reachability =
      reachability !== undefined && isOf(reachability, cluster)
        ? reachability
        : Reachability.of(cluster, { profile });
    this.hosts = cluster.workloads.filter(({ hostNetwork }) => hostNetwork);
    this.differences = new EngineDifferences(this.reachability);
    this.namespaces = new Map(cluster.namespaces.map((namespace) => [namespace.name, namespace]));
    for (const workload of cluster.workloads) {
      append(this.workloads, workload.namespace, workload);
    }
    this.policies = [
      ...cluster.policies,
      ...this.reachability.judged.policies.flatMap(({ entry, isOfOtherKind }) =>
        isOfOtherKind === true ? (entry ?? []) : [],
      ),
    ];
    for (const policy of this.policies) {
      append(this.policiesBy, policy.namespace ?? '', policy);
    }
    for (const service of cluster.services) {
      append(this.services, service.namespace, service);
    }
  }

  /** Whom the policies select and mean, and what the engine makes of them. */
  public get facts(): ClusterFacts {
    return factsOf(this.reachability);
  }

  public namespace(name: string): Namespace | undefined {
    return this.namespaces.get(name);
  }

  public workloadsIn(namespace: string): readonly Workload[] {
    return this.workloads.get(namespace) ?? [];
  }

  public policiesIn(namespace: string): readonly PolicyEntry[] {
    return this.policiesBy.get(namespace) ?? [];
  }

  public servicesIn(namespace: string): readonly Service[] {
    return this.services.get(namespace) ?? [];
  }

  /** The rules of a policy, ingress first, whether or not they count. */
  public rulesOf({ rules }: PolicyEntry): readonly DirectedRule[] {
    return remember(this.rules, rules, () => directedRules(rules));
  }

  /** The rules of one direction that allow something, whether or not they count. */
  public allowing(policy: PolicyEntry, direction: PolicyType): readonly DirectedRule[] {
    return this.rulesOf(policy).filter(
      (rule) =>
        rule.direction === direction &&
        rule.action === 'allow' &&
        rule.peers?.length !== 0 &&
        rule.ports?.length !== 0,
    );
  }

  /** The rules of a policy that count. */
  public rulesInForce(policy: PolicyEntry): readonly DirectedRule[] {
    const rules = this.rulesOf(policy);
    return rules.every(({ isInForce }) => isInForce) ? rules : rules.filter(({ isInForce }) => isInForce);
  }

  /** The pods that a policy's rules name, as far as the rules count. */
  public *podPeers(policy: PolicyEntry): Generator<{ readonly rule: DirectedRule; readonly peer: PodPeer }> {
    for (const rule of this.rulesInForce(policy)) {
      for (const peer of rule.peers ?? []) {
        if (peer.kind === 'pods' && !isOfService(peer)) {
          yield { rule, peer };
        }
      }
    }
  }

  /** The workloads, grouped by what their own policies let them exchange with whom. */
  public reachesIn(direction: PolicyType): readonly GroupReach[] {
    return remember(this.reaches, direction, () => this.facts.reaches(direction));
  }

  /** What workloads are called in a message. */
  public get words(): PartyWords {
    this.foundWords ??= PartyWords.of(this.reachability.judged);
    return this.foundWords;
  }

  /** The pods' ports that services, ingresses and gateways send to; those on their node's network are left out. */
  public get targets(): ServiceTargets {
    this.foundTargets ??= new ServiceTargets(
      this.cluster,
      this.cluster.workloads.filter(({ hostNetwork }) => !hostNetwork),
    );
    return this.foundTargets;
  }

  /** The ports of a workload that something lets in from outside the cluster: it is meant to be reached there. */
  public wantedFromOutside(workload: Workload): PortSet {
    if (this.wanted === undefined) {
      this.wanted = new Map<Workload, PortSet>();
      for (const { leadsTo } of entryPointsOf(this.cluster, this.targets)) {
        for (const { workload: each, ports } of leadsTo) {
          this.wanted.set(each, this.wanted.get(each)?.or(ports) ?? ports);
        }
      }
    }
    return this.wanted.get(workload) ?? PortSet.NONE;
  }
}

/** What several rules need of one cluster: worked out when the first of them asks, and kept for the others. */
export function oncePerContext<T extends object>(
  compute: (context: LintContext) => T,
): (context: LintContext) => T {
  return remembered(compute);
}

/** What a finding about the cluster as a whole is about; a profile has no name. */
export const CLUSTER: ObjectReference = { kind: 'Cluster', name: 'profile' };

/** What a finding about an object says of it. */
export function about({ kind, namespace, name, source }: ObjectReference & Pick<About, 'source'>): About {
  return { object: { kind, ...defined({ namespace }), name }, ...defined({ source }) };
}

/** What a finding about a namespace says of it, whether or not it is declared. */
export function aboutNamespace(name: string, context: LintContext): About {
  return { object: { kind: 'Namespace', name }, ...defined({ source: context.namespace(name)?.source }) };
}

/** What a finding about an acknowledgement says of it. */
export function aboutAcknowledgement(acknowledgement: Acknowledgement): About {
  const name = describeAcknowledgement(acknowledgement);
  return about({ kind: 'Acknowledgement', name, ...defined({ source: acknowledgement.source }) });
}

/** Whether a cluster's policies are the very objects that were judged: the judge knows nothing of their copies. */
function isOf({ judged }: Reachability, { policies }: Cluster): boolean {
  const known = new Set(judged.policies.map(({ entry }) => entry));
  return policies.every((policy) => known.has(policy));
}
