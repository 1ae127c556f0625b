import type { IConstruct } from 'constructs';
import { defined } from '../model/defined';
import type { ExpectedEnd } from '../model/expected-end';
import type { Expectation } from '../model/finding';
import { placeOf } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { watchApp } from './app-watch';
import { expect } from './intent-registry';
import { checkList, checkOptions } from './options';
import { SourceLine } from './source-line';

/** A connection that must be open, or must not be. */
export interface ExpectedConnection {
  readonly from: ExpectedEnd;
  readonly to: ExpectedEnd;
  /**
   * The port of the pods, as kubectl writes it: `5432`, `5432/TCP`, `8000-8100/TCP`, `http`.
   * @default `mustReach`: some port is open; `mustNotReach`: none is
   */
  readonly port?: number | string;
  /** Why it is expected. */
  readonly reason?: string;
}

/** The only ends that may reach another. */
export interface ExpectedSources {
  readonly to: ExpectedEnd;
  /** An empty list is nobody. */
  readonly from: readonly ExpectedEnd[];
  /**
   * The port of the pods, as in `ExpectedConnection`.
   * @default every port
   */
  readonly port?: number | string;
  /** Why it is expected. */
  readonly reason?: string;
}

/**
 * What must hold between workloads, whatever the policies say. `aks-netpol lint` and the validation plugin check it on the
 * synthesized manifests, and fail if it does not hold.
 */
export class Expectations {
  /** The expectations of a construct. They mean the same on whichever construct they are written. */
  public static of(scope: IConstruct): Expectations {
    return new Expectations(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * All of `from` can talk to all of `to`.
   *
   * @throws NetworkPolicyError `end-unreadable`, `selector-unreadable`, `port-unreadable`, `reason-missing`,
   *   `type-mismatch`, `field-unknown`
   */
  public mustReach(connection: ExpectedConnection): this {
    return this.expectConnection('must-reach', connection, 'mustReach');
  }

  /** No part of `from` can talk to any part of `to`. Parameters and errors as `mustReach`. */
  public mustNotReach(connection: ExpectedConnection): this {
    return this.expectConnection('must-not-reach', connection, 'mustNotReach');
  }

  /** Nobody but `from` can talk to `to`, inside the cluster or outside. Errors as `mustReach`. */
  public onlyFrom(sources: ExpectedSources): this {
    const at = 'Expectations.onlyFrom';
    checkOptions(sources, ['to', 'from', 'port', 'reason'], at);
    checkList(sources.from, `${at} from`);
    const { endText } = reading();
    const from = sources.from.map((end, i) => endText(end, placeOf(`${at} from`, i)));
    const to = endText(sources.to, `${at} to`);
    return this.add({ kind: 'only-from', from, to, ...this.common(sources, at) }, this.onlyFrom);
  }

  private expectConnection(
    kind: 'must-reach' | 'must-not-reach',
    connection: ExpectedConnection,
    method: 'mustReach' | 'mustNotReach',
  ): this {
    const at = `Expectations.${method}`;
    checkOptions(connection, ['from', 'to', 'port', 'reason'], at);
    const { destinationText, endText } = reading();
    const from = endText(connection.from, `${at} from`);
    const to = destinationText(connection.to, `${at} to`);
    return this.add({ kind, from, to, ...this.common(connection, at) }, this[method]);
  }

  private common({ port, reason }: ExpectedConnection | ExpectedSources, at: string) {
    if (reason !== undefined && (typeof reason !== 'string' || reason.trim() === '')) {
      throw new NetworkPolicyError({
        code: 'reason-missing',
        at: `${at} reason`,
        got: show(reason),
        problem: 'is not a reason',
        fix: 'write why, or leave it out',
      });
    }
    const { portText } = reading();
    return defined({
      port: port === undefined ? undefined : portText(port, `${at} port`),
      reason,
    });
  }

  private add(expectation: Expectation, calledAs: (...args: never[]) => unknown): this {
    expect(this.scope, { expectation, line: SourceLine.above(calledAs) });
    watchApp(this.scope);
    return this;
  }
}

/** Loaded with the first expectation, because most apps have none. */
function reading() {
  return require('../model/expected-end') as typeof import('../model/expected-end');
}
