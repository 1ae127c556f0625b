import type { Workload } from '../../model/cluster';
import { remembered } from '../../model/collections';
import { IpSet } from '../../model/ip-set';
import type { PolicyType } from '../../model/network-policy';
import { type ListedText, listTexts, listWords, NAMED } from '../../model/word-list';
import type { JudgedCluster } from '../judging/judged-cluster';
import type { Unit } from '../sets/units';
import { addressTexts } from './address-words';
import { Crowd, type NamedWorkload, workloadNameOf } from './crowd';
import { describePossible, type Member, type Party } from './parties';

/** `shop/web`, `shop/web (pods web-0, web-1)`: with the names of all pods. */
export function nameOfMember({ workload, pods }: Member): string {
  return pods === undefined
    ? workloadNameOf(workload)
    : `${workloadNameOf(workload)} (pods ${pods.join(', ')})`;
}

/** Equal for the same party. */
export const partyIdentityOf = remembered(({ workloads, addresses, possible, names }: Party): string =>
  workloads !== undefined
    ? workloads.map(nameOfMember).join()
    : addresses !== undefined
      ? addresses.key
      : names !== undefined
        ? `names ${names.join()}`
        : [possible.set, ...possible.except].map(({ key }) => key).join(),
);

/**
 * The exact names of parties for a person, in as few words as possible. `every workload` means all that the manifests
 * or the cluster show; others of these are named as exceptions. AKS's own pods that no manifest declares are not
 * among them and are named by themselves. A pod that is over does not count.
 */
export class PartyWords {
  public static of(judged: JudgedCluster): PartyWords {
    return PartyWords.ofVersions([judged]);
  }

  /**
   * For parties of several versions of a cluster.
   *
   * @param isThere which of their workloads count. @default all
   */
  public static ofVersions(
    judged: readonly JudgedCluster[],
    isThere: (workload: Workload) => boolean = () => true,
  ): PartyWords {
    const held = (direction: PolicyType) => {
      const groups = judged.flatMap(({ world: { index }, groupings }) =>
        index.assumed.toArray().map((unit) => ({
          workload: (index.units[unit] as Unit).workload,
          group: groupings[direction].at(unit),
        })),
      );
      // A policy that nobody has read may isolate any of these pods.
      return groups.some(({ group }) => group.isolated !== 'no' && !group.hasIsolatingPolicy)
        ? undefined
        : groups.flatMap(({ group, workload }) => (group.hasIsolatingPolicy ? [workload] : []));
    };
    return new PartyWords(
      judged.flatMap(({ world }) => world.index.units.map(({ workload }) => workload)).filter(isThere),
      IpSet.union(judged.map(({ addresses }) => addresses)),
      { from: held('Egress'), to: held('Ingress') },
    );
  }

  private readonly everybody: Readonly<Record<'from' | 'to', Crowd | undefined>>;
  private readonly declared: Crowd;

  /**
   * @param workloads all known workloads
   * @param told all addresses that the answer tells of
   * @param held AKS's own pods that policies isolate as senders (`from`) and as receivers (`to`); undefined if unknown
   */
  public constructor(
    workloads: readonly Workload[],
    private readonly told: IpSet,
    held: Readonly<Record<'from' | 'to', readonly Workload[] | undefined>> = { from: [], to: [] },
  ) {
    const declared = workloads.filter(isDeclared);
    this.declared = new Crowd(declared);
    this.everybody = {
      from: held.from && new Crowd([...declared, ...held.from]),
      to: held.to && new Crowd([...declared, ...held.to]),
    };
  }

  /** `every workload of namespace shop`, `shop/a, shop/b, shop/c and 7 more`, `the internet`, `any pod`. */
  public readonly party = remembered((party: Party): string => this.parties([party]));

  /** Several parties as one list. */
  public parties(parties: readonly Party[]): string {
    return listTexts(parties.flatMap((party) => this.texts(party)));
  }

  /** Workloads as one list; `workloads` has no duplicates. */
  public workloads(workloads: readonly NamedWorkload[]): string {
    return listTexts(this.wholes(workloads));
  }

  /** Whether a party is any possible pod. */
  public isAnyPod({ possible }: Party): boolean {
    return possible?.set.isAny === true && possible.except.length === 0;
  }

  /** Whether a party is every address that the answer tells of. */
  public isEveryAddress({ addresses }: Party): boolean {
    return addresses?.covers(this.told) === true;
  }

  /**
   * `everybody`, `everybody except shop/db`: any possible pod, every address, and some known workloads. Undefined if
   * too many workloads are missing, or if it is unknown which of AKS's own pods policies isolate, because isolated
   * ones differ from any pod.
   *
   * @param members the known workloads
   * @param side the side of the row on which they are
   */
  public everybodyWith(members: readonly Member[], side: 'from' | 'to'): string | undefined {
    const crowd = this.everybody[side];
    if (crowd === undefined) {
      return undefined;
    }
    const known = members.map(({ workload }) => workload);
    const missing = crowd.without(known).length;
    const isMeant = missing === 0 || (known.length > 0 && missing <= Math.max(NAMED + 1, known.length));
    return isMeant && members.every(({ pods }) => pods === undefined)
      ? listTexts([{ text: 'everybody', except: crowd.exceptions(known) }])
      : undefined;
  }

  private texts({ workloads, addresses, possible, names }: Party): readonly ListedText[] {
    if (names !== undefined) {
      return names.map((text) => ({ text }));
    }
    if (workloads === undefined) {
      return possible === undefined
        ? addressTexts(addresses, this.told)
        : [{ text: describePossible(possible, NAMED) }];
    }
    const isWhole = ({ pods }: Member) => pods === undefined;
    return [
      ...this.wholes(workloads.filter(isWhole).map(({ workload }) => workload)),
      ...workloads.flatMap(({ workload, pods }) =>
        pods === undefined ? [] : [{ text: `${workloadNameOf(workload)} (pods ${listWords(pods)})` }],
      ),
    ];
  }

  private wholes(workloads: readonly NamedWorkload[]): readonly ListedText[] {
    return [
      ...this.declared.texts(workloads.filter(isDeclared)),
      ...workloads.filter((each) => !isDeclared(each)).map((each) => ({ text: workloadNameOf(each) })),
    ];
  }
}

function isDeclared({ assumed }: NamedWorkload): boolean {
  return assumed !== true;
}
