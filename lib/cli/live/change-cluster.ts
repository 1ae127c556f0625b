import { defined } from '../../model/defined';
import { type FailOn, isCounted } from '../../model/finding';
import { inOneLine } from '../../model/harmless';
import { NetworkPolicyError } from '../../model/problem';
import { type ManagedPolicy, policyName } from '../../plan/any-policy';
import { type ChangedPolicy, changedSince, isWork, type PlannedPolicy } from '../../plan/policy-plan';
import { acceptedLines } from '../../render/accepted';
import { findingLines } from '../../render/lint-human';
import { CHANGE_RENDERERS } from '../../render/outputs';
import { connectionLines, type KindCount, passedOverLines, planLines } from '../../render/policy-changes';
import { confirm } from '../confirmation';
import { EXIT_CODE, type ExitCode, NO_CLUSTER } from '../exit-code';
import { type Interruption, interruptible } from '../interruption';
import { namespacesOf } from '../namespace';
import type { ChangingOptions } from '../options/changing';
import type { WideOptions } from '../options/format';
import { ProgressLine } from '../progress-line';
import { complain, layoutOf, print, type Terminal, tell } from '../terminal';
import type { Kubectl } from './kubectl';
import { readLivePolicies } from './live-cluster';
import type { OutcomeListener, WriteOutcome } from './policy-writer';
import type { Preview } from './preview';

/** A change of a cluster, judged and ready to be made. */
export interface ClusterChange {
  readonly verb: 'apply' | 'create' | 'delete';
  readonly policies: readonly PlannedPolicy[];
  readonly passedOver: readonly KindCount[];
  readonly preview: Preview;
  /** What the server refuses already, by `policyName`. */
  readonly refusals: ReadonlyMap<string, NetworkPolicyError>;
  /** From which findings on nothing is done. */
  readonly failOn: FailOn;
  /** The policies of the cluster that all of this was judged with. */
  readonly live: readonly ManagedPolicy[];
  write(interruption: Interruption, told: OutcomeListener): Promise<ReadonlyMap<ManagedPolicy, WriteOutcome>>;
}

const DONE = { apply: 'applied', create: 'created', delete: 'deleted' } as const;

/** Shows a change, asks, makes it, and tells how far it came. */
export async function changeCluster(
  change: ClusterChange,
  kubectl: Kubectl,
  options: ChangingOptions,
  terminal: Terminal,
): Promise<void> {
  const { policies, preview, passedOver } = change;
  const say = (pieces: Iterable<string>) =>
    options.format === 'text' ? tell(terminal, pieces) : Promise.resolve();
  const work = policies.filter(isWork);
  const context = await kubectl.contextName();
  // Without one it is the cluster that this runs in.
  await say(context === undefined ? [] : [`context ${inOneLine(context)}\n`]);
  await say(passedOverLines(passedOver));
  await say(planLines(policies));
  if (work.length > 0) {
    await say(previewLines(preview, options, terminal));
  }
  const { outcomes, exitCode } = await decide();
  if (options.format !== 'text') {
    const results = policies.map((policy) => resultOf(policy, change, outcomes));
    const report = { ...preview, policies: results, passedOver };
    await print(terminal.stdout, CHANGE_RENDERERS[options.format](report, layoutOf(terminal, options)));
  }
  terminal.exitCode = exitCode;

  async function decide(): Promise<{ outcomes: ReadonlyMap<string, WriteOutcome>; exitCode: ExitCode }> {
    const nothing = (exitCode: ExitCode) => ({ outcomes: new Map(), exitCode });
    const reason = reasonAgainst(change);
    if (reason !== undefined) {
      await complain(terminal, reason);
      return nothing(EXIT_CODE.no);
    }
    if (work.length === 0) {
      return nothing(EXIT_CODE.yes);
    }
    if (options.dryRun === true) {
      await say([`\nnothing was ${DONE[change.verb]}: --dry-run\n`]);
      return nothing(EXIT_CODE.yes);
    }
    if (options.yes !== true) {
      const answer = await confirm(question(change, work, context), terminal);
      if (answer !== 'yes') {
        await complain(terminal, [`nothing was ${DONE[change.verb]}\n`]);
        return nothing(answer === 'no' ? EXIT_CODE.no : EXIT_CODE.interrupted);
      }
      await refuseChanged(change, kubectl);
    }
    return write();
  }

  async function write() {
    const line = new ProgressLine(terminal.stderr);
    let done = 0;
    const tellDone = () => line.show(`${DONE[change.verb]} ${done} of ${work.length}`);
    await say(['\n']);
    tellDone();
    const { written, isInterrupted } = await interruptible(terminal, async (interruption) => ({
      written: await change.write(interruption, async (policy, { result }) => {
        line.clear();
        if (result === 'done') {
          done += 1;
          await say([`${DONE[change.verb]}  ${policyName(policy)}\n`]);
        }
        tellDone();
      }),
      isInterrupted: interruption.isAsked,
    }));
    line.clear();
    const outcomes = new Map([...written].map(([policy, outcome]) => [policyName(policy), outcome]));
    if ([...outcomes.values()].some(({ result }) => result !== 'done')) {
      await complain(terminal, howFar(outcomes, change));
    }
    return { outcomes, exitCode: exitCodeOf([...outcomes.values()], isInterrupted) };
  }
}

