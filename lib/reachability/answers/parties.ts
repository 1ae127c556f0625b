import type { Maker, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import type { IpSet } from '../../model/ip-set';
import { isBlankSelector } from '../../model/label-selector';
import { keyOfBounds } from '../../model/label-values';
import { nameMakers } from '../../model/made-pods';
import type { PodSet } from '../../model/pod-set';
import { describePodSet, nounWith } from '../../model/policy-text';
import type { PortSet } from '../../model/port-set';
import type { Bits } from '../sets/bits';
import type { UnitIndex } from '../sets/unit-index';

/** What is open from all of one party to all of the other. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
  /** `unknown`: it depends on what is not known. What is denied has no row. */
  readonly verdict: 'allowed' | 'unknown';
}

export interface ConnectionFilter {
  /** As in a question. @default everybody */
  readonly from?: string;
  /** As in a question. @default everybody */
  readonly to?: string;
  /**
   * `behaviour`: what is treated alike shares a row. `workload`: a row for each pair.
   *
   * @default behaviour
   */
  readonly groupBy?: 'behaviour' | 'workload';
}

/** Workloads that are treated alike, addresses that are no pod's and no node's, or pods that no manifest tells of. */
export type Party =
  | { readonly workloads: readonly Member[]; readonly addresses?: never; readonly possible?: never }
  | { readonly workloads?: never; readonly addresses: IpSet; readonly possible?: never }
  | { readonly workloads?: never; readonly addresses?: never; readonly possible: PossiblePods };

/** Pods that no manifest tells of, known only by what policies say of them. */
export interface PossiblePods {
  readonly set: PodSet;
  /** Of them, those that are not meant. */
  readonly except: readonly PodSet[];
  /** Set where policies are about them, and none of them is known. */
  readonly isSubject?: true;
  /** The objects from which some of them may come, one or more; left out where none is known. */
  readonly madeBy?: readonly Maker[];
}

export interface Member {
  readonly workload: Workload;
  /** The names of the pods, where not all of the workload's are meant. */
  readonly pods?: readonly string[];
}

/**
 * `pods with app=db in namespace shop (none known)`, `any pod of namespace shop, except those with app=db`,
 * `pods with app=prometheus in namespace monitoring (Prometheus k8s may make them)`.
 *
 * @param most so many exceptions are named before the rest is counted. @default all
 */
export function describePossible(pods: PossiblePods, most = Number.POSITIVE_INFINITY): string {
  const { set, except } = pods;
  const known = describeOrigin(pods);
  const isLong = except.length > most + 1;
  const named = (isLong ? except.slice(0, most) : except).map((each) => describeException(each, set));
  const others = [...named, ...(isLong ? [`${except.length - most} more`] : [])].join(' and ');
  return `${describePodSet(set)}${known}${others === '' ? '' : `, except ${others}`}`;
}

function describeOrigin({ set, isSubject, madeBy }: PossiblePods): string {
  if (madeBy !== undefined) {
    const what = isBlankSelector(set.podSelector) ? 'some' : 'them';
    return ` (${nameMakers(madeBy, set.namespace)} may make ${what})`;
  }
  return isSubject === true ? ' (none known)' : '';
}

/** Pods of a set; in the same namespaces only their own labels tell them apart. */
function describeException(each: PodSet, { namespaces }: PodSet): string {
  const isThere = keyOfBounds(each.namespaces) === keyOfBounds(namespaces);
  return isThere ? nounWith(each.podSelector, 'those', 'all') : describePodSet(each);
}

/** So many units are remembered, that a huge answer never stands in memory. */
const MOST_HELD = 1_000_000;

/** Turns units into the workloads they belong to. */
export class MemberLists {
  /** For each unit, what stands for it alone. */
  private readonly members: readonly Member[];
  /** The units of each workload that has several. */
  private readonly siblings = new Map<Workload, readonly number[]>();
  private readonly known = new Map<number, { units: Bits; parties: readonly Party[] }>();
  /** How many members the known ones have in all. */
  private held = 0;

  /** @param apart whether each workload is a party of its own */
  public constructor(
    { units }: UnitIndex,
    private readonly apart: boolean,
  ) {
    const byWorkload = new Map<Workload, number[]>();
    for (const { index, workload } of units) {
      append(byWorkload, workload, index);
    }
    for (const [workload, numbers] of byWorkload) {
      if (numbers.length > 1) {
        this.siblings.set(workload, numbers);
      }
    }
    this.members = units.map(({ workload, pods }) =>
      this.siblings.has(workload) ? { workload, pods: pods.map(({ name }) => name) } : { workload },
    );
  }

  /**
   * The same parties for the same units, so that who prints them works out a text once: of 10,000 workloads'
   * 3.3 million names two thirds are printed again, and listing them as CSV takes half the time.
   */
  public of(units: Bits): readonly Party[] {
    const key = units.hash;
    const known = this.known.get(key);
    if (known?.units.equals(units) === true) {
      return known.parties;
    }
    const members = this.membersOf(units);
    const parties = this.apart
      ? members.map((member) => ({ workloads: [member] }))
      : [{ workloads: members }];
    this.held += members.length;
    if (this.held > MOST_HELD) {
      this.known.clear();
      this.held = members.length;
    }
    this.known.set(key, { units, parties });
    return parties;
  }

  private membersOf(units: Bits): readonly Member[] {
    if (this.siblings.size > 0) {
      return this.joined(units);
    }
    return units.map((unit) => this.members[unit] as Member);
  }

  /** One member for all units of a workload, where all of them are there. */
  private joined(units: Bits): readonly Member[] {
    const members: Member[] = [];
    units.forEach((unit) => {
      const member = this.members[unit] as Member;
      const siblings = this.siblings.get(member.workload) ?? [];
      if (siblings.length === 0 || !siblings.every((each) => units.has(each))) {
        members.push(member);
      } else if (siblings[0] === unit) {
        members.push({ workload: member.workload });
      }
    });
    return members;
  }
}
