import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AcknowledgedFinding } from '../lint/acceptances';
import { RULES } from '../lint/catalogue';
import { bothWords } from '../lint/fix';
import type { LintRule } from '../lint/lint-rule';
import { RULE_PROSE, rulePage } from '../lint/rule-page';
import { defined } from '../model/defined';
import { describeObject, type LintFinding, type Severity } from '../model/finding';
import { inOneLine } from '../model/harmless';
import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import type { SourcePosition } from '../model/source-position';
import { acceptedWords, notesBeside } from './accepted';
import { fingerprints } from './finding-fingerprints';
import { linesOf } from './finding-words';
import {
  type FilePlace,
  firstPlace,
  type LintAnswer,
  type LintRenderOptions,
  manifestPlace,
  pathFrom,
} from './lint-answer';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** GitHub's words for how much a rule matters. */
const GITHUB_SEVERITIES = { error: 'error', warning: 'warning', info: 'recommendation' } as const;

const INDEX_OF: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, i) => [id, i]));

const ROOT = '%SRCROOT%';

/**
 * SARIF 2.1.0, a result on each line. Nothing in it tells of the machine or the time.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function* renderSarif(
  answer: LintAnswer,
  { folder = process.cwd(), config = 'aks-netpol.yaml' }: LintRenderOptions = {},
): Generator<string> {
  const { version } = require('../../package.json') as { version: string };
  const driver = { name: 'aks-netpol', semanticVersion: version, rules: RULES.map(descriptor) };
  yield '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{\n';
  yield `"tool": ${JSON.stringify({ driver })},\n`;
  yield `"columnKind": "utf16CodeUnits",\n`;
  yield `"originalUriBaseIds": ${JSON.stringify({ [ROOT]: { description: { text: 'The folder in which aks-netpol ran.' } } })},\n`;
  yield `"invocations": ${JSON.stringify([invocation(answer, folder)])},\n`;
  yield '"results": [';
  const fingerprint = fingerprints();
  let separator = '\n';
  for (const finding of [...answer.findings, ...answer.acknowledged]) {
    yield `${separator}${JSON.stringify(result(finding, fingerprint(finding), folder, config))}`;
    separator = ',\n';
  }
  yield '\n]}]}\n';
}

function descriptor(rule: LintRule) {
  const { id, severity, summary, fix } = rule;
  const { why } = RULE_PROSE[id];
  return {
    id,
    shortDescription: { text: sentence(summary) },
    fullDescription: { text: why },
    help: { text: `${why} Instead: ${sentence(bothWords(fix))}`, markdown: rulePage(rule) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['kubernetes', 'network-policy'], 'problem.severity': GITHUB_SEVERITIES[severity] },
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function result(
  finding: LintFinding | AcknowledgedFinding,
  fingerprint: string,
  folder: string,
  config: string,
) {
  const { rule, severity, object, source } = finding;
  // GitHub refuses a whole file in which one result has no file; in this one such a finding can be accepted.
  const place = firstPlace(source) ?? { file: config, line: 1 };
  const manifest = manifestPlace(source);
  const isWritten = source?.code !== undefined && manifest !== undefined;
  const parts = [
    ...linesOf(finding).map(noLinks),
    // GitHub shows a related location only where the message has a link to it.
    ...(isWritten ? ['[the manifest](1)'] : []),
  ];
  const logicalLocations = [
    { name: object.name, fullyQualifiedName: describeObject(object) },
    ...(source?.construct === undefined ? [] : [{ fullyQualifiedName: source.construct }]),
  ];
  return {
    ruleId: rule,
    ruleIndex: INDEX_OF.get(rule),
    level: LEVELS[severity],
    message: { text: parts.join('\n') },
    locations: [{ ...physical(place, folder), logicalLocations }],
    ...(isWritten
      ? { relatedLocations: [{ id: 1, message: { text: 'The manifest.' }, ...physical(manifest, folder) }] }
      : {}),
    // GitHub's own key is left to its upload action, which warns of every value that it did not compute itself.
    partialFingerprints: { 'aksNetpolFinding/v1': fingerprint },
    // If one result of a run has them, all must; an empty list says that it is open.
    suppressions: 'acknowledgement' in finding ? [suppression(finding)] : [],
  };
}

function physical({ file, line, column }: FilePlace, folder: string) {
  const region = defined({ startLine: line, startColumn: column });
  return {
    physicalLocation: {
      artifactLocation: artifact(file, folder),
      ...(line === undefined ? {} : { region }),
    },
  };
}

/** Relative to the folder; only what lies outside has a whole URI. */
function artifact(file: string, folder: string) {
  const path = pathFrom(folder, file);
  return isAbsolute(path)
    ? { uri: pathToFileURL(file).href }
    : { uri: path.split('/').map(encoded).join('/'), uriBaseId: ROOT };
}

/** A name with half a character, which no file has, is no URI. */
function encoded(name: string): string {
  return encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

/** Others do not get to make links in a message: `[text](address)`, in SARIF 2.1.0, 3.11.6. */
function noLinks(text: string): string {
  return inOneLine(text).replaceAll('](', '\\](');
}

function suppression(finding: AcknowledgedFinding) {
  const { by, reason } = acceptedWords(finding);
  const kind = finding.acceptedBy.voice === 'program' ? 'inSource' : 'external';
  return { kind, status: 'accepted', justification: `${reason} (${by})` };
}

/** What could not be read makes the run unsuccessful; rules that could not judge are a note. */
function invocation(answer: LintAnswer, folder: string) {
  const { problems, notApplicable } = answer;
  return {
    executionSuccessful: problems.length === 0,
    toolExecutionNotifications: problems.map((problem) => notification(problem, folder)),
    toolConfigurationNotifications: [
      ...notApplicable.map(({ rule, reason }) => ({
        level: 'note',
        message: { text: `${rule} could not judge: ${reason}.` },
        associatedRule: { id: rule, index: INDEX_OF.get(rule) },
      })),
      ...notesBeside(answer).map(({ id, line, source }) => ({
        level: 'note',
        message: { text: noLinks(line) },
        descriptor: { id },
        ...located(source, folder),
      })),
    ],
  };
}

function notification(problem: ManifestProblem, folder: string) {
  return {
    level: 'error',
    message: { text: noLinks(describeManifestProblem(problem)) },
    descriptor: { id: problem.code },
    ...located(problem.source, folder),
  };
}

function located(source: SourcePosition | undefined, folder: string) {
  const place = manifestPlace(source);
  return place === undefined ? {} : { locations: [physical(place, folder)] };
}
