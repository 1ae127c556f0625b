import { lint } from '../lint/lint-cluster';
import { aboutMakers } from '../manifests/read-maker';
import { readManifests } from '../manifests/read-manifests';
import { aboutUnjudged } from '../manifests/unjudged-lines';
import { isCounted, joinIntents } from '../model/finding';
import { countNotBuilt } from '../model/inventory-lines';
import { describeManifestProblem } from '../model/manifest-problem';
import { countFindings } from '../render/lint-answer';
import { reasonsNotApplicable } from '../render/lint-human';
import type { ValidationContextLike } from './plugin-context';
import { type NetworkPolicyValidationProps, readProperties } from './properties';
import { inReport, ReportPlaces, violationsOf, violationsOfProblems } from './violations';

/**
 * Judges what `cdk8s synth` has written, and reports the findings. It is synchronous, so that with `--stdout` a failure
 * comes before the first manifest is printed.
 */
export function judgeChart(context: ValidationContextLike, properties: NetworkPolicyValidationProps): void {
  const { profile, config, failOn } = readProperties(properties);
  const read = readManifests(context.manifests, profile);
  // A new app writes charts without objects.
  const unread = read.problems.filter(({ code }) => code !== 'manifest-missing');
  const problems = [...config.problems, ...unread];
  const { findings, acknowledged, notApplicable } = lint(read.cluster, {
    profile,
    intent: joinIntents(read.intent, config.intent),
    ruleLines: read.ruleLines,
    fieldPlaces: read.fieldPlaces,
  });
  const others = aboutUnjudged(read, profile);
  const made = aboutMakers(read.cluster);
  const { notBuilt = [] } = read.cluster.inventory ?? {};
  const places = new ReportPlaces(context);
  const violations = [...violationsOfProblems(problems, places), ...violationsOf(findings, places)];
  for (const violation of violations) {
    context.report.addViolation(violation);
  }
  const hasFailed = problems.length > 0 || findings.some(({ severity }) => isCounted(severity, failOn));
  const summary = {
    Engine: profile.engine ?? 'not named: judged by the Kubernetes specification',
    Findings: countFindings(findings),
    'Fails on': failOn,
    ...(acknowledged.length === 0 ? {} : { Accepted: `${acknowledged.length}` }),
    ...(problems.length === 0 ? {} : { 'Not understood': `${problems.length}; more may be wrong` }),
    ...(notApplicable.length === 0 ? {} : { 'Not judged': reasonsNotApplicable(notApplicable) }),
    ...(config.remarks.length === 0
      ? {}
      : { 'To be written': config.remarks.map(describeManifestProblem).join('; ') }),
    ...(others.length === 0 ? {} : { 'Other policies': others.join('; ') }),
    ...(made.length === 0 ? {} : { 'Pods made elsewhere': made.join() }),
    ...(notBuilt.length === 0 ? {} : { 'Not built': countNotBuilt(notBuilt) }),
  };
  const metadata = Object.entries(summary).map(([name, text]) => [name, inReport(text)] as const);
  context.report.submit(hasFailed ? 'failure' : 'success', Object.fromEntries(metadata));
}
