import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openFile } from '../manifests/files';
import { type LintConfig, NO_CONFIG, readLintConfig } from '../manifests/lint-config';
import { describeManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError, show } from '../model/problem';

/** The verbs that write a baseline, and the part of `aks-netpol.yaml` that it is. */
export type BaselineVerb = 'lint' | 'diff';

export const BASELINE_OPTION = '--write-baseline';

/** For how many days a baseline accepts something, until somebody writes a day for it. */
export const BASELINE_DAYS = 90;

/** How a baseline begins: a file that begins so may be overwritten. */
export const markOf = (verb: BaselineVerb) => `# Written by aks-netpol ${verb} ${BASELINE_OPTION}`;

/**
 * What a baseline accepts that was written before; nothing where there is none.
 *
 * @param force whether any file may be overwritten
 * @throws NetworkPolicyError `file-exists` for a file that would lose what somebody has written
 */
export function readBaseline(file: string, force: boolean, verb: BaselineVerb): LintConfig {
  if (!existsSync(file)) {
    return NO_CONFIG;
  }
  const opened = openFile(file);
  const isOwn = 'text' in opened && opened.text.startsWith(markOf(verb));
  const config = readLintConfig('problem' in opened ? file : opened);
  const [problem] = config.problems;
  if (problem === undefined && isOwn && isOnly(config, verb)) {
    return config;
  }
  if (force) {
    return NO_CONFIG;
  }
  throw new NetworkPolicyError({
    code: 'file-exists',
    at: BASELINE_OPTION,
    got: show(file),
    problem: !isOwn ? NOT_OWN : problem === undefined ? MORE : describeManifestProblem(problem),
    fix: 'name another file, mend this one, or overwrite it with --force',
  });
}

/** Whether a file says nothing that a baseline of this verb would not say again. */
function isOnly({ intent, acceptedChanges, failOn }: LintConfig, verb: BaselineVerb): boolean {
  const others = verb === 'lint' ? acceptedChanges : intent.acknowledgements;
  return others.length === 0 && intent.expectations.length === 0 && failOn === undefined;
}

const NOT_OWN = 'there is such a file, and it is no baseline';
const MORE = 'this baseline says more than what is accepted, and that would be lost';

/** The files for `--config` without the baseline, whose own content is to be written anew. */
export function configsBeside(
  baseline: string | undefined,
  configs: readonly string[] = [],
): readonly string[] {
  return baseline === undefined ? configs : configs.filter((file) => resolve(file) !== resolve(baseline));
}

/**
 * In double quotes, as YAML reads it. Half of a character is part of no name, and YAML refuses it; what JSON would escape as
 * two halves has an escape of its own.
 */
export function quotedInYaml(value: string | number): string {
  return typeof value === 'string'
    ? JSON.stringify(value.replaceAll(/\p{Cs}/gu, '\ufffd')).replaceAll(BEYOND_FOUR_DIGITS, escaped)
    : String(value);
}

const BEYOND_FOUR_DIGITS = /[\u{10000}-\u{10ffff}]/gu;

function escaped(character: string): string {
  return `\\U${(character.codePointAt(0) as number).toString(16).padStart(8, '0')}`;
}
