import { policyModule } from '../../codegen/module';
import { lint } from '../../lint/lint-cluster';
import { Collector } from '../../manifests/collector';
import { DocumentOrigin } from '../../manifests/origin';
import { refusesCidrFlaws } from '../../model/cidr';
import type { Cluster, PolicyEntry } from '../../model/cluster';
import type { LintFinding } from '../../model/finding';
import { CIDR_FLAW_CODES } from '../../model/ip-block';
import { describeManifestProblem } from '../../model/manifest-problem';
import { readDocuments } from '../../yaml/documents';
import { Lines } from '../../yaml/lines';
import type { PageData } from '../page-data';

/** What somebody wrote into the page, read as any manifest is. */
export interface EditedPolicies {
  readonly policies: readonly PolicyEntry[];
  readonly problems: readonly string[];
  /** The same as constructs. */
  readonly module: string;
}

export function readEdited(text: string, { profile }: PageData): EditedPolicies {
  const collector = new Collector({
    accepted: refusesCidrFlaws(profile.kubernetesVersion) ? [] : CIDR_FLAW_CODES,
    keepsComments: true,
  });
  const lines = new Lines(text);
  for (const document of readDocuments(text)) {
    collector.add(document.value, new DocumentOrigin('the edited text', lines, document), document.problems);
  }
  const { found, unjudged } = collector.finish();
  const [other] = unjudged;
  return {
    policies: found.policies,
    problems: [
      ...collector.problems.map(describeManifestProblem),
      ...(other === undefined
        ? []
        : [`${other.kind} is not tried here: compare two versions of the folder with aks-netpol diff.`]),
      ...(found.policies.length > 0 ||
      collector.problems.length > 0 ||
      other !== undefined ||
      text.trim() === ''
        ? []
        : ['There is no network policy in it.']),
    ],
    module: found.policies.length === 0 ? '' : policyModule(collector.written.all).text,
  };
}

/** A policy by what tells it apart. */
export type NamedEntry = Pick<PolicyEntry, 'kind' | 'namespace' | 'name'>;

export const isSamePolicy = (a: NamedEntry, b: NamedEntry) =>
  a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;

/** The cluster after an edit. */
export function editedCluster(
  cluster: Cluster,
  put: readonly PolicyEntry[],
  remove: readonly NamedEntry[],
): Cluster {
  const gone = [...put, ...remove];
  const stay = cluster.policies.filter((entry) => !gone.some((each) => isSamePolicy(each, entry)));
  return { ...cluster, policies: [...stay, ...put] };
}

/** What lint says after an edit that it did not say before, and the other way round. */
export interface LintChange {
  readonly come: readonly LintFinding[];
  readonly gone: readonly LintFinding[];
}

export function lintChange(before: Cluster, after: Cluster, { profile }: PageData): LintChange {
  const [was, is] = [before, after].map((cluster) => lint(cluster, { profile }).findings) as [
    readonly LintFinding[],
    readonly LintFinding[],
  ];
  const [known, left] = [was, is].map((findings) => new Set(findings.map(keyOf))) as [
    Set<string>,
    Set<string>,
  ];
  return {
    come: is.filter((finding) => !known.has(keyOf(finding))),
    gone: was.filter((finding) => !left.has(keyOf(finding))),
  };
}

function keyOf({ rule, severity, object, field, message }: LintFinding): string {
  return JSON.stringify([rule, severity, object, field, message]);
}
