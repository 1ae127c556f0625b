import { readProfile } from '../../aks/read-profile';
import { RULES } from '../../lint/catalogue';
import { lint } from '../../lint/lint-cluster';
import { rulePage } from '../../lint/rule-page';
import { type LintConfig, readLintConfigs } from '../../manifests/lint-config';
import { ruleUnknown } from '../../manifests/lint-config-entries';
import { defined } from '../../model/defined';
import type { FindingCode } from '../../model/finding';
import { harmless } from '../../model/harmless';
import { compareProblems } from '../../model/manifest-problem';
import { NetworkPolicyError } from '../../model/problem';
import { count } from '../../model/word-list';
import { hasFailed, type LintAnswer, onlyNamespace, onlyRules } from '../../render/lint-answer';
import { LINT_RENDERERS } from '../../render/outputs';
import { acceptedIntent, complainOfIntent } from '../accepted-intent';
import { configsBeside, readBaseline } from '../baseline-file';
import type { LintVerbOptions } from '../commands/lint';
import { EXIT_CODE, type ExitCode } from '../exit-code';
import { writeBaseline } from '../lint-baseline';
import { checkKnown, checkNamespace } from '../namespace';
import type { Output } from '../options/format';
import { clusterMeant, complainOf, readingFor, readQuietly } from '../read-source';
import { layoutOf, print, type Terminal, tell, tellWritten } from '../terminal';
import { checkNoFolder, writeInto } from '../write-file';

/** By which option a file is named that cannot be written. */
const AT = '--format';

export function run(
  terminal: Terminal,
  paths: readonly string[],
  { explain, format = [{ format: 'human' }], ...options }: LintVerbOptions,
): Promise<void> {
  return explain === undefined ? judge(paths, options, format, terminal) : explainRule(explain, terminal);
}

/** Judges manifests by the rules and writes every answer that was asked for. */
async function judge(
  paths: readonly string[],
  options: LintVerbOptions,
  outputs: readonly Output[],
  terminal: Terminal,
): Promise<void> {
  const rules = (options.rule ?? []).map((id) => ruleNamed(id, '--rule').id);
  for (const { file } of outputs) {
    if (file !== undefined) {
      checkNoFolder(file, AT);
    }
  }
  const { namespace } = options;
  checkNamespace(namespace);
  const profile = readProfile(options);
  const { writeBaseline: baseline } = options;
  const before =
    baseline === undefined
      ? []
      : readBaseline(baseline, options.force === true, 'lint').intent.acknowledgements;
  const configs = configsBeside(baseline, options.config);
  const config = readLintConfigs(configs);
  const reading = { ...readingFor(profile, options), scope: { withCallers: true } };
  const read = await readQuietly(paths, clusterMeant(options, terminal), terminal, reading);
  const problems = [...config.problems, ...read.problems].sort(compareProblems);
  await complainOf(read, problems, terminal, reading);
  if (namespace !== undefined) {
    checkKnown(namespace, [read.cluster]);
  }
  await complainOfIntent(read, config, terminal);
  const judgedBy = async (config: LintConfig): Promise<LintAnswer> => {
    const { intent, standing } = await acceptedIntent(read.intent, config, options);
    return {
      ...lint(read.cluster, { profile, intent, ruleLines: read.ruleLines, fieldPlaces: read.fieldPlaces }),
      problems,
      failOn: options.failOn ?? config.failOn ?? 'error',
      rules: RULES.map(({ id }) => id),
      ...defined({ standing }),
    };
  };
  let all = await judgedBy(config);
  if (baseline !== undefined) {
    const shown = partOf(all, rules, namespace).findings;
    await writeBaseline(baseline, { shown, open: all.findings, before }, terminal);
    // What the next run says.
    all = await judgedBy(readLintConfigs([...configs, baseline]));
  }
  const answer = partOf(all, rules, namespace);
  for (const { format, file } of outputs) {
    const screen = file === undefined ? layoutOf(terminal, options) : {};
    const how = { ...screen, ...defined({ config: configs[0] ?? baseline, wide: options.wide }) };
    const pieces = LINT_RENDERERS[format](answer, how);
    if (file === undefined) {
      await print(terminal.stdout, pieces);
    } else {
      await writeInto(file, pieces, { at: AT });
      await tellWritten(terminal, file, count(answer.findings.length, 'finding'));
    }
  }
  terminal.exitCode = exitCodeOf(answer);
}

/** What was asked for of an answer. */
function partOf(all: LintAnswer, rules: readonly FindingCode[], namespace: string | undefined): LintAnswer {
  const ofRules = rules.length === 0 ? all : onlyRules(all, rules);
  return namespace === undefined ? ofRules : onlyNamespace(ofRules, namespace);
}

function exitCodeOf(answer: LintAnswer): ExitCode {
  if (answer.problems.length > 0) {
    return EXIT_CODE.cannotJudge;
  }
  return hasFailed(answer) ? EXIT_CODE.no : EXIT_CODE.yes;
}

/** Prints the page of a rule. */
async function explainRule(id: string, terminal: Terminal): Promise<void> {
  const page = rulePage(ruleNamed(id, '--explain'));
  // What stands between fences is to be copied.
  for (const part of page.split(/(^```.*?^```$)/ms)) {
    await (part.startsWith('```') ? print(terminal.stdout, [harmless(part)]) : tell(terminal, [part]));
  }
  terminal.exitCode = EXIT_CODE.yes;
}

/** @throws NetworkPolicyError `finding-unknown` */
function ruleNamed(id: FindingCode | string, at: string) {
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) {
    throw new NetworkPolicyError(ruleUnknown(id, at));
  }
  return rule;
}
