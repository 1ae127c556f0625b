import { join } from 'node:path';
import type { AksClusterProfile } from '../../aks/cluster-profile';
import type { NotJudged } from '../../aks/enforcement';
import { readProfile } from '../../aks/read-profile';
import { changeWords } from '../../diff/change-words';
import type { ConnectionChange } from '../../diff/connection-change';
import { diffConnections } from '../../diff/diff-connections';
import { type EntryChange, entryChanges } from '../../diff/entry-change';
import { type NotBuiltChange, notBuiltChanges } from '../../diff/not-built-change';
import { isAboutNamespace } from '../../diff/only-namespace';
import { isAboutPorts } from '../../diff/only-ports';
import { type ChangeSummary, summarizeChanges } from '../../diff/summary';
import { defined } from '../../model/defined';
import { uniteMakers } from '../../model/made-pods';
import { NetworkPolicyError, show } from '../../model/problem';
import { unjudgedKey } from '../../model/unjudged-policy';
import type { Reachability } from '../../reachability/reachability';
import { changeListing, changeNames } from '../../render/change-listing';
import { changeTable } from '../../render/change-table';
import { gateNotes } from '../../render/gate-notes';
import { mermaidBlock, renderChangeReport } from '../../render/outputs';
import { sceneOfVersions } from '../../render/scene';
import { exitCodeOfGates, gateVerdicts, readGateFiles } from '../change-gates';
import type { DiffOptions } from '../commands/diff';
import { withCommittedPaths } from '../committed-paths';
import { EXIT_CODE, type ExitCode } from '../exit-code';
import { judgeCluster } from '../judge-cluster';
import { checkKnown, checkNamespace } from '../namespace';
import { printAnswer } from '../print-listing';
import { complain, inLines, print, type Terminal } from '../terminal';

export async function run(terminal: Terminal, paths: readonly string[], options: DiffOptions): Promise<void> {
  const { git } = options;
  if (git === undefined) {
    const [before, after] = twoVersions(paths);
    await compare(terminal, { paths: [before] }, { paths: [after] }, options);
    return;
  }
  checkNoInput(paths, '--git compares files with a commit');
  await withCommittedPaths(git, paths, (before) => compare(terminal, before, { paths }, options));
}

/** Where a version is read. */
interface Version {
  readonly paths: readonly string[];
  /** Where its paths begin. @default the working directory */
  readonly base?: string;
}

async function compare(
  terminal: Terminal,
  before: Version,
  after: Version,
  options: DiffOptions,
): Promise<void> {
  checkNamespace(options.namespace);
  const files = await readGateFiles(options, terminal);
  const profile = readProfile(options);
  const then = profileAfter(profile, options);
  const was = await judgeCluster(before.paths, undefined, readingOf(before, options), terminal, profile);
  const is = await judgeCluster(after.paths, undefined, readingOf(after, options), terminal, then);
  const all = diffConnections(was.reachability, is.reachability);
  const allEntries = entryChanges(was.reachability, is.reachability);
  const { namespace } = options;
  if (namespace !== undefined) {
    checkKnown(namespace, [was.reachability.judged.cluster, is.reachability.judged.cluster]);
  }
  const isAsked = askedIn(options);
  const [changes, entries] = [all.filter(isAsked), allEntries.filter(isAsked)];
  const localDns = [profile, then].some((each) => each.localDns === true);
  const problems = [...files.problems, ...was.problems, ...is.problems];
  const isComplete = problems.length === 0;
  const how = { localDns, isComplete, namespace, isAsked };
  const summary = summarizeChanges(changes, was.reachability, is.reachability, how);
  const unbuilt = notBuiltChanges(was.reachability, is.reachability);
  const rows = [...entries, ...unbuilt, ...changes];
  const words = changeWords(was.reachability, is.reachability);
  const verdicts = await gateVerdicts(rows, summary.filters ?? [], options, files, terminal);
  const isTold = options.format !== 'table';
  const gates = gateNotes(verdicts, { words, namesOf: changeNames(), isTold });
  if (isTold) {
    await complain(terminal, inLines(gates.map(({ line }) => line)));
  }
  const answer = {
    gates,
    knownOnly: is.reachability.knownOnly,
    notJudged: unjudgedIn(was.reachability, is.reachability),
    makers: uniteMakers(is.reachability.makers, was.reachability.makers),
    inventories: { before: was.reachability.inventory, after: is.reachability.inventory },
    ...defined({ namespace, ports: options.port }),
    leftOut: all.length + allEntries.length - changes.length - entries.length,
    entries,
    notBuiltChanges: unbuilt,
    scene: sceneOfVersions(was.reachability, is.reachability),
  };
  const listing = () => changeListing(changes, summary, answer);
  const table = () => changeTable(changes, summary, words, answer);
  if (options.format === 'markdown') {
    const picture = options.picture === true && rows.length > 0 ? mermaidBlock(listing()) : undefined;
    const report = { gates, verdicts, problems, ...defined({ picture }) };
    await print(
      terminal.stdout,
      options.wide === true
        ? renderChangeReport({ ...listing(), ...report })
        : renderChangeReport({ ...table(), ...report }),
    );
  } else {
    await printAnswer(terminal, options, listing, table);
  }
  const codes = [exitCodeOf([...rows, ...filterRows(summary)], options), exitCodeOfGates(verdicts)];
  terminal.exitCode = isComplete ? graver(codes) : EXIT_CODE.cannotJudge;
}

