import type { IConstruct } from 'constructs';
import type { Suspicion } from './rule-findings';

/** A policy as its app remembers it. */
export interface RecordedPolicy extends IConstruct {
  readonly name: string;
  readonly namespace: string;
  /** What is legal and yet suspicious about it, each with the user's line that brought it. */
  suspicions(): readonly (Suspicion & { readonly source: string | undefined })[];
}

/** An acknowledgement: findings of `code` at or under `scope` are accepted, for a reason. */
export interface Acknowledgement {
  readonly scope: IConstruct;
  readonly code: string;
  readonly reason: string;
}

const LEDGER = Symbol('ledger of network policies');

/** What one app knows of its policies; kept at the app's root. */
export class Ledger {
  /** The ledger of the app that a construct is in. */
  public static of(construct: IConstruct): Ledger {
    const root = construct.node.root as IConstruct & { [LEDGER]?: Ledger };
    root[LEDGER] ??= new Ledger();
    return root[LEDGER];
  }

  public readonly acknowledgements: Acknowledgement[] = [];
  private readonly byName = new Map<string, RecordedPolicy>();
  private readonly all: RecordedPolicy[] = [];

  private constructor() {}

  /** Every policy of the app, in the order of creation. */
  public get policies(): readonly RecordedPolicy[] {
    return this.all;
  }

  /** Takes a policy in; gives the one back that has its name and namespace already. */
  public add(policy: RecordedPolicy): RecordedPolicy | undefined {
    this.all.push(policy);
    const key = `${policy.namespace}/${policy.name}`;
    const twin = this.byName.get(key);
    if (twin === undefined) {
      this.byName.set(key, policy);
    }
    return twin;
  }
}