/** What a change brings up and what of it is accepted, then what it opens and closes. */
function* previewLines(preview: Preview, options: WideOptions, terminal: Terminal): Generator<string> {
  const { wide } = options;
  const layout = { ...layoutOf(terminal, options), ...defined({ wide }) };
  if (preview.findings.length > 0) {
    yield '\n';
    yield* findingLines(preview.findings, layout);
  }
  if (preview.acknowledged.length > 0) {
    yield '\n';
    yield* acceptedLines(preview.acknowledged, wide);
  }
  yield '\n';
  yield* connectionLines(preview, layout);
}

/** Why a change is not made, if the server or the findings say so. */
function reasonAgainst({ verb, refusals, preview, failOn }: ClusterChange): string[] | undefined {
  if (refusals.size > 0) {
    return [
      ...[...refusals.values()].map(({ message }) => `refused: ${inOneLine(message)}\n`),
      `nothing was ${DONE[verb]}: the cluster refuses ${refusals.size === 1 ? 'a policy' : `${refusals.size} policies`}\n`,
    ];
  }
  const counted = preview.findings.filter(({ severity }) => isCounted(severity, failOn)).length;
  return counted === 0
    ? undefined
    : [
        `nothing was ${DONE[verb]}: ${counted === 1 ? 'a finding stops' : `${counted} findings stop`} it (--fail-on ${failOn})\n`,
      ];
}

function question(
  { verb }: ClusterChange,
  work: readonly PlannedPolicy[],
  context: string | undefined,
): string {
  const what = work.length === 1 ? '1 network policy' : `${work.length} network policies`;
  return `${verb} ${what}${context === undefined ? '' : `, context ${inOneLine(context)}`}?`;
}

/**
 * A person may have thought for a while.
 *
 * @throws NetworkPolicyError `changed-meanwhile`
 */
async function refuseChanged({ live, policies }: ClusterChange, kubectl: Kubectl): Promise<void> {
  const changed = changedSince(live, await readLivePolicies(kubectl, namespacesOf(policies)));
  if (changed.length > 0) {
    throw new NetworkPolicyError({
      code: 'changed-meanwhile',
      at: 'the cluster',
      got: changed.join(', '),
      problem: 'policies have changed since they were shown, so nothing was done',
      fix: 'run the same again: it shows what is there now',
    });
  }
}

function resultOf(
  policy: PlannedPolicy,
  { refusals }: ClusterChange,
  outcomes: ReadonlyMap<string, WriteOutcome>,
): ChangedPolicy {
  const name = policyName(policy);
  const refused = refusals.get(name);
  const { result, refusal = refused } = outcomes.get(name) ?? {
    result: refused !== undefined ? 'refused' : isWork(policy) ? 'planned' : 'done',
  };
  return { ...policy, result, ...defined({ refusal }) };
}

/** What was done and what was not, name by name. */
function* howFar(outcomes: ReadonlyMap<string, WriteOutcome>, { verb }: ClusterChange): Generator<string> {
  const named = (wanted: WriteOutcome['result']) =>
    [...outcomes].filter(([, { result }]) => result === wanted).map(([name]) => name);
  for (const { result, refusal } of outcomes.values()) {
    if (result === 'refused' && refusal !== undefined) {
      yield `refused: ${inOneLine(refusal.message)}\n`;
    }
  }
  const lost = [...outcomes.values()].find(({ result }) => result === 'unanswered')?.refusal;
  if (lost !== undefined) {
    yield `stopped: ${inOneLine(lost.message)}\n`;
  }
  const [done, unanswered, left] = [named('done'), named('unanswered'), named('left')];
  yield `${DONE[verb]}: ${done.join(', ') || 'none'}\n`;
  if (unanswered.length > 0) {
    yield `asked for and not answered, so perhaps ${DONE[verb]}: ${unanswered.join(', ')}\n`;
  }
  yield `not ${DONE[verb]}: ${[...named('refused'), ...left].join(', ') || 'none'}\n`;
  yield `run the same again to finish${verb === 'delete' ? ', with --ignore-not-found' : ''}\n`;
}

function exitCodeOf(outcomes: readonly WriteOutcome[], isInterrupted: boolean): ExitCode {
  const failed = outcomes.filter(({ result }) => result !== 'done');
  if (failed.length === 0) {
    return EXIT_CODE.yes;
  }
  if (isInterrupted) {
    return EXIT_CODE.interrupted;
  }
  const isGone = failed.some(({ refusal }) => refusal !== undefined && NO_CLUSTER.includes(refusal.code));
  return isGone ? EXIT_CODE.noCluster : EXIT_CODE.no;
}
