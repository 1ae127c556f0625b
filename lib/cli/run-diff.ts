import { changeWords } from '../diff/change-words';
import type { ConnectionChange } from '../diff/connection-change';
import { diffConnections } from '../diff/diff-connections';
import { type EntryChange, entryChanges } from '../diff/entry-change';
import { summarizeChanges } from '../diff/summary';
import { readProfile } from '../lint/read-profile';
import { defined } from '../model/defined';
import { uniteMakers } from '../model/made-pods';
import { NetworkPolicyError, show } from '../model/problem';
import { type NotJudged, unjudgedIdentity } from '../model/unjudged-policy';
import type { Reachability } from '../reachability/reachability';
import { changeListing } from '../render/change-listing';
import { changeTable } from '../render/change-table';
import type { DiffOptions } from './commands/diff';
import { EXIT_CODE, type ExitCode } from './exit-code';
import { judge } from './judge';
import type { JudgeOptions, KnownOptions } from './options';
import { printAnswer } from './print-listing';
import type { Terminal } from './terminal';

/** Judges both versions and tells what is not the same. */
export async function runDiff(
  before: string,
  after: string,
  options: DiffOptions,
  terminal: Terminal,
): Promise<void> {
  if (before === '-' && after === '-') {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: 'diff',
      got: show('-'),
      problem: 'both versions cannot come from standard input',
      fix: 'give a file or a folder for one of them',
    });
  }
  const then = optionsAfter(options);
  const was = await judge([before], undefined, options, terminal);
  const is = await judge([after], undefined, then, terminal);
  const changes = diffConnections(was.reachability, is.reachability);
  const localDns = [options, then].some((each) => readProfile(each).localDns === true);
  const summary = summarizeChanges(changes, was.reachability, is.reachability, { localDns });
  const { knownOnly } = is.reachability;
  const entries = entryChanges(was.reachability, is.reachability);
  const notJudged = unjudgedIn(was.reachability, is.reachability);
  const makers = uniteMakers(is.reachability.makers, was.reachability.makers);
  const answer = { knownOnly, notJudged, makers, entries };
  await printAnswer(terminal, options, {
    all: () => changeListing(changes, summary, answer),
    told: () => {
      const words = changeWords(was.reachability, is.reachability);
      return changeTable(changes, summary, words, answer);
    },
  });
  terminal.exitCode =
    was.isComplete && is.isComplete ? exitCodeOf([...entries, ...changes], options) : EXIT_CODE.cannotJudge;
}

/** The policies of both versions that are not judged, each once. */
function unjudgedIn(...versions: readonly Reachability[]): readonly NotJudged[] {
  const known = new Map(
    versions.flatMap(({ notJudged }) =>
      notJudged.map((each) => [`${each.effect} ${unjudgedIdentity(each)}`, each]),
    ),
  );
  return [...known.values()];
}

/** What is not said of the version after is as before; another profile brings its own engine. */
function optionsAfter({
  profile,
  profileAfter,
  engine,
  engineAfter,
  knownOnly,
  ignoreKind,
}: DiffOptions): JudgeOptions & KnownOptions {
  const named = profileAfter ?? profile;
  const enforcing = engineAfter ?? (profileAfter === undefined ? engine : undefined);
  return defined({ profile: named, engine: enforcing, knownOnly, ignoreKind });
}

/** Where nothing is known to change and something may, the question has no answer. */
function exitCodeOf(
  changes: readonly Pick<ConnectionChange | EntryChange, 'change'>[],
  { exitCode }: DiffOptions,
): ExitCode {
  if (exitCode === undefined || changes.length === 0) {
    return EXIT_CODE.yes;
  }
  return changes.some(({ change }) => change !== 'unknown') ? EXIT_CODE.no : EXIT_CODE.cannotJudge;
}
