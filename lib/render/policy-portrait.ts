import type { AksClusterProfile } from '../aks/cluster-profile';
import { lint } from '../lint/lint';
import { type WrittenRule, writtenRules } from '../lint/written-rules';
import { type Cluster, type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import type { LintFinding } from '../model/finding';
import { compare } from '../model/manifest-problem';
import type { PolicyType } from '../model/network-policy';
import { isOwned, managersOf } from '../model/ownership';
import { withoutServerFields } from '../model/server-fields';
import { Reachability } from '../reachability/reachability';
import type { Survey } from '../reachability/survey';
import type { WorkloadJson } from './connection-listing';
import { policySentences } from './policy-sentences';

/** All that there is to say about one policy. */
export interface PolicyPortrait {
  readonly namespace: string;
  readonly name: string;
  readonly sentences: readonly string[];
  /** The workloads that it selects today. */
  readonly selects: readonly SelectedWorkload[];
  /** The workloads that its peers mean today, rule by rule. */
  readonly means: readonly MeantWorkloads[];
  readonly findings: readonly LintFinding[];
  readonly managers: readonly string[];
  readonly owned: boolean;
  /** The object, without what the API server adds for itself. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

export interface SelectedWorkload extends WorkloadJson {
  /** The names of its live pods. */
  readonly pods: readonly string[];
}

export interface MeantWorkloads {
  readonly direction: PolicyType;
  /** From 0. */
  readonly rule: number;
  readonly workloads: readonly WorkloadJson[];
}

/** @param cluster all that is known, the policy included */
export function portraitOf(entry: PolicyEntry, cluster: Cluster, profile: AksClusterProfile): PolicyPortrait {
  const reachability = Reachability.of(cluster, { profile });
  const { survey } = reachability;
  const { findings } = lint(cluster, { profile, reachability });
  return {
    namespace: entry.namespace,
    name: entry.name,
    sentences: policySentences(entry),
    selects: survey.selected(entry).possible.list().map(selected),
    means: writtenRules(entry).map((rule) => meant(rule, entry.namespace, survey)),
    findings: findings.filter(
      ({ object }) =>
        object.kind === 'NetworkPolicy' && object.namespace === entry.namespace && object.name === entry.name,
    ),
    managers: managersOf(entry.policy),
    owned: isOwned(entry.policy),
    manifest: withoutServerFields({ ...entry.policy }),
  };
}

function selected(workload: Workload): SelectedWorkload {
  return { ...named(workload), pods: workload.pods.map(({ name }) => name).sort() };
}

function meant({ direction, index, peers }: WrittenRule, namespace: string, survey: Survey): MeantWorkloads {
  const workloads = new Set(peers.flatMap(({ value }) => survey.meant(namespace, value).possible.list()));
  return { direction, rule: index, workloads: [...workloads].map(named).sort(byName) };
}

function named({ kind, namespace, name }: Workload): WorkloadJson {
  return { kind, namespace, name };
}

function byName(a: WorkloadJson, b: WorkloadJson): number {
  return compare(qualifiedName(a), qualifiedName(b)) || compare(a.kind, b.kind);
}
