import type { AnyChange } from '../diff/any-change';
import { acceptanceOf, type GateReason, type GateVerdict, judgeGates, reasonsIn } from '../diff/gates';
import { type LintConfig, readLintConfigs } from '../manifests/lint-config';
import type { AcceptedChange } from '../model/accepted-change';
import { today } from '../model/day';
import { describeManifestProblem, type ManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import { describeSource } from '../model/source-position';
import { count } from '../model/word-list';
import { changeNames } from '../render/change-listing';
import { configsBeside, readBaseline } from './baseline-file';
import { writeChangeBaseline } from './change-baseline';
import type { DiffOptions } from './commands/diff';
import { EXIT_CODE, type ExitCode } from './exit-code';
import { complain, inLines, type Terminal } from './terminal';

type GateOptions = Pick<DiffOptions, 'failOn' | 'config' | 'writeBaseline' | 'force' | 'knownOnly'>;

/** What was read of the files that accept changes. */
export interface GateFiles {
  readonly accepted: readonly AcceptedChange[];
  /** What of them could not be understood. */
  readonly problems: readonly ManifestProblem[];
  /** What an earlier baseline accepts. */
  readonly before: readonly AcceptedChange[];
}

/**
 * Reads what is accepted, before work is done for the judgement.
 *
 * @throws NetworkPolicyError where the options contradict each other, or a file would lose what somebody has written
 */
export async function readGateFiles(options: GateOptions, terminal: Terminal): Promise<GateFiles> {
  const { failOn: gates = [], writeBaseline: baseline, config } = options;
  if (gates.includes('any-pod') && options.knownOnly === true) {
    throw contradiction('--known-only', '--fail-on any-pod is about the pods that this leaves out');
  }
  if (gates.length === 0 && baseline !== undefined) {
    throw contradiction(
      '--write-baseline',
      'no gate is named, so there is nothing to accept',
      'name gates with --fail-on',
    );
  }
  const before =
    baseline === undefined ? [] : readBaseline(baseline, options.force === true, 'diff').acceptedChanges;
  const { acceptedChanges, problems, remarks }: LintConfig = readLintConfigs(configsBeside(baseline, config));
  await complain(terminal, inLines([...problems, ...remarks].map(describeManifestProblem)));
  return { accepted: acceptedChanges, problems, before };
}

function contradiction(got: string, problem: string, fix = 'leave out one of the two'): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'options-contradict', at: 'diff', got, problem, fix });
}

/** Judges the gates; with `--write-baseline` the file is written first, and counts. */
export async function gateVerdicts(
  rows: readonly AnyChange[],
  filters: readonly string[],
  { failOn: gates = [], writeBaseline: baseline }: GateOptions,
  files: GateFiles,
  terminal: Terminal,
): Promise<readonly GateVerdict[]> {
  const namesOf = changeNames();
  let { accepted } = files;
  if (baseline !== undefined) {
    const open = judgeGates(gates, { rows, filters, accepts: lasting(accepted, namesOf) });
    const reasons = open.flatMap((each) => each.reasons);
    const written = await writeChangeBaseline(baseline, { reasons, before: files.before, namesOf }, terminal);
    accepted = [...accepted, ...written];
  }
  await complain(terminal, inLines(aboutAccepted(accepted, rows, namesOf)));
  return judgeGates(gates, { rows, filters, accepts: lasting(accepted, namesOf) });
}
type NamesOf = ReturnType<typeof changeNames>;

/** Whether a change is accepted today. */
function lasting(accepted: readonly AcceptedChange[], namesOf: NamesOf): (reason: GateReason) => boolean {
  const day = today();
  const acceptanceFor = acceptanceOf(
    accepted.filter((each) => !isOver(each, day)),
    namesOf,
  );
  return (reason) => acceptanceFor(reason).length > 0;
}

function isOver({ until }: AcceptedChange, day: string): boolean {
  return until !== undefined && day > until;
}

/** What accepts changes no longer, and what accepts none. */
function aboutAccepted(
  accepted: readonly AcceptedChange[],
  rows: readonly AnyChange[],
  namesOf: NamesOf,
): readonly string[] {
  const day = today();
  const acceptanceFor = acceptanceOf(accepted, namesOf);
  const met = new Set(accepted.length === 0 ? [] : rows.flatMap(reasonsIn).flatMap(acceptanceFor));
  const ended = accepted.filter((each) => met.has(each) && isOver(each, day));
  const { length: unmet } = accepted.filter((each) => !met.has(each));
  return [
    ...ended.map(
      ({ until, reason, source }) =>
        `${describeSource(source ?? {})}: accepted until ${until}, which is over: ${reason}`,
    ),
    ...(unmet === 0
      ? []
      : [
          `${count(unmet, 'accepted change')} did not happen here; take out what is done with, for it would be accepted again`,
        ]),
  ];
}

/** What the shell is told of the gates. */
export function exitCodeOfGates(verdicts: readonly GateVerdict[]): ExitCode {
  const outcomes = verdicts.map(({ outcome }) => outcome);
  return outcomes.includes('failed')
    ? EXIT_CODE.no
    : outcomes.includes('unknown')
      ? EXIT_CODE.cannotJudge
      : EXIT_CODE.yes;
}
