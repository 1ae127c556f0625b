import { type LivePart, readLive } from '../../manifests/read-live';
import { qualifiedName } from '../../model/cluster';
import { appendAll } from '../../model/collections';
import { defined } from '../../model/defined';
import { groupOf } from '../../model/object-kinds';
import { policyKindOf } from '../../model/policy-kinds';
import { isPlainObject, NetworkPolicyError } from '../../model/problem';
import { type ManagedPolicy, managedPoliciesIn, policyName } from '../../plan/any-policy';
import { FIELD_MANAGER } from '../../plan/ownership';
import { type PlanResult, versionOf } from '../../plan/policy-plan';
import { NO_CLUSTER } from '../exit-code';
import type { Interruption } from '../interruption';
import type { Kubectl } from './kubectl';
import { refusalOf } from './kubectl-refusals';
import { answerUnreadable } from './object-list';

export interface PolicyWriterOptions {
  /** Whether fields that somebody else manages are taken over. */
  readonly forceConflicts?: boolean;
}

/** What has become of a policy that was to be written. */
export interface WriteOutcome {
  readonly result: Exclude<PlanResult, 'planned'>;
  /** Why, unless it is done or left. */
  readonly refusal?: NetworkPolicyError;
}

/** Told about each policy when the cluster has answered. */
export type OutcomeListener = (policy: ManagedPolicy, outcome: WriteOutcome) => Promise<void>;

/** What the server would store, and what it would refuse. */
export interface Trial {
  /** As the server would store them, with its defaults and what others manage, by `policyName`. */
  readonly stored: ReadonlyMap<string, ManagedPolicy>;
  /** By `policyName`. */
  readonly refusals: ReadonlyMap<string, NetworkPolicyError>;
}

/** How many policies the server tries at once. */
const TRIAL = 50;

/** How many deletions the server tries at once; kubectl is started for each. */
const DELETIONS = 4;

/** How many policies are applied with one start of kubectl: enough that starting it costs little. */
const BATCH = 10;

/** Changes policies of a cluster so that it is always known how far it came. */
export class PolicyWriter {
  private readonly words: readonly string[];

