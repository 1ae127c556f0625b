import type { IConstruct } from 'constructs';
import type { AksNetworkPolicy } from './aks-network-policy';

/** An acknowledgement: findings of `code` at or under `scope` are accepted, for a reason. */
export interface Acknowledgement {
  readonly scope: IConstruct;
  readonly code: string;
  readonly reason: string;
}

/** What one app knows of its policies. It lives as long as the app's root. */
export class Ledger {
  private static readonly ledgers = new WeakMap<IConstruct, Ledger>();

  /** The ledger of the app that a construct is in. */
  public static of(construct: IConstruct): Ledger {
    const { root } = construct.node;
    let ledger = Ledger.ledgers.get(root);
    if (ledger === undefined) {
      ledger = new Ledger();
      Ledger.ledgers.set(root, ledger);
    }
    return ledger;
  }

  public readonly acknowledgements: Acknowledgement[] = [];
  private readonly byName = new Map<string, AksNetworkPolicy>();
  private readonly all: AksNetworkPolicy[] = [];

  private constructor() {}

  /** Every policy of the app, in the order of creation. */
  public get policies(): readonly AksNetworkPolicy[] {
    return this.all;
  }

  /** Takes a policy in; gives the one back that has its name and namespace already. */
  public add(policy: AksNetworkPolicy): AksNetworkPolicy | undefined {
    this.all.push(policy);
    const key = `${policy.namespace}/${policy.name}`;
    const twin = this.byName.get(key);
    if (twin === undefined) {
      this.byName.set(key, policy);
    }
    return twin;
  }
}
