import type { AskedRequest } from '../model/asked-request';
import type { ExpectedWorkload } from '../model/expected-end';
import type { PolicyType } from '../model/network-policy';
import type { AskedConnection, AskedEnd } from './asked-ends';
import type { Check } from './check';
import { checkAllowsOnly } from './check-allows-only';
import { checkIsolates } from './check-isolation';
import { checkAllows, checkDenies } from './check-verdict';
import { connectivityTable } from './connectivity-table';
import type { Subject } from './subject';

/** The part of Jest's matcher context that is used. */
interface MatcherContext {
  readonly isNot?: boolean | undefined;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The part of Jest's `expect` that the snapshot matcher uses. */
export interface SnapshotExpect {
  (value: unknown): { toMatchSnapshot(...hint: string[]): void };
  getState(): { assertionCalls: number };
  setState(state: { assertionCalls: number }): void;
}

/**
 * The matchers for `expect.extend`.
 *
 * @param expect Jest's own, for snapshots
 */
export function connectivityMatchers(expect: SnapshotExpect) {
  return {
    toAllow(
      this: MatcherContext,
      subject: Subject,
      from: AskedEnd,
      to: AskedEnd,
      port?: number | string,
      http?: AskedRequest,
    ) {
      return answer(this, checkAllows(subject, from, to, port, http));
    },
    toDeny(
      this: MatcherContext,
      subject: Subject,
      from: AskedEnd,
      to: AskedEnd,
      port?: number | string,
      http?: AskedRequest,
    ) {
      return answer(this, checkDenies(subject, from, to, port, http));
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
        throw new Error('toMatchConnectivitySnapshot cannot be used with .not, like all snapshots of Jest');
      }
      return matchSnapshot(expect, connectivityTable(subject), hint);
    },
  };
}

/** An uncertain check fails with and without `.not`. */
function answer({ isNot = false }: MatcherContext, check: Check): MatcherResult {
  const { pass, certain, message, outcome } = check;
  const claim =
    outcome === undefined
      ? []
      : [`Expected: ${isNot ? 'not ' : ''}${outcome.expected}`, `Received: ${outcome.received}`, ''];
  return { pass: certain ? pass : isNot, message: () => [...claim, message].join('\n') };
}

/** Jest's own matcher writes, compares and reports the snapshot. Both matchers together count as one assertion. */
function matchSnapshot(expect: SnapshotExpect, table: string, hint: string | undefined): MatcherResult {
  const { assertionCalls } = expect.getState();
  try {
    // The table begins on a new line, so that its columns stay aligned.
    expect(`\n${table}`).toMatchSnapshot(...(hint === undefined ? [] : [hint]));
    return { pass: true, message: () => 'The connectivity is that of the snapshot.' };
  } catch (error) {
    return { pass: false, message: () => (error as Error).message };
  } finally {
    expect.setState({ assertionCalls });
  }
}
