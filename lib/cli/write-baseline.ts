import { resolve } from 'node:path';
import { type BaselineSource, baselineOf } from '../lint/baseline';
import { dayAfter, today as dayToday } from '../model/day';
import { inOneLine } from '../model/harmless';
import { count } from '../model/word-list';
import { baselineText } from './baseline-file';
import { complain, type Terminal } from './terminal';
import { writeInto } from './write-file';

/** For how many days a baseline accepts what nobody has written a reason and a day for. */
const DAYS = 90;

/** The files for `--config` beside the baseline: what it accepts itself is weighed anew. */
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
  await writeInto(file, baselineText(acknowledgements), { at: '--write-baseline' });
  const rules = [...new Set(refused.map(({ rule }) => rule))];
  await complain(
    terminal,
    [
      `${file} now accepts ${count(source.shown.length - refused.length, 'finding')}, those that are new until ${until}; write why each is all right, and judge with --config ${file}`,
      ...(refused.length === 0
        ? []
        : [
            `no baseline accepts ${count(refused.length, 'finding')} of ${rules.join(', ')}: mend what is expected or accepted, in the file that says so`,
          ]),
    ].map((line) => `${inOneLine(line)}\n`),
  );
}
