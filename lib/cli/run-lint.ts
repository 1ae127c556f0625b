import { readProfile } from '../aks/read-profile';
import { RULES } from '../lint/catalogue';
import { lint } from '../lint/lint-cluster';
import { rulePage } from '../lint/rule-page';
import { type LintConfig, readLintConfigs } from '../manifests/lint-config';
import { ruleUnknown } from '../manifests/lint-config-entries';
import { defined } from '../model/defined';
import type { FailOn, FindingCode } from '../model/finding';
import { harmless } from '../model/harmless';
import { compareProblems } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import { hasFailed, type LintAnswer, onlyNamespace, onlyRules } from '../render/lint-answer';
import { LINT_RENDERERS } from '../render/lint-renderers';
import type { AcceptOptions } from './accept-options';
import { acceptedIntent, tellOfIntent } from './accepted-intent';
import { readBaseline } from './baseline-file';
import { EXIT_CODE, type ExitCode } from './exit-code';
import type { JudgingOptions, WideOptions } from './judging-options';
import { checkKnown, checkNamespace, type NamespaceOptions } from './namespace';
import { checkOutputs, type Output, writeOutput } from './outputs';
import { clusterMeant, complainOf, readingFor, readQuietly } from './read-source';
import { hasColours, print, type Terminal, tell } from './terminal';
import { configsBeside, writeBaseline } from './write-baseline';

export interface LintVerbOptions extends JudgingOptions, NamespaceOptions, AcceptOptions, WideOptions {
  readonly failOn?: FailOn;
  readonly rule?: readonly string[];
  readonly format: readonly Output[];
  /** The file that is to accept what is found today. */
  readonly writeBaseline?: string;
  /** Whether that file may hold anything. */
  readonly force?: true;
}

/** Judges manifests by the rules and writes every answer that was asked for. */
export async function runLint(
  paths: readonly string[],
  options: LintVerbOptions,
  terminal: Terminal,
): Promise<void> {
  const rules = (options.rule ?? []).map((id) => ruleNamed(id, '--rule').id);
  checkOutputs(options.format);
  const { namespace } = options;
  checkNamespace(namespace);
  const profile = readProfile(options);
  const { writeBaseline: baseline } = options;
  const before = baseline === undefined ? [] : readBaseline(baseline, options.force === true);
  const configs = configsBeside(baseline, options.config);
  const config = readLintConfigs(configs);
  const reading = { ...readingFor(profile, options), scope: { withCallers: true } };
  const read = await readQuietly(paths, clusterMeant(options, terminal), terminal, reading);
  const problems = [...config.problems, ...read.problems].sort(compareProblems);
  await complainOf(read, problems, terminal, reading);
  if (namespace !== undefined) {
    checkKnown(namespace, [read.cluster]);
  }
  await tellOfIntent(read, config, terminal);
  const judge = async (config: LintConfig): Promise<LintAnswer> => {
    const { intent, standing } = await acceptedIntent(read.intent, config, options);
    return {
      ...lint(read.cluster, { profile, intent, ruleLines: read.ruleLines, fieldPlaces: read.fieldPlaces }),
      problems,
      failOn: options.failOn ?? config.failOn ?? 'error',
      rules: RULES.map(({ id }) => id),
      ...defined({ standing }),
    };
  };
  let all = await judge(config);
  if (baseline !== undefined) {
    const shown = partOf(all, rules, namespace).findings;
    await writeBaseline(baseline, { shown, open: all.findings, before }, terminal);
    // What the next run says.
    all = await judge(readLintConfigs([...configs, baseline]));
  }
  const answer = partOf(all, rules, namespace);
  for (const output of options.format) {
    const colour = output.file === undefined && hasColours(terminal);
    const how = defined({ colour, config: configs[0] ?? baseline, wide: options.wide });
    await writeOutput(output, LINT_RENDERERS[output.format](answer, how), terminal);
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
export async function explainRule(id: string, terminal: Terminal): Promise<void> {
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
