import { type PolicyEntry, qualifiedName } from '../model/cluster';
import { FIELD_MANAGER } from '../model/ownership';
import { NetworkPolicyError } from '../model/problem';
import { withoutServerFields } from '../model/server-fields';
import { NO_CLUSTER } from './exit-code';
import type { Kubectl } from './kubectl';

export interface WriteOptions {
  /** Whether fields that somebody else manages are taken over. */
  readonly forceConflicts?: boolean;
}

/** A policy that the cluster refused, and why. */
export interface Refusal {
  readonly policy: PolicyEntry;
  readonly error: NetworkPolicyError;
}

/** How far a row of changes came. */
export interface Progress {
  readonly done: readonly PolicyEntry[];
  /** What stopped it; left out when all was done. */
  readonly stopped?: Refusal | 'interrupted';
  readonly left: readonly PolicyEntry[];
}

/** Changes policies of a cluster, one object at a time, so that it is always known how far it came. */
export class PolicyWriter {
  public constructor(
    private readonly kubectl: Kubectl,
    private readonly options: WriteOptions,
    /** Whether the person has asked to stop. */
    private readonly isInterrupted: () => boolean,
  ) {}

  /** What the server, its webhooks and the rights of the account would refuse; nothing is changed. */
  public async refusals(policies: readonly PolicyEntry[]): Promise<Refusal[]> {
    const found: Refusal[] = [];
    for (const policy of policies) {
      const error = await this.attempt(() => this.put(policy, ['--dry-run=server']));
      if (error !== undefined) {
        if (NO_CLUSTER.includes(error.code)) {
          throw error;
        }
        found.push({ policy, error });
      }
    }
    return found;
  }

  public apply(policies: readonly PolicyEntry[]): Promise<Progress> {
    return this.inTurn(policies, (policy) => this.put(policy, []));
  }

  /** Deletes policies as they were seen; one that has changed since is refused. */
  public delete(policies: readonly PolicyEntry[]): Promise<Progress> {
    return this.inTurn(policies, ({ namespace, name, policy }) => {
      const { uid, resourceVersion } = policy.metadata as { uid?: string; resourceVersion?: string };
      const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies/${name}`;
      const options = {
        apiVersion: 'meta.k8s.io/v1',
        kind: 'DeleteOptions',
        preconditions: { uid, resourceVersion },
      };
      return this.kubectl.run(['delete', '--raw', path, '-f', '-'], JSON.stringify(options), true);
    });
  }

  private async inTurn(
    policies: readonly PolicyEntry[],
    change: (policy: PolicyEntry) => Promise<unknown>,
  ): Promise<Progress> {
    for (const [i, policy] of policies.entries()) {
      const at = (stopped: Progress['stopped']): Progress => ({
        done: policies.slice(0, i),
        ...(stopped === undefined ? {} : { stopped }),
        left: policies.slice(i),
      });
      if (this.isInterrupted()) {
        return at('interrupted');
      }
      const error = await this.attempt(() => change(policy));
      if (error !== undefined) {
        return at(this.isInterrupted() ? 'interrupted' : { policy, error });
      }
    }
    return { done: policies, left: [] };
  }

  private put(policy: PolicyEntry, words: readonly string[]): Promise<string> {
    const { metadata, ...rest } = withoutServerFields({ ...policy.policy }) as Record<string, unknown>;
    const object = { ...rest, metadata: { ...(metadata as object), namespace: policy.namespace } };
    return this.kubectl.run(
      [
        ...['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, '--filename=-'],
        ...(this.options.forceConflicts === true ? ['--force-conflicts'] : []),
        ...words,
      ],
      JSON.stringify(object),
      true,
    );
  }

  private async attempt(change: () => Promise<unknown>): Promise<NetworkPolicyError | undefined> {
    try {
      await change();
      return undefined;
    } catch (error) {
      if (error instanceof NetworkPolicyError) {
        return error;
      }
      throw error;
    }
  }
}

/** How far it came, as lines that a person reads. */
export function describeProgress({ done, stopped, left }: Progress, verb: string): string[] {
  if (stopped === undefined) {
    return [`${verb} ${count(done)}.`];
  }
  const why =
    stopped === 'interrupted'
      ? 'stopped because you asked for it'
      : `stopped at ${qualifiedName(stopped.policy)}: ${stopped.error.message}`;
  return [
    why,
    `${verb}: ${names(done)}`,
    `not ${verb}: ${names(left)}`,
    'run the same again to finish; what is done already stays as it is',
  ];
}

function names(policies: readonly PolicyEntry[]): string {
  return policies.length === 0 ? 'none' : policies.map(qualifiedName).join(', ');
}

function count(policies: readonly PolicyEntry[]): string {
  return policies.length === 1 ? '1 policy' : `${policies.length} policies`;
}
