import { acceptanceOf, type GateReason } from '../diff/gates';
import type { AcceptedChange } from '../model/accepted-change';
import { dayAfter, today as dayToday } from '../model/day';
import { REASON_TO_WRITE } from '../model/finding';
import { type Harmless, harmless } from '../model/harmless';
import { count } from '../model/word-list';
import type { ChangeNames } from '../render/change-listing';
import { BASELINE_DAYS, BASELINE_OPTION, markOf, quotedInYaml } from './baseline-file';
import { complain, inLines, type Terminal } from './terminal';
import { writeInto } from './write-file';

export interface ChangeBaselineSource {
  /** What the gates do not let pass. */
  readonly reasons: readonly GateReason[];
  /** What an earlier baseline accepts, whose reasons somebody may have written. */
  readonly before: readonly AcceptedChange[];
  readonly namesOf: (row: GateReason['row']) => ChangeNames;
}

/**
 * Writes what gates do not let pass today into a file that accepts it. What an earlier baseline has keeps its reason and its
 * day, unless that is over, and what does not happen any more goes.
 *
 * @returns what the file accepts
 * @throws NetworkPolicyError `file-unwritable`
 */
export async function writeChangeBaseline(
  file: string,
  { reasons, before, namesOf }: ChangeBaselineSource,
  terminal: Terminal,
): Promise<readonly AcceptedChange[]> {
  const today = dayToday();
  const until = dayAfter(today, BASELINE_DAYS);
  const known = acceptanceOf(before, namesOf);
  const kept = new Set(reasons.flatMap(known));
  const fresh = reasons
    .filter((each) => known(each).length === 0)
    .map(
      ({ mark, row, ports }): AcceptedChange => ({
        change: mark,
        ...namesOf(row),
        ...(ports.isEmpty ? {} : { ports }),
        reason: REASON_TO_WRITE,
        until,
      }),
    );
  const renewed = before
    .filter((each) => kept.has(each))
    .map((each) => (each.until !== undefined && today > each.until ? { ...each, until } : each));
  // Several gates may be about one change.
  const all = [...new Map([...renewed, ...fresh].map((each) => [entryText(each), each]))].map(
    ([, each]) => each,
  );
  await writeInto(file, changeBaselineText(all), { at: BASELINE_OPTION });
  await complain(
    terminal,
    inLines([
      `${file} now accepts ${count(all.length, 'change')}, new ones until ${until}; write why each is all right, and judge with --config ${file}`,
    ]),
  );
  return all;
}

/** A baseline as `--config` reads it. */
export function* changeBaselineText(accepted: readonly AcceptedChange[]): Generator<Harmless> {
  yield harmless(`${markOf('diff')}, which may be run again: what still happens keeps its
# reason and its day, what does not goes, and comments do not stay. What happens beyond this is not accepted.
# Write for each why it is all right, or take it out.
acceptChanges:${accepted.length === 0 ? ' []' : ''}
`);
  for (const each of accepted) {
    yield harmless(entryText(each));
  }
}

function entryText({ change, from, to, ports, reason, until }: AcceptedChange): string {
  const fields = [
    `change: ${change}`,
    `from: ${names(from)}`,
    `to: ${names(to)}`,
    ...(ports === undefined ? [] : [`ports: ${quotedInYaml(String(ports))}`]),
    `reason: ${quotedInYaml(reason)}`,
    ...(until === undefined ? [] : [`until: ${quotedInYaml(until)}`]),
  ];
  return `  - ${fields.join('\n    ')}\n`;
}

function names(list: readonly string[]): string {
  return `[${list.map(quotedInYaml).join(', ')}]`;
}
