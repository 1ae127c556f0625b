import { type BaselineSource, baselineOf } from '../lint/baseline';
import { RULES } from '../lint/catalogue';
import { dayAfter, today as dayToday } from '../model/day';
import type { Acknowledgement } from '../model/finding';
import { type Harmless, harmless } from '../model/harmless';
import { count } from '../model/word-list';
import { BASELINE_DAYS, BASELINE_OPTION, markOf, quotedInYaml } from './baseline-file';
import { complain, inLines, type Terminal } from './terminal';
import { writeInto } from './write-file';

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
  const until = dayAfter(today, BASELINE_DAYS);
  const { acknowledgements, refused } = baselineOf({ ...source, today, until });
  await writeInto(file, baselineText(acknowledgements), { at: BASELINE_OPTION });
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

/** A baseline as `--config` reads it. Texts are quotedInYaml, because a name may look like anything. */
export function* baselineText(acknowledgements: readonly Acknowledgement[]): Generator<Harmless> {
  yield harmless(`${markOf('lint')}, which may be run again: what is still found keeps its
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
      value === undefined ? [] : [`    ${key}: ${quotedInYaml(value)}\n`],
    );
    yield harmless(`  - rule: ${rule}\n${written.join('')}`);
  }
}
