import type { AksClusterProfile } from '../../aks/cluster-profile';
import type { NotJudged } from '../../aks/enforcement';
import { changeWords } from '../../diff/change-words';
import type { ConnectionChange } from '../../diff/connection-change';
import { diffConnections } from '../../diff/diff-connections';
import { type ChangeSummary, summarizeChanges } from '../../diff/summary';
import type { AcknowledgedFinding } from '../../lint/acceptances';
import { lint } from '../../lint/lint-cluster';
import type { Cluster } from '../../model/cluster';
import { defined } from '../../model/defined';
import type { FieldPlaces, Intent, LintFinding } from '../../model/finding';
import { POLICY_KIND_NAMES } from '../../model/policy-kinds';
import type { RuleLines } from '../../model/source-position';
import {
  changedCluster,
  isCiliumPolicy,
  type ManagedChange,
  type ManagedPolicy,
  policyName,
} from '../../plan/any-policy';
import type { PartyWords } from '../../reachability/answers/party-words';
import { Reachability } from '../../reachability/reachability';

/** What a change of policies does to a cluster, before it is made. */
export interface Preview {
  /** What is found about the policies that are put, and whatever else the change brings up. */
  readonly findings: readonly LintFinding[];
  /** What of it is accepted, and by whom. */
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly changes: readonly ConnectionChange[];
  readonly summary: ChangeSummary;
  /** What the ends of the changes are called. */
  readonly words: PartyWords;
  /** The cluster's policies of kinds that nothing judges. */
  readonly notJudged: readonly NotJudged[];
}

/** What is known beside the cluster. */
export interface PreviewOptions {
  readonly profile: AksClusterProfile;
  /** What is accepted and expected. */
  readonly intent: Intent;
  /** The lines of rules that were added by themselves. @default none are known */
  readonly ruleLines?: RuleLines;
  /** Where the fields of the policies stand that are put. @default findings have the lines of their policies */
  readonly fieldPlaces?: FieldPlaces;
}

/** What a change opens and closes, and the judgements on both sides of it. */
export interface ConnectionPreview extends Pick<Preview, 'changes' | 'summary' | 'words' | 'notJudged'> {
  readonly before: Reachability;
  readonly after: Reachability;
}

export function previewConnections(
  cluster: Cluster,
  change: ManagedChange,
  profile: AksClusterProfile,
): ConnectionPreview {
  const before = Reachability.of(cluster, { profile });
  const after = afterChange(before, cluster, change, profile);
  const changes = diffConnections(before, after);
  const summary = summarizeChanges(changes, before, after, { localDns: profile.localDns === true });
  const words = changeWords(before, after);
  return { before, after, changes, summary, words, notJudged: before.notJudged };
}

/** Policies of Cilium's kinds change what the engine makes of the cluster, which is then judged as another one. */
function afterChange(
  before: Reachability,
  cluster: Cluster,
  { put = [], remove = [] }: ManagedChange,
  profile: AksClusterProfile,
): Reachability {
  const own = (policies: readonly ManagedPolicy[]) =>
    policies.flatMap((policy) => (isCiliumPolicy(policy) ? [] : policy));
  return [...put, ...remove].some(isCiliumPolicy)
    ? Reachability.of(changedCluster(cluster, { put, remove }), { profile })
    : before.with({ put: own(put), remove: own(remove) });
}

/** Judges a cluster as it is and as it would be. */
export function previewOf(
  cluster: Cluster,
  change: ManagedChange,
  { profile, intent, ruleLines = new Map(), fieldPlaces }: PreviewOptions,
): Preview {
  const { before, after, ...connections } = previewConnections(cluster, change, profile);
  const { put = [], remove = [] } = change;
  const names = new Set([...put, ...remove].map(policyName));
  const was = lint(cluster, { profile, intent, reachability: before });
  const is = lint(changedCluster(cluster, change), {
    profile,
    intent,
    ruleLines,
    reachability: after,
    ...defined({ fieldPlaces }),
  });
  const broughtUp = <F extends LintFinding>(list: readonly F[], known: readonly F[]) => {
    const identities = new Set(known.map(identityOf));
    return list.filter((finding) => isAbout(finding, names) || !identities.has(identityOf(finding)));
  };
  return {
    findings: broughtUp(is.findings, was.findings),
    acknowledged: broughtUp(is.acknowledged, was.acknowledged),
    ...connections,
  };
}

function isAbout({ object }: LintFinding, policies: ReadonlySet<string>): boolean {
  return POLICY_KIND_NAMES.includes(object.kind) && policies.has(policyName(object));
}

function identityOf({ rule, object, field, message }: LintFinding): string {
  return JSON.stringify([rule, object.kind, object.namespace, object.name, field, message]);
}
