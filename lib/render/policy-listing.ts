import type { PolicyEntry } from '../model/cluster';
import type { PolicyType } from '../model/network-policy';
import { isOwned, managersOf } from '../model/ownership';
import { typesOf } from '../model/policy-rules';
import { describeSelector } from '../model/policy-text';
import type { Survey } from '../reachability/survey';
import type { Listing } from './listing';

/** A policy as `list` shows it. */
export interface PolicyRow {
  readonly namespace: string;
  readonly name: string;
  /** As kubectl writes selectors; `''` for every pod of the namespace. */
  readonly podSelector: string;
  readonly policyTypes: readonly PolicyType[];
  /** How many pods it selects; of a workload without known pods, one. */
  readonly pods: number;
  /** When it was created, in the API server's format; left out for a manifest. */
  readonly created?: string;
  /** Who manages it: names of field managers. */
  readonly managers: readonly string[];
  /** Whether code of this package applied it. */
  readonly owned: boolean;
}

/** Policies as the portal lists them, and what is missing there. */
export function policyRows(policies: readonly PolicyEntry[], survey: Survey): PolicyRow[] {
  return policies.map((entry) => {
    const { namespace = '', name, rules, written } = entry;
    const { creationTimestamp: created } = written.metadata as { readonly creationTimestamp?: unknown };
    return {
      namespace,
      name,
      podSelector: describeSelector(rules.subject.pods),
      policyTypes: typesOf(rules),
      pods: survey.selected(entry).possible.podCount,
      ...(isTime(created) ? { created } : {}),
      managers: managersOf(written),
      owned: isOwned(written),
    };
  });
}

/** Only the server writes it; in a manifest anything may stand there. */
function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** @param now in milliseconds since 1970, for the age */
export function policyListing(rows: Iterable<PolicyRow>, now: number): Listing<PolicyRow> {
  return {
    name: 'policies',
    columns: [
      { heading: 'namespace', cell: ({ namespace }) => [namespace] },
      { heading: 'name', cell: ({ name }) => [name] },
      { heading: 'pod-selector', cell: ({ podSelector }) => [podSelector === '' ? '-' : podSelector] },
      { heading: 'policy-types', cell: ({ policyTypes }) => [policyTypes.join(', ')] },
      { heading: 'pods', cell: ({ pods }) => [String(pods)] },
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
