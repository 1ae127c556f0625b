import { type Workload, workloadKey } from '../../model/cluster';
import { remember } from '../../model/collections';
import type { ListedText } from '../../model/word-list';

/** What names a workload. */
export type NamedWorkload = Pick<Workload, 'kind' | 'namespace' | 'name' | 'assumed'>;

/** `shop/web`; `kube-system/coredns (AKS)` for a pod of AKS's own that no manifest declares. */
export function workloadNameOf({ namespace, name, assumed }: Omit<NamedWorkload, 'kind'>): string {
  // `join` copies the parts at once; the result of a template would be copied anew at each of its thousand places.
  return [namespace, assumed === true ? `${name} (AKS)` : name].join('/');
}

/** Some workloads of a crowd in one namespace. */
interface Share {
  readonly namespace: string;
  readonly members: readonly NamedWorkload[];
  /** The other workloads of the crowd there. */
  readonly missing: readonly NamedWorkload[];
}

/** Workloads for which there are words if all of them are meant, or all of a namespace. */
export class Crowd {
  private readonly byNamespace = new Map<string, Map<string, NamedWorkload>>();

  /** @param workloads perhaps with duplicates */
  public constructor(workloads: readonly NamedWorkload[]) {
    for (const workload of workloads) {
      remember(this.byNamespace, workload.namespace, () => new Map()).set(workloadKey(workload), workload);
    }
  }

  /**
   * The shortest of three texts: all with exceptions; all of namespaces with exceptions; names. Of equally short ones
   * the names win, because they say most.
   *
   * @param some without duplicates
   */
  public texts(some: readonly NamedWorkload[]): readonly ListedText[] {
    if (some.length < 2 || some.some((each) => !this.has(each))) {
      return namesOf(some);
    }
    // Counted first, because mostly the names win.
    const members = new Map<string, number>();
    for (const { namespace } of some) {
      members.set(namespace, (members.get(namespace) ?? 0) + 1);
    }
    const length = { whole: 1 + this.byNamespace.size - members.size, places: 0 };
    for (const [namespace, count] of members) {
      const missing = (this.byNamespace.get(namespace)?.size ?? 0) - count;
      length.whole += missing;
      length.places += Math.min(count, 1 + missing);
    }
    if (length.whole < some.length && length.whole <= length.places) {
      return [{ text: 'every workload', except: this.exceptions(some), count: some.length }];
    }
    return length.places < some.length
      ? placeTexts(this.sharesOf(some, (namespace) => members.has(namespace)))
      : namesOf(some);
  }

  /** The crowd without some workloads. */
  public without(some: readonly NamedWorkload[]): readonly NamedWorkload[] {
    return this.sharesOf(some).flatMap(({ missing }) => missing);
  }

  /** The crowd without some workloads, as a list of exceptions. */
  public exceptions(some: readonly NamedWorkload[]): readonly ListedText[] {
    return this.sharesOf(some).flatMap(missingTexts);
  }

  private has(workload: NamedWorkload): boolean {
    return this.byNamespace.get(workload.namespace)?.has(workloadKey(workload)) === true;
  }

  /** @param isAsked which namespaces are looked at */
  private sharesOf(
    some: readonly NamedWorkload[],
    isAsked: (namespace: string) => boolean = () => true,
  ): readonly Share[] {
    const keys = new Set(some.map(workloadKey));
    const shares: Share[] = [];
    for (const [namespace, all] of this.byNamespace) {
      if (isAsked(namespace)) {
        const share = { namespace, members: [] as NamedWorkload[], missing: [] as NamedWorkload[] };
        for (const [key, each] of all) {
          share[keys.has(key) ? 'members' : 'missing'].push(each);
        }
        shares.push(share);
      }
    }
    return shares;
  }
}

/** A namespace is not named for AKS's own pods, because others of them may be there that are no part of the crowd. */
function missingTexts({ namespace, members, missing }: Share): readonly ListedText[] {
  return members.length === 0 && missing.length > 1 && missing.every(({ assumed }) => assumed !== true)
    ? [{ text: `those of namespace ${namespace}`, count: missing.length }]
    : namesOf(missing);
}

/** The words that stand for most workloads come first. */
function placeTexts(shares: readonly Share[]): readonly ListedText[] {
  return shares
    .flatMap(({ namespace, members, missing }) =>
      1 + missing.length < members.length
        ? [
            {
              text: `every workload of namespace ${namespace}`,
              except: namesOf(missing),
              count: members.length,
            },
          ]
        : namesOf(members),
    )
    .sort((a, b) => (b.count ?? 1) - (a.count ?? 1));
}

const namesOf = (some: readonly NamedWorkload[]): readonly ListedText[] =>
  some.map((workload) => ({ text: workloadNameOf(workload) }));
