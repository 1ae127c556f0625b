import { type PolicyEntry, qualifiedName } from '../model/cluster';
import type { PolicyType } from '../model/network-policy';
import { typesOf } from '../model/policy-rules';
import { describeSelector } from '../model/policy-text';
import { isOwned, managersOf } from '../plan/ownership';
import type { PolicyFacts } from '../reachability/answers/policy-facts';
import type { Listing } from './listing';

/** A policy as `list` shows it. */
export interface PolicyRow {
  readonly namespace: string;
  readonly name: string;
  /** As kubectl writes selectors; `''` for every pod of the namespace. */
  readonly podSelector: string;
  readonly policyTypes: readonly PolicyType[];
  /** How many known pods it selects; of a workload without known pods, one. */
  readonly pods: number;
  /** Of AKS's own workloads, which no manifest declares, those that it selects; left out where there are none. */
  readonly assumed?: readonly string[];
  /** When it was created, in the API server's format; left out for a manifest. */
  readonly created?: string;
  /** Who manages it: names of field managers. */
  readonly managers: readonly string[];
  /** Whether code of this package applied it. */
  readonly owned: boolean;
}

/** Policies as the portal lists them, and what is missing there. */
export function policyRows(policies: readonly PolicyEntry[], facts: PolicyFacts): PolicyRow[] {
  return policies.map((entry) => {
    const { namespace = '', name, rules, written } = entry;
    const { creationTimestamp: created } = written.metadata as { readonly creationTimestamp?: unknown };
    return {
      namespace,
      name,
      podSelector: describeSelector(rules.subject.pods),
      policyTypes: typesOf(rules),
      ...selectedBy(entry, facts),
      ...(isTime(created) ? { created } : {}),
      managers: managersOf(written),
      owned: isOwned(written),
    };
  });
}

function selectedBy(entry: PolicyEntry, facts: PolicyFacts): Pick<PolicyRow, 'pods' | 'assumed'> {
  const { sure, possible } = facts.selected(entry);
  const assumed = sure.list().filter((workload) => workload.assumed === true);
  const known = possible.list().filter((workload) => workload.assumed !== true);
  return {
    pods: facts.setOf(known).and(possible).podCount,
    ...(assumed.length === 0 ? {} : { assumed: assumed.map(qualifiedName) }),
  };
}

/** Only the server writes it; in a manifest anything may stand there. */
function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

export interface PolicyListingOptions {
  /** In milliseconds since 1970, for the age. */
  readonly now: number;
  /** Whether all pods are known, so that none known means none. @default false */
  readonly knownOnly?: boolean;
}

export function policyListing(
  rows: Iterable<PolicyRow>,
  { now, knownOnly = false }: PolicyListingOptions,
): Listing<PolicyRow> {
  return {
    name: 'policies',
    columns: [
      { heading: 'namespace', cell: ({ namespace }) => [namespace] },
      { heading: 'name', cell: ({ name }) => [name] },
      { heading: 'pod-selector', cell: ({ podSelector }) => [podSelector === '' ? '-' : podSelector] },
      { heading: 'policy-types', cell: ({ policyTypes }) => [policyTypes.join(', ')] },
      { heading: 'pods', cell: (row) => podsCell(row, knownOnly) },
      {
        heading: 'age',
        cell: ({ created }) => [created === undefined ? '-' : age(now - Date.parse(created))],
      },
      { heading: 'owner', cell: ({ owned, managers }) => [owned ? 'code' : managers.join(', ') || '-'] },
    ],
    rows,
    toJson: (row) => row,
  };
}

/** `3`, `none known`, `kube-system/coredns (AKS)` */
function podsCell({ pods, assumed = [] }: PolicyRow, knownOnly: boolean): readonly string[] {
  const none = knownOnly ? '0' : 'none known';
  const known = pods > 0 ? [String(pods)] : assumed.length > 0 ? [] : [none];
  return [...known, ...assumed.map((name) => `${name} (AKS)`)];
}

/** `12s`, `5m`, `3h`, `40d`: the largest unit that fills, as kubectl's list. */
function age(milliseconds: number): string {
  const seconds = Math.max(Math.floor(milliseconds / 1000), 0);
  if (seconds < 120) {
    return `${seconds}s`;
  }
  if (seconds < 2 * 3600) {
    return `${Math.floor(seconds / 60)}m`;
  }
  return seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
