import { remember } from '../../model/collections';
import type { PolicyType } from '../../model/network-policy';
import type { Reading } from '../reading/hooks';
import { isSilent, type JudgedPolicy, type JudgedSection } from '../reading/judged-policy';
import { Group, type Groupings } from './groups';
import { type Selection, selectionOf } from './selection';

/**
 * The groups of units by the specification, for a judgement by an engine. Each reading has both meanings, so no
 * policy is read again; a group is made when it is asked for.
 */
export class SpecifiedGroups {
  private readonly roots = { Ingress: Group.root('Ingress'), Egress: Group.root('Egress') };
  private readonly policies = new Map<JudgedPolicy, JudgedPolicy>();

  public constructor(private readonly groupings: Groupings) {}

  public at(direction: PolicyType, unit: number): Group {
    return this.groupings[direction].at(unit).selections.reduce((group, { policy }) => {
      const selection = this.selectionOf(policy, direction, unit);
      return selection === undefined ? group : group.with(selection);
    }, this.roots[direction]);
  }

  private selectionOf(policy: JudgedPolicy, direction: PolicyType, unit: number): Selection | undefined {
    const own = remember(this.policies, policy, () => specified(policy));
    const { sure, possible } = own.scope.actual;
    const isConcerned = !isSilent(own.sections[direction].actual) && possible.has(unit);
    return isConcerned && own.inForce.actual !== 'no'
      ? selectionOf(own, direction, sure.has(unit) ? own.inForce.actual : 'unknown')
      : undefined;
  }
}

/** A policy as the specification reads it. */
export function specified(policy: JudgedPolicy): JudgedPolicy {
  const { Ingress, Egress } = policy.sections;
  return {
    ...policy,
    scope: only(policy.scope),
    inForce: only(policy.inForce),
    sections: { Ingress: section(Ingress), Egress: section(Egress) },
  };
}

function section({ specified: { isolates, rules } }: Reading<JudgedSection>): Reading<JudgedSection> {
  const section = {
    isolates,
    rules: rules.map(({ peers, ports, ...rule }) => ({
      ...rule,
      ...(peers === undefined ? {} : { peers: peers.map((peer) => ({ says: peer.says, ...only(peer) })) }),
      ...(ports === undefined ? {} : { ports: ports.map(only) }),
    })),
  };
  return { actual: section, specified: section, by: [] };
}

function only<T>({ specified }: Reading<T>): Reading<T> {
  return { actual: specified, specified, by: [] };
}
