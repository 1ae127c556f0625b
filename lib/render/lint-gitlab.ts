import { isAbsolute } from 'node:path';
import { describeObject, type Severity } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { describeInObject } from '../model/manifest-problem';
import { fingerprints, numberedHashes } from './finding-fingerprints';
import { linesOf } from './finding-words';
import {
  type FilePlace,
  firstPlace,
  type LintAnswer,
  type LintRenderOptions,
  manifestPlace,
  pathFrom,
} from './lint-answer';

/** GitLab's words; what could not be read blocks, for nobody knows what else there is. */
const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

/** An entry of a report. */
interface Violation {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: (typeof SEVERITIES)[Severity] | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * A report of GitLab's Code Quality, for `artifacts: reports: codequality`. A fingerprint has no line in it, so that what only
 * moves is not new; a finding that stands in no file is shown in the configuration, where it can be accepted.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function* renderLintGitlab(
  answer: LintAnswer,
  { folder = process.cwd(), config = CONFIG }: LintRenderOptions = {},
): Generator<string> {
  const locate = (place: FilePlace | undefined) => locationOf(place, folder, config);
  let separator = '[';
  for (const violation of [...problemsOf(answer, locate), ...findingsOf(answer, locate)]) {
    yield `${separator}\n${JSON.stringify(violation)}`;
    separator = ',';
  }
  yield separator === '[' ? '[]\n' : '\n]\n';
}

type Locate = (place: FilePlace | undefined) => Violation['location'];

function problemsOf({ problems }: LintAnswer, locate: Locate): readonly Violation[] {
  const hash = numberedHashes();
  return problems.map((problem) => {
    const { code, source } = problem;
    const description = inOneLine(describeInObject(problem));
    return {
      description,
      check_name: code,
      fingerprint: hash([code, source.file ?? '', description]),
      severity: 'blocker',
      location: locate(manifestPlace(source)),
    };
  });
}

function findingsOf({ findings }: LintAnswer, locate: Locate): readonly Violation[] {
  const fingerprint = fingerprints();
  return findings.map((finding) => ({
    description: inOneLine(`${describeObject(finding.object)}: ${linesOf(finding).join('; ')}`),
    check_name: finding.rule,
    fingerprint: fingerprint(finding),
    severity: SEVERITIES[finding.severity],
    location: locate(firstPlace(finding.source)),
  }));
}

/** GitLab finds nothing outside of the repository. */
function locationOf(place: FilePlace | undefined, folder: string, config: string): Violation['location'] {
  const path = place === undefined ? undefined : insideOf(folder, place.file);
  return path === undefined
    ? { path: insideOf(folder, config) ?? CONFIG, lines: { begin: 1 } }
    : { path, lines: { begin: place?.line ?? 1 } };
}

function insideOf(folder: string, file: string): string | undefined {
  const path = pathFrom(folder, file);
  return isAbsolute(path) ? undefined : path;
}

const CONFIG = 'aks-netpol.yaml';
