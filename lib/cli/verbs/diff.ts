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
import { changeListing } from '../../render/change-listing';
import { changeTable } from '../../render/change-table';
import type { DiffOptions } from '../commands/diff';
import { EXIT_CODE, type ExitCode } from '../exit-code';
import { judgeCluster } from '../judge-cluster';
import { checkKnown, checkNamespace } from '../namespace';
import type { PathOptions } from '../options/source';
import { printAnswer } from '../print-listing';
import type { Terminal } from '../terminal';

export async function run(
  terminal: Terminal,
  before: string,
  after: string,
  options: DiffOptions,
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
  checkNamespace(options.namespace);
  const profile = readProfile(options);
  const then = profileAfter(profile, options);
  const was = await judgeCluster([before], undefined, buildingIn(before, options), terminal, profile);
  const is = await judgeCluster([after], undefined, buildingIn(after, options), terminal, then);
  const all = diffConnections(was.reachability, is.reachability);
  const allEntries = entryChanges(was.reachability, is.reachability);
  const { namespace } = options;
  if (namespace !== undefined) {
    checkKnown(namespace, [was.reachability.judged.cluster, is.reachability.judged.cluster]);
  }
  const isAsked = askedIn(options);
  const [changes, entries] = [all.filter(isAsked), allEntries.filter(isAsked)];
  const localDns = [profile, then].some((each) => each.localDns === true);
  const isComplete = was.isComplete && is.isComplete;
  const how = { localDns, isComplete, namespace, isAsked };
  const summary = summarizeChanges(changes, was.reachability, is.reachability, how);
  const unbuilt = notBuiltChanges(was.reachability, is.reachability);
  const answer = {
    knownOnly: is.reachability.knownOnly,
    notJudged: unjudgedIn(was.reachability, is.reachability),
    makers: uniteMakers(is.reachability.makers, was.reachability.makers),
    inventories: { before: was.reachability.inventory, after: is.reachability.inventory },
    ...defined({ namespace, ports: options.port }),
    leftOut: all.length + allEntries.length - changes.length - entries.length,
    entries,
    notBuiltChanges: unbuilt,
  };
  await printAnswer(
    terminal,
    options,
    () => changeListing(changes, summary, answer),
    () => changeTable(changes, summary, changeWords(was.reachability, is.reachability), answer),
  );
  terminal.exitCode = isComplete
    ? exitCodeOf([...entries, ...unbuilt, ...filterRows(summary), ...changes], options)
    : EXIT_CODE.cannotJudge;
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
function buildingIn<O extends PathOptions>(version: string, options: O): O {
  const { kustomize } = options;
  return kustomize === undefined
    ? options
    : { ...options, kustomize: kustomize.map((folder) => join(version, folder)) };
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
