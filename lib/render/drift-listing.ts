import type { NotJudged } from '../aks/enforcement';
import { isAksPolicy } from '../aks/own-policies';
import { describeSummary } from '../diff/summary';
import { defined } from '../model/defined';
import { inOneLine } from '../model/harmless';
import { policyName } from '../plan/any-policy';
import type { PolicyDrift } from '../plan/policy-drift';
import { changeEdges, changeJson } from './change-listing';
import type { Depicted } from './draw-graph';
import { type JsonSource, renderJson } from './json-output';
import type { Scene } from './listing';
import { notesOf } from './notes';
import { connectionLines, fieldLines, type ToldChanges, type ToldLayout } from './policy-changes';

/** How a cluster differs from manifests, and what it would open and close to bring it back. */
export interface DriftReport extends ToldChanges {
  readonly drift: readonly PolicyDrift[];
  /** The cluster's policies of kinds that nothing judges. */
  readonly notJudged: readonly NotJudged[];
  /** What a picture knows beside the changes. @default nothing */
  readonly scene?: Scene;
}

/** The differences for a person, and what bringing the cluster back would change. */
export function* driftText(report: DriftReport, layout: ToldLayout = {}): Generator<string> {
  for (const policy of report.drift) {
    const { drift, managers, fields } = policy;
    const owner = isAksPolicy(policy) ? 'AKS' : managers.join(', ');
    yield `${drift}  ${inOneLine(`${policyName(policy)}${owner === '' ? '' : `  managed by ${owner}`}`)}\n`;
    yield* fieldLines(fields);
  }
  if (report.drift.some(isDrift)) {
    yield '\nTo bring the cluster back:\n';
    yield* connectionLines(report, layout);
  } else {
    yield 'the cluster is as the manifests say\n';
  }
}

/** Whether a difference is one that somebody has to mend. */
export function isDrift({ drift }: PolicyDrift): boolean {
  return drift !== 'foreign';
}

/** All of it, for a program. */
export function driftJson(report: DriftReport): Iterable<string> {
  return renderJson(driftListing(report));
}

/** The differences as rows; its edges are what bringing the cluster back would change. */
export function driftListing({
  drift,
  summary,
  changes,
  notJudged,
  scene,
}: DriftReport): JsonSource<PolicyDrift> & Depicted {
  return {
    name: 'drift',
    notes: notesOf({ notJudged }),
    head: { lines: describeSummary(summary), json: { summary, changes: changes.map(changeJson) } },
    rows: drift,
    toJson: (each) => each,
    edges: () => changeEdges(changes),
    ...defined({ scene }),
  };
}