/** What is known counts more than what nobody knows. */
function graver(codes: readonly ExitCode[]): ExitCode {
  return [EXIT_CODE.no, EXIT_CODE.cannotJudge].find((code) => codes.includes(code)) ?? EXIT_CODE.yes;
}

/** Tells which changes were asked for. */
function askedIn({ namespace, port }: DiffOptions): (row: ConnectionChange | EntryChange) => boolean {
  const filters = [
    ...(namespace === undefined ? [] : [isAboutNamespace(namespace)]),
    ...(port === undefined ? [] : [isAboutPorts(port)]),
  ];
  return (row) => filters.every((isAsked) => isAsked(row));
}

/** The policies of both versions that are not judged, each once. */
function unjudgedIn(...versions: readonly Reachability[]): readonly NotJudged[] {
  const known = new Map(
    versions.flatMap(({ notJudged }) =>
      notJudged.map((each) => [`${each.effect} ${unjudgedKey(each)}`, each]),
    ),
  );
  return [...known.values()];
}

/** What may change for requests where no connection does. */
function filterRows({ filters = [] }: ChangeSummary): readonly { readonly change: 'unknown' }[] {
  return filters.map(() => ({ change: 'unknown' }));
}

/** A kustomization is named as it is in both versions. */
function readingOf(
  { paths: [path = ''], base }: Version,
  options: DiffOptions,
): DiffOptions & { readonly base?: string } {
  const { kustomize } = options;
  return {
    ...options,
    ...defined({ base, kustomize: kustomize?.map((folder) => join(path, folder)) }),
  };
}

/** @throws NetworkPolicyError `source-unclear`, `file-unreadable` */
function twoVersions(paths: readonly string[]): readonly [string, string] {
  const [before, after, ...others] = paths;
  if (before === undefined || after === undefined || others.length > 0) {
    throw new NetworkPolicyError({
      code: 'source-unclear',
      at: 'diff',
      got: paths.join(' '),
      problem: 'two versions are compared, and each is one path',
      fix: 'name the path before the change and the one after it; or with --git the commit, and what to compare',
    });
  }
  if (before === '-') {
    checkNoInput([after], 'both versions cannot come from standard input');
  }
  return [before, after];
}

/** @throws NetworkPolicyError `file-unreadable` for standard input */
function checkNoInput(paths: readonly string[], problem: string): void {
  if (paths.includes('-')) {
    const fix = 'give a file or a folder for it';
    throw new NetworkPolicyError({ code: 'file-unreadable', at: 'diff', got: show('-'), problem, fix });
  }
}

/** What is not said of the version after is as before; another profile brings its own engine. */
function profileAfter(
  before: AksClusterProfile,
  { profileAfter: file, engineAfter: engine }: DiffOptions,
): AksClusterProfile {
  const profile = file === undefined ? before : readProfile({ profile: file });
  return engine === undefined ? profile : { ...profile, engine };
}

/** Where nothing is known to change and something may, the question has no answer. */
function exitCodeOf(
  changes: readonly Pick<ConnectionChange | EntryChange | NotBuiltChange, 'change'>[],
  { exitCode }: DiffOptions,
): ExitCode {
  if (exitCode === undefined || changes.length === 0) {
    return EXIT_CODE.yes;
  }
  return changes.some(({ change }) => change !== 'unknown') ? EXIT_CODE.no : EXIT_CODE.cannotJudge;
}
