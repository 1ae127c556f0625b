import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BaselineSource, baselineOf } from '../lint/baseline';
import { RULES } from '../lint/catalogue';
import { openFile } from '../manifests/files';
import { readLintConfig } from '../manifests/lint-config';
import { dayAfter, today as dayToday } from '../model/day';
import type { Acknowledgement } from '../model/finding';
import { type Harmless, harmless } from '../model/harmless';
import { describeManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError, show } from '../model/problem';
import { count } from '../model/word-list';
import { complain, inLines, type Terminal } from './terminal';
import { writeInto } from './write-file';

const AT = '--write-baseline';

/** How a baseline begins: a file that begins so may be overwritten. */
const MARK = '# Written by aks-netpol lint --write-baseline';

/**
 * What a baseline accepts that was written before; nothing where there is none.
 *
 * @param force whether any file may be overwritten
 * @throws NetworkPolicyError `file-exists` for a file that would lose what somebody has written
 */
export function readBaseline(file: string, force: boolean): readonly Acknowledgement[] {
  if (!existsSync(file)) {
    return [];
  }
  const opened = openFile(file);
  const config = readLintConfig('problem' in opened ? file : opened);
  const { acknowledgements, expectations } = config.intent;
  const [problem] = config.problems;
  if (problem === undefined && expectations.length === 0 && config.failOn === undefined && isOwn(opened)) {
    return acknowledgements;
  }
  if (force) {
    return [];
  }
  throw refusal(
    file,
    !isOwn(opened) ? NOT_OWN : problem === undefined ? MORE : describeManifestProblem(problem),
  );
}

const NOT_OWN = 'there is such a file, and it is no baseline';
const MORE = 'this baseline says more than what is accepted, and that would be lost';

function refusal(file: string, problem: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'file-exists',
    at: AT,
    got: show(file),
    problem,
    fix: 'name another file, mend this one, or overwrite it with --force',
  });
}

function isOwn(opened: ReturnType<typeof openFile>): boolean {
  return 'text' in opened && opened.text.startsWith(MARK);
}

/** For how many days a baseline accepts a finding, until somebody writes a day for it. */
const DAYS = 90;

/** The files for `--config` without the baseline, whose own content is to be written anew. */
export function configsBeside(
  baseline: string | undefined,
  configs: readonly string[] = [],
): readonly string[] {
  return baseline === undefined ? configs : configs.filter((file) => resolve(file) !== resolve(baseline));
}

/**
 * Writes what is open today into a file that accepts it, and tells what that comes to.
 *
 * @throws NetworkPolicyError `file-unwritable`
 */
export async function writeBaseline(
  file: string,
  source: Pick<BaselineSource, 'shown' | 'open' | 'before'>,
  terminal: Terminal,
): Promise<void> {
  const today = dayToday();
  const until = dayAfter(today, DAYS);
  const { acknowledgements, refused } = baselineOf({ ...source, today, until });
  await writeInto(file, baselineText(acknowledgements), { at: AT });
  const rules = [...new Set(refused.map(({ rule }) => rule))];
  await complain(
    terminal,
    inLines([
      `${file} now accepts ${count(source.shown.length - refused.length, 'finding')}, new ones until ${until}; write why each is all right, and judge with --config ${file}`,
      ...(refused.length === 0
        ? []
        : [
            `no baseline accepts ${count(refused.length, 'finding')} of ${rules.join(', ')}: mend what is expected or accepted, in the file that says so`,
          ]),
    ]),
  );
}

/** A baseline as `--config` reads it. Texts are quoted, because a name may look like anything. */
export function* baselineText(acknowledgements: readonly Acknowledgement[]): Generator<Harmless> {
  yield harmless(`${MARK}, which may be run again: what is still found keeps its
# reason and its day, what is mended goes, and comments do not stay. What is found beyond this is not accepted.
# Write for each why it is all right, or mend it and take it out.
`);
  if (acknowledgements.length === 0) {
    yield harmless('acknowledge: []\n');
    return;
  }
  yield harmless('acknowledge:\n');
  let last: string | undefined;
  for (const { rule, object, construct, atMost, reason, until } of acknowledgements) {
    if (rule !== last) {
      yield harmless(`  # ${RULES.find(({ id }) => id === rule)?.summary}\n`);
      last = rule;
    }
    const fields = Object.entries({ object, construct, atMost, reason, until });
    const written = fields.flatMap(([key, value]) =>
      value === undefined ? [] : [`    ${key}: ${quoted(value)}\n`],
    );
    yield harmless(`  - rule: ${rule}\n${written.join('')}`);
  }
}

/**
 * In double quotes, as YAML reads it. Half of a character is part of no name, and YAML refuses it; what JSON would escape as
 * two halves has an escape of its own.
 */
function quoted(value: string | number): string {
  return typeof value === 'string'
    ? JSON.stringify(value.replaceAll(/\p{Cs}/gu, '\ufffd')).replaceAll(BEYOND_FOUR_DIGITS, escaped)
    : String(value);
}

const BEYOND_FOUR_DIGITS = /[\u{10000}-\u{10ffff}]/gu;

function escaped(character: string): string {
  return `\\U${(character.codePointAt(0) as number).toString(16).padStart(8, '0')}`;
}
