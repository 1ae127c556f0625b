import type { PolicyType } from '../model/network-policy';
import { remember } from '../model/remember';
import type { Tristate } from './bounds';
import { Group, type Grouping, type Selection } from './groups';
import type { Reading } from './hooks';
import type { JudgedPolicy, JudgedRule } from './policy';

/**
 * The groups of a judgement by an engine, as the specification has them. Every reading holds both, so nothing is
 * judged again; a group is made when somebody asks about one of its units.
 */
export class SpecifiedGroups {
  private readonly roots = { Ingress: Group.root('Ingress'), Egress: Group.root('Egress') };
  private readonly policies = new Map<JudgedPolicy, JudgedPolicy>();

  public constructor(private readonly groupings: Readonly<Record<PolicyType, Grouping>>) {}

  public at(direction: PolicyType, unit: number): Group {
    return this.groupings[direction].at(unit).selections.reduce((group, { policy }) => {
      const selection = this.selectionOf(policy, direction, unit);
      return selection === undefined ? group : group.with(selection);
    }, this.roots[direction]);
  }

  private selectionOf(policy: JudgedPolicy, direction: PolicyType, unit: number): Selection | undefined {
    const { scope, inForce, rules } = remember(this.policies, policy, () => specified(policy));
    const { sure, possible } = scope.actual;
    const isConcerned = rules[direction].actual !== undefined && possible.has(unit);
    if (!isConcerned || inForce.actual === 'no') {
      return undefined;
    }
    const isolates: Tristate = sure.has(unit) ? inForce.actual : 'unknown';
    return { policy: this.policies.get(policy) as JudgedPolicy, isolates };
  }
}

function specified(policy: JudgedPolicy): JudgedPolicy {
  const { Ingress, Egress } = policy.rules;
  return {
    ...policy,
    scope: only(policy.scope),
    inForce: only(policy.inForce),
    rules: { Ingress: sectionOf(Ingress), Egress: sectionOf(Egress) },
  };
}

function sectionOf({ specified }: Reading<readonly JudgedRule[] | undefined>) {
  const rules = specified?.map(({ peers, ports, ...rule }) => ({
    ...rule,
    ...(peers === undefined ? {} : { peers: peers.map(only) }),
    ...(ports === undefined ? {} : { ports: ports.map(only) }),
  }));
  return only({ actual: rules, specified: rules, by: [] });
}

function only<T>({ specified }: Reading<T>): Reading<T> {
  return { actual: specified, specified, by: [] };
}
