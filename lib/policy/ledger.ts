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

  /** Takes a policy in. A second one of the same name and namespace will fail synth with both paths. */
  public add(policy: AksNetworkPolicy): void {
    this.all.push(policy);
    const key = `${policy.namespace}/${policy.name}`;
    const first = this.byName.get(key);
    if (first === undefined) {
      this.byName.set(key, policy);
      return;
    }
    policy.node.addValidation({
      validate: () => [
        `two network policies are named ${key}: ${describe(first)} and ${describe(policy)}; ` +
          'the second would overwrite the first; give one of them another name [policy-duplicate]',
      ],
    });
  }
}

function describe(policy: AksNetworkPolicy): string {
  return policy.source === undefined ? policy.node.path : `${policy.node.path} (${policy.source})`;
}