  public constructor(
    private readonly kubectl: Kubectl,
    { forceConflicts }: PolicyWriterOptions = {},
  ) {
    this.words = [
      ...['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, '--filename=-'],
      ...(forceConflicts === true ? ['--force-conflicts'] : []),
    ];
  }

  /**
   * Has the server judge policies as if they were applied: its validation, its webhooks and the rights of the
   * account. kubectl says nothing of the others when it is refused one, so a batch with a refusal is asked for
   * again in halves, down to the policy that is refused.
   *
   * @param progress told how many more were tried
   * @throws NetworkPolicyError when the cluster cannot be talked to
   */
  public async tryOut(policies: readonly ManagedPolicy[], progress: (count: number) => void): Promise<Trial> {
    const words = [...this.words, '--dry-run=server', '--output=json'];
    const objects: object[] = [];
    const refusals = new Map<string, NetworkPolicyError>();
    const attempt = async (batch: readonly ManagedPolicy[]): Promise<void> => {
      const { isDone, stdout, stderr } = await this.kubectl.ask(words, { input: listOf(batch) });
      const [first, ...others] = batch;
      if (isDone) {
        appendAll(objects, itemsOf(stdout));
        progress(batch.length);
      } else if (isAway(refusalOf(words, stderr))) {
        throw refusalOf(words, stderr);
      } else if (first !== undefined && others.length === 0) {
        refusals.set(policyName(first), about(first, refusalOf(words, stderr)));
        progress(1);
      } else {
        const middle = Math.ceil(batch.length / 2);
        await attempt(batch.slice(0, middle));
        await attempt(batch.slice(middle));
      }
    };
    for (let i = 0; i < policies.length; i += TRIAL) {
      await attempt(policies.slice(i, i + TRIAL));
    }
    const { cluster } = await readLive(policiesOnly(objects), false);
    const stored = new Map(managedPoliciesIn(cluster).map((policy) => [policyName(policy), policy]));
    const missing = policies.map(policyName).filter((name) => !stored.has(name) && !refusals.has(name));
    if (missing.length > 0) {
      // What the server would store of them is not known, and what is written is not the same.
      throw answerUnreadable(
        'kubectl apply --dry-run=server',
        missing,
        'tells nothing of policies that it was asked about',
      );
    }
    return { stored, refusals };
  }

  /**
   * Has the server judge the deletion of policies: its webhooks, the rights of the account, and whether they are still
   * as they were read.
   *
   * @returns what it would refuse, by `policyName`
   * @throws NetworkPolicyError when the cluster cannot be talked to
   */
  public async tryDeletion(
    policies: readonly ManagedPolicy[],
    progress: (count: number) => void,
  ): Promise<ReadonlyMap<string, NetworkPolicyError>> {
    const refusals = new Map<string, NetworkPolicyError>();
    const attempt = async (policy: ManagedPolicy) => {
      const { isDone, refusal } = await this.askToDelete(policy, { dryRun: ['All'] });
      if (!isDone && isAway(refusal)) {
        throw refusal;
      }
      if (!isDone) {
        refusals.set(policyName(policy), about(policy, refusal));
      }
      progress(1);
    };
    for (let i = 0; i < policies.length; i += DELETIONS) {
      await Promise.all(policies.slice(i, i + DELETIONS).map(attempt));
    }
    return refusals;
  }

  /**
   * Applies policies, some at a time. What was shown is a plan as a whole, so the first refusal ends it: the rest is
   * left.
   *
   * @param told about each policy that was asked for
   */
  public apply(
    policies: readonly ManagedPolicy[],
    interruption: Interruption,
    told: OutcomeListener,
  ): Promise<ReadonlyMap<ManagedPolicy, WriteOutcome>> {
    return inTurn(batchesOf(policies), interruption, told, (batch) =>
      this.applyBatch(batch, interruption.stop),
    );
  }

  /** Deletes policies as they were read: one that was written since, or is another of the same name, stays. */
  public delete(
    policies: readonly ManagedPolicy[],
    interruption: Interruption,
    told: OutcomeListener,
  ): Promise<ReadonlyMap<ManagedPolicy, WriteOutcome>> {
    const alone = policies.map((policy) => [policy]);
    return inTurn(alone, interruption, told, (batch) =>
      Promise.all(batch.map((policy) => this.deleteOne(policy, interruption.stop))),
    );
  }

  private async applyBatch(
    batch: readonly ManagedPolicy[],
    stop: AbortSignal,
  ): Promise<readonly WriteOutcome[]> {
    const { isDone, stdout, stderr } = await this.kubectl.ask(this.words, { input: listOf(batch), stop });
    const lines = new Set(stdout.split('\n'));
    const outcomes: WriteOutcome[] = [];
    for (const policy of batch) {
      if (isDone || lines.has(confirmationOf(policy))) {
        outcomes.push({ result: 'done' });
      } else if (batch.length > 1 && !stop.aborted && !isAway(refusalOf(this.words, stderr))) {
        // Alone it is told its own reason; asking again changes nothing for one that was refused.
        appendAll(outcomes, await this.applyBatch([policy], stop));
      } else {
        outcomes.push(notDone(policy, refusalOf(this.words, stderr), stop));
      }
    }
    return outcomes;
  }

  private async deleteOne(policy: ManagedPolicy, stop: AbortSignal): Promise<WriteOutcome> {
    const { isDone, refusal } = await this.askToDelete(policy, {}, stop);
    return isDone ? { result: 'done' } : notDone(policy, refusal, stop);
  }

  private async askToDelete(
    policy: ManagedPolicy,
    how: { readonly dryRun?: readonly string[] },
    stop?: AbortSignal,
  ) {
    const { namespace, name } = policy;
    const { apiVersion, plural } = policyKindOf(policy);
    const place = namespace === undefined ? '' : `namespaces/${namespace}/`;
    const path = `/apis/${apiVersion}/${place}${plural}/${name}`;
    const words = ['delete', '--raw', path, '--filename=-'];
    const input = JSON.stringify({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'DeleteOptions',
      preconditions: versionOf(policy),
      ...how,
    });
    const { isDone, stderr } = await this.kubectl.ask(words, defined({ input, stop }));
    return { isDone, refusal: refusalOf(words, stderr) };
  }
}

/** Writes batch by batch until all is done, something is not, or the person has asked to stop. */
async function inTurn(
  batches: readonly (readonly ManagedPolicy[])[],
  interruption: Interruption,
  told: OutcomeListener,
  write: (batch: readonly ManagedPolicy[]) => Promise<readonly WriteOutcome[]>,
): Promise<ReadonlyMap<ManagedPolicy, WriteOutcome>> {
  const outcomes = new Map<ManagedPolicy, WriteOutcome>();
  let isOver = false;
  for (const batch of batches) {
    isOver ||= interruption.isAsked;
    const written = isOver ? [] : await write(batch);
    for (const [i, policy] of batch.entries()) {
      const outcome = written[i] ?? { result: 'left' };
      outcomes.set(policy, outcome);
      if (outcome.result !== 'left') {
        await told(policy, outcome);
      }
      isOver ||= outcome.result !== 'done';
    }
  }
  return outcomes;
}

/** In batches in which each name stands once: kubectl confirms objects by their names, without their namespaces. */
function batchesOf(policies: readonly ManagedPolicy[]): ManagedPolicy[][] {
  const batches: ManagedPolicy[][] = [];
  let batch: ManagedPolicy[] = [];
  for (const policy of policies) {
    if (batch.length === BATCH || batch.some(({ name }) => name === policy.name)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(policy);
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

/** The line with which kubectl says that a policy was applied; nothing else tells it where others are refused. */
function confirmationOf({ kind, name }: ManagedPolicy): string {
  const { apiVersion } = policyKindOf({ kind });
  return `${kind.toLowerCase()}.${groupOf(apiVersion)}/${name} serverside-applied`;
}

function notDone(policy: ManagedPolicy, refusal: NetworkPolicyError, stop: AbortSignal): WriteOutcome {
  return {
    result: stop.aborted || isAway(refusal) ? 'unanswered' : 'refused',
    refusal: about(policy, refusal),
  };
}

/** Whether a failure says that nobody is there, rather than no. */
function isAway({ code }: NetworkPolicyError): boolean {
  return NO_CLUSTER.includes(code);
}

function about(policy: ManagedPolicy, { code, got, problem, fix }: NetworkPolicyError): NetworkPolicyError {
  return new NetworkPolicyError({ code, at: `${policy.kind} ${qualifiedName(policy)}`, got, problem, fix });
}

function listOf(policies: readonly ManagedPolicy[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: policies.map(({ written }) => written) });
}

/** kubectl writes one object as it is, and several as a list; what is neither is none. */
function itemsOf(stdout: string): readonly object[] {
  try {
    const written: { readonly items?: unknown } | null = JSON.parse(stdout);
    const items: unknown[] = Array.isArray(written?.items) ? written.items : [written];
    return items.filter(isPlainObject);
  } catch {
    return [];
  }
}

/** The status of an object is about what it was, not about what is tried. */
async function* policiesOnly(objects: readonly object[]): AsyncGenerator<LivePart> {
  const tried = objects.map(({ status: _, ...object }: { readonly status?: unknown }) => object);
  yield { kind: 'NetworkPolicy', apiVersion: 'networking.k8s.io/v1', objects: tried };
}
