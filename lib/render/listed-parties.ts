import type { Maker } from '../model/cluster';
import { defined } from '../model/defined';
import type { EntryPoint } from '../model/entry-points';
import { isBlankSelector, type SelectorOperator } from '../model/label-selector';
import type { WorkloadKind } from '../model/object-kinds';
import type { PodSet } from '../model/pod-set';
import type { Member, Party } from '../reachability/answers/parties';

/** Whoever is at one end of a row, as JSON. */
export type PartyJson =
  | { readonly workloads: readonly WorkloadJson[] }
  /** CIDRs, or `first-last` where none fits. */
  | { readonly ranges: readonly string[] }
  /** Hosts outside, by names and patterns. */
  | { readonly names: readonly string[] }
  /** Pods that no manifest tells of, by the selectors of policies; `{}` is any pod. */
  | { readonly possible: PossibleJson };

export interface PossibleJson extends SelectionJson {
  /** Of them, those that are not meant. */
  readonly except?: readonly SelectionJson[];
  /** The objects from which some of them may come, where some are known. */
  readonly madeBy?: readonly MakerJson[];
}

/** Pods by selectors, as Kubernetes writes them. */
export interface SelectionJson {
  /** The name of the only namespace. */
  readonly namespace?: string;
  /** What the labels of namespaces have to be, those of the one that is named among them. */
  readonly namespaceSelector?: SelectorJson;
  readonly podSelector?: SelectorJson;
}

/** A label selector as Kubernetes writes it. */
export interface SelectorJson {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly RequirementJson[];
}

export interface RequirementJson {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values?: readonly string[];
}

export interface WorkloadJson {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** The names of the pods, where not all of the workload's are meant. */
  readonly pods?: readonly string[];
  /** Set for pods that AKS runs and that no manifest declares. */
  readonly assumed?: true;
}

/** An object from which somebody makes pods that no manifest tells of, such as a Prometheus, as JSON. */
export type MakerJson = Pick<Maker, 'kind' | 'namespace' | 'name'>;

/** An object that takes what comes from outside the cluster, as JSON. */
export type EntryPointJson = Omit<EntryPoint, 'leadsTo' | 'source'>;

/** A party for a program. */
export function partyJson({ workloads, addresses, possible, names }: Party): PartyJson {
  if (names !== undefined) {
    return { names };
  }
  if (possible !== undefined) {
    const { set, except, madeBy } = possible;
    return {
      possible: {
        ...selectionJson(set),
        ...(except.length === 0 ? {} : { except: except.map(selectionJson) }),
        ...(madeBy === undefined ? {} : { madeBy: madeBy.map(makerJson) }),
      },
    };
  }
  return workloads === undefined ? { ranges: addresses.ranges() } : { workloads: workloads.map(memberJson) };
}

/** A workload of a party for a program. */
export function memberJson({ workload: { kind, namespace, name, assumed }, pods }: Member): WorkloadJson {
  return defined({ kind, namespace, name, pods, assumed });
}

function selectionJson({ namespace, namespaceSelector, podSelector }: PodSet): SelectionJson {
  return {
    ...defined({ namespace }),
    ...(isBlankSelector(namespaceSelector) ? {} : { namespaceSelector }),
    ...(isBlankSelector(podSelector) ? {} : { podSelector }),
  };
}

/** A maker of pods for a program. */
export function makerJson({ kind, namespace, name }: Maker): MakerJson {
  return { kind, namespace, name };
}

/** An entry point for a program. */
export function entryPointJson({ kind, namespace, name, type, gateways }: EntryPointJson): EntryPointJson {
  return { kind, namespace, name, ...defined({ type, gateways }) };
}
