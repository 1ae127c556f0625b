import type { Maker, Workload } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import { isBlankSelector } from '../../model/label-selector';
import { keyOfBounds } from '../../model/label-values';
import { nameMakers } from '../../model/made-pods';
import type { PodSet } from '../../model/pod-set';
import { describePodSet, nounWith } from '../../model/policy-text';
import type { PortSet } from '../../model/port-set';
import type { Bits } from '../sets/bits';
import { INTERNET } from '../sets/internet';
import type { UnitIndex } from '../sets/unit-index';
import type { Unit } from '../sets/units';

/** The ports that are open from all of one party to all of the other. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
  /** `unknown`: it depends on something unknown. What is denied has no row. */
  readonly verdict: 'allowed' | 'unknown';
}

export interface ConnectionFilter {
  /** As in a question; of several, each counts. @default everybody */
  readonly from?: string | readonly string[];
  /** As in a question; a host name is one, too. @default everybody */
  readonly to?: string | readonly string[];
  /** Only these ports. @default every port */
  readonly ports?: PortSet;
  /**
   * `behaviour`: workloads that are treated alike share a row. `workload`: a row for each pair.
   *
   * @default behaviour
   */
  readonly groupBy?: 'behaviour' | 'workload';
}

/**
 * Workloads that are treated alike, addresses that are no pod's and no node's, pods that no manifest tells of, or hosts
 * outside by their names and patterns.
 */
export type Party =
  | {
      readonly workloads: readonly Member[];
      readonly addresses?: never;
      readonly possible?: never;
      readonly names?: never;
    }
  | {
      readonly workloads?: never;
      readonly addresses: IpSet;
      readonly possible?: never;
      readonly names?: never;
    }
  | {
      readonly workloads?: never;
      readonly addresses?: never;
      readonly possible: PossiblePods;
      readonly names?: never;
    }
  | {
      readonly workloads?: never;
      readonly addresses?: never;
      readonly possible?: never;
      /** `login.microsoftonline.com`, `*.blob.core.windows.net` */
      readonly names: readonly string[];
    };

/** Pods that no manifest tells of, known only by what policies say of them. */
export interface PossiblePods {
  readonly set: PodSet;
  /** The pods of the set that are not meant. */
  readonly except: readonly PodSet[];
  /** Set if policies are about them, and none of them is known. */
  readonly isSubject?: true;
  /** The objects from which some of them may come; left out if none is known. */
  readonly madeBy?: readonly Maker[];
}

export interface Member {
  readonly workload: Workload;
  /** The names of the pods, if not all pods of the workload are meant. */
  readonly pods?: readonly string[];
}

/**
 * `pods with app=db in namespace shop (none known)`, `any pod of namespace shop, except those with app=db`,
 * `pods with app=prometheus in namespace monitoring (Prometheus k8s may make them)`.
 *
 * @param most how many exceptions are named before the rest is counted. @default all
 */
export function describePossible(pods: PossiblePods, most = Number.POSITIVE_INFINITY): string {
  return withExceptions(pods, describePodSet(pods.set), most);
}

/** The same below the name of the one namespace that the set names: `any pod`, `pods with app=db (none known)`. */
export function describePossibleThere(pods: PossiblePods, most = Number.POSITIVE_INFINITY): string {
  const { podSelector, namespaceSelector } = pods.set;
  const noun = nounWith(podSelector, 'pods', 'any pod');
  return withExceptions(pods, nounWith(namespaceSelector, noun), most);
}

function withExceptions(pods: PossiblePods, text: string, most: number): string {
  const { set, except } = pods;
  const known = describeOrigin(pods);
  const isLong = except.length > most + 1;
  const named = (isLong ? except.slice(0, most) : except).map((each) => describeException(each, set));
  const others = [...named, ...(isLong ? [`${except.length - most} more`] : [])].join(' and ');
  return `${text}${known}${others === '' ? '' : `, except ${others}`}`;
}

function describeOrigin({ set, isSubject, madeBy }: PossiblePods): string {
  if (madeBy !== undefined) {
    const what = isBlankSelector(set.podSelector) ? 'some' : 'them';
    return ` (${nameMakers(madeBy, set.namespace)} may make ${what})`;
  }
  return isSubject === true ? ' (none known)' : '';
}

/** An exception from a set; its namespaces are only said if they differ. */
function describeException(each: PodSet, { namespaces }: PodSet): string {
  const isThere = keyOfBounds(each.namespaces) === keyOfBounds(namespaces);
  return isThere ? nounWith(each.podSelector, 'those', 'all') : describePodSet(each);
}

/** Whether an address of the internet is in a party; a host name may stand for one. */
export function hasInternet({ addresses, names }: Party): boolean {
  return names !== undefined || addresses?.overlaps(INTERNET) === true;
}

/** One party with all workloads, all addresses or all names of several. */
export function uniteParties(parties: readonly Party[]): Party {
  const names = parties.flatMap((party) => party.names ?? []);
  if (names.length > 0) {
    return { names: [...new Set(names)].sort() };
  }
  const members = parties.flatMap(({ workloads = [] }) => workloads);
  return members.length === 0
    ? { addresses: IpSet.union(parties.map(({ addresses = IpSet.NONE }) => addresses)) }
    : { workloads: eachOnce(members) };
}

/** One member for each workload, with the pods of all its members. */
function eachOnce(members: readonly Member[]): readonly Member[] {
  const found = new Map<Workload, Member>();
  for (const member of members) {
    const { workload, pods } = member;
    const before = found.get(workload);
    found.set(
      workload,
      before === undefined
        ? member
        : before.pods === undefined || pods === undefined
          ? { workload }
          : { workload, pods: [...new Set([...before.pods, ...pods])].sort() },
    );
  }
  return [...found.values()];
}

/** Cache limit. */
const MOST_HELD = 1_000_000;

/** Turns units into parties. */
export class MemberLists {
  /** For each unit, the member that stands for it alone. */
  private readonly members: readonly Member[];
  /** The units of each workload that has several. */
  private readonly siblings: ReadonlyMap<Workload, readonly Unit[]>;
  private readonly known = new Map<number, { units: Bits; parties: readonly Party[] }>();
  /** How many members the known parties have. */
  private held = 0;

  /** @param apart whether each workload is a party of its own */
  public constructor(
    { units, byWorkload }: UnitIndex,
    private readonly apart: boolean,
  ) {
    this.siblings = new Map([...byWorkload].filter(([, own]) => own.length > 1));
    this.members = units.map(({ workload, pods }) =>
      this.siblings.has(workload) ? { workload, pods: pods.map(({ name }) => name) } : { workload },
    );
  }

  /**
   * The same parties for the same units, so that a printer makes their text once: with 10,000 workloads two thirds of
   * 3.3 million names are printed again, and a list in CSV takes half the time.
   */
  public of(units: Bits): readonly Party[] {
    const key = units.hash;
    const known = this.known.get(key);
    if (known?.units.equals(units) === true) {
      return known.parties;
    }
    const members =
      this.siblings.size > 0 ? this.joined(units) : units.map((unit) => this.members[unit] as Member);
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

  /** With one member for all units of a workload, if all of them are there. */
  private joined(units: Bits): readonly Member[] {
    const members: Member[] = [];
    units.forEach((unit) => {
      const member = this.members[unit] as Member;
      const siblings = this.siblings.get(member.workload) ?? [];
      if (siblings.length === 0 || !siblings.every(({ index }) => units.has(index))) {
        members.push(member);
      } else if (siblings[0]?.index === unit) {
        members.push({ workload: member.workload });
      }
    });
    return members;
  }
}
