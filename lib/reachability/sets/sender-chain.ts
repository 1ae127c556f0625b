import { append } from '../../model/collections';
import type { Bits } from './bits';
import { unite } from './port-map';

/** Senders, and what they may send. */
interface SenderPart<P> {
  readonly set: Bits;
  readonly ports: P;
}

/**
 * Groups of senders one after the other, each with what it may send. Equal chains are one object: receivers that every
 * group treats alike share one.
 */
export class SenderChain<P> {
  public static root<P>(): SenderChain<P> {
    return new SenderChain<P>(0, { next: 1 });
  }

  private readonly children = new Map<number, SenderChain<P>>();
  private known: readonly SenderPart<P>[] | undefined;

  private constructor(
    /** Distinct among the chains of one root. */
    public readonly id: number,
    private readonly counter: { next: number },
    private readonly last?: SenderPart<P> & { readonly before: SenderChain<P> },
  ) {}

  /**
   * The chain with one more group.
   *
   * @param key stands for the group and what it may send
   */
  public with(key: number, set: Bits, ports: P): SenderChain<P> {
    let child = this.children.get(key);
    if (child === undefined) {
      child = new SenderChain<P>(this.counter.next, this.counter, { before: this, set, ports });
      this.counter.next += 1;
      this.children.set(key, child);
    }
    return child;
  }

  /** All senders, those that may send the same together. */
  public get parts(): readonly SenderPart<P>[] {
    if (this.known === undefined) {
      const sets = new Map<P, Bits[]>();
      for (let { last } = this as SenderChain<P>; last !== undefined; last = last.before.last) {
        append(sets, last.ports, last.set);
      }
      this.known = [...sets].map(([ports, some]) => ({ set: unite(some), ports }));
    }
    return this.known;
  }
}
