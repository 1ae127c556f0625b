import type { DepartureId } from '../aks/engine-departures';
import type { PolicyEntry } from '../model/cluster';
import { remember } from '../model/collections';
import type { Outcomes, Reachability } from '../reachability/reachability';
import { type Changed, findChange } from './changed-connection';
import { factsOf } from './cluster-facts';
import type { PartDeparture } from './policy-departures';

/** What the profile's engine makes of policies, beside what the specification says of them. */
export class EngineDifferences {
  /** The departures that a rule has spoken of; all are known when the general rule runs. */
  public readonly told = new Set<PartDeparture>();
  private readonly byPolicy = new Map<PolicyEntry, readonly PartDeparture[]>();

  public constructor(
    /** By the engine. */
    public readonly actual: Reachability,
  ) {}

  /** The same cluster by the specification. */
  public get specified(): Outcomes {
    return this.actual.bySpecification;
  }

  /** The parts of a policy that the engine reads otherwise. */
  public of(policy: PolicyEntry): readonly PartDeparture[] {
    return remember(this.byPolicy, policy, () => factsOf(this.actual).departures(policy));
  }

  /** Those of them that one of these departures explains. */
  public by(policy: PolicyEntry, ...ids: readonly DepartureId[]): PartDeparture[] {
    if (ids.every((id) => factsOf(this.actual).does(id) === 'no')) {
      return [];
    }
    const all = this.of(policy);
    return all.length === 0 ? [] : all.filter(({ by }) => by.some((id) => ids.includes(id)));
  }

  /** A connection that is otherwise because of it, if one is found among a few. */
  public change(policy: PolicyEntry, departure: PartDeparture): Changed | undefined {
    return findChange(this, policy, departure);
  }
}
