import type { ExpectedWorkload } from '../model/expected-end';
import type { PolicyType } from '../model/network-policy';
import type { AskedConnection, AskedEnd } from './asked-ends';
import type { Check } from './check';
import { checkAllowsOnly } from './check-allows-only';
import { checkIsolates } from './check-isolation';
import { checkAllows, checkDenies } from './check-verdict';
import { connectivityTable } from './connectivity-table';
import type { Subject } from './subject';

/** What the matchers use of Jest's own context. */
interface MatcherContext {
  readonly isNot?: boolean | undefined;
}

/** What Jest takes as the answer of a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** What the snapshot matcher uses of Jest's `expect`. */
export interface SnapshotExpect {
  (value: unknown): { toMatchSnapshot(...hint: string[]): void };
  getState(): { assertionCalls: number };
  setState(state: { assertionCalls: number }): void;
}

/**
 * The matchers as `expect.extend` takes them.
 *
 * @param expect finds Jest's `expect`, for snapshots
 */
export function connectivityMatchers(expect: SnapshotExpect) {
  return {
    toAllow(this: MatcherContext, subject: Subject, from: AskedEnd, to: AskedEnd, port?: number | string) {
      return answer(this, checkAllows(subject, from, to, port));
    },
    toDeny(this: MatcherContext, subject: Subject, from: AskedEnd, to: AskedEnd, port?: number | string) {
      return answer(this, checkDenies(subject, from, to, port));
    },
    toIsolate(
      this: MatcherContext,
      subject: Subject,
      workload: string | ExpectedWorkload,
      direction: PolicyType,
    ) {
      return answer(this, checkIsolates(subject, workload, direction));
    },
    toAllowOnly(this: MatcherContext, subject: Subject, connections: readonly AskedConnection[]) {
      return answer(this, checkAllowsOnly(subject, connections));
    },
    toMatchConnectivitySnapshot(this: MatcherContext, subject: Subject, hint?: string) {
      if (this.isNot) {
        throw new Error('toMatchConnectivitySnapshot cannot be used with .not: no snapshot of Jest can be');
      }
      return matchSnapshot(expect, connectivityTable(subject), hint);
    },
  };
}

/** What is not certain fails with and without `.not`. */
function answer({ isNot = false }: MatcherContext, { pass, certain, message }: Check): MatcherResult {
  return { pass: certain ? pass : isNot, message: () => message };
}

/** Leaves it to Jest's own matcher to write, compare and report; it counts as one assertion with ours. */
function matchSnapshot(expect: SnapshotExpect, table: string, hint: string | undefined): MatcherResult {
  const { assertionCalls } = expect.getState();
  try {
    // On a line of its own, so that the columns stay below each other.
    expect(`\n${table}`).toMatchSnapshot(...(hint === undefined ? [] : [hint]));
    return { pass: true, message: () => 'The connectivity is that of the snapshot.' };
  } catch (error) {
    return { pass: false, message: () => (error as Error).message };
  } finally {
    expect.setState({ assertionCalls });
  }
}
