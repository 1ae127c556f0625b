import { isAksPolicy } from '../aks/own-policies';
import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import { fieldText } from '../model/field-path';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { policyKindOf } from '../model/policy-kinds';
import { directedRules, type TrafficRule, typesOf } from '../model/policy-rules';
import { describeSelector } from '../model/policy-text';
import {
  identityOf,
  isCiliumPolicy,
  type ManagedPolicy,
  type PolicyIdentity,
  refusalOfAll,
  rulesSaidBy,
} from '../plan/any-policy';
import { isOwned, managersOf } from '../plan/ownership';
import type { Matched, PolicyFacts } from '../reachability/answers/policy-facts';
import { isAboutPods, selectorsOf } from './cilium-words';
import { type Listing, NOBODY } from './listing';

/** A policy as `list` shows it. */
export interface PolicyRow extends PolicyIdentity {
  /** As kubectl writes selectors; `''` for every pod of the namespace, or of the cluster. */
  readonly podSelector: string;
  readonly policyTypes: readonly PolicyType[];
  /** How many rules it has; left out if not all of it is understood. */
  readonly rules?: { readonly allow: number; readonly deny: number };
  /** The first field that is not understood; what it selects is then the most that it may select. */
  readonly unread?: string;
  /** How many known pods it selects; of a workload without known pods, one. */
  readonly pods: number;
  /** Of AKS's own workloads, which no manifest declares, those that it selects; left out where there are none. */
  readonly assumed?: readonly string[];
  /** When it was created, in the API server's format; left out for a manifest. */
  readonly created?: string;
  /** Why no version of Cilium takes it; left out if one may. */
  readonly refused?: string;
  /** Why the cluster calls it invalid, so that Cilium does not enforce it; left out if it does not. */
  readonly invalid?: string;
  /** Who manages it: names of field managers. */
  readonly managers: readonly string[];
  /** Whether code of this package applied it. */
  readonly owned: boolean;
  /** Set for a policy of AKS's own. */
  readonly ofAks?: true;
}

/** Policies as the portal lists them, and what is missing there. */
export function policyRows(policies: readonly ManagedPolicy[], facts: PolicyFacts): PolicyRow[] {
  return policies.map((policy) => {
    const { written } = policy;
    const { creationTimestamp: created } = written.metadata as { readonly creationTimestamp?: unknown };
    const parts = rulesSaidBy(policy);
    const rules = parts?.flatMap((part) => directedRules(part));
    const doing = (wanted: TrafficRule['action']) =>
      rules?.filter(({ action }) => action === wanted).length ?? 0;
    const { invalid, unread, directions } = isCiliumPolicy(policy) ? policy : NOTHING_SAID;
    const isIsolated = (type: PolicyType) => parts?.some((part) => typesOf(part).includes(type));
    return {
      ...identityOf(policy),
      podSelector: isCiliumPolicy(policy) ? selectorsOf(policy) : describeSelector(policy.rules.subject.pods),
      policyTypes: POLICY_TYPES.filter((type) => isIsolated(type) ?? directions?.includes(type)),
      ...(rules === undefined ? {} : { rules: { allow: doing('allow'), deny: doing('deny') } }),
      ...(rules === undefined && unread !== undefined ? { unread: fieldText(unread) } : {}),
      ...counted(selectedBy(policy, facts), facts),
      ...(isTime(created) ? { created } : {}),
      ...defined({ refused: refusalOfAll(policy)?.message, invalid }),
      managers: managersOf(written),
      owned: isOwned(written),
      ...(isAksPolicy(policy) ? { ofAks: true as const } : {}),
    };
  });
}

const NOTHING_SAID = { invalid: undefined, unread: undefined, directions: undefined };

/** The workloads that the parts of a policy select; those that it may select if it is not understood. */
export function selectedBy(policy: ManagedPolicy, facts: PolicyFacts): readonly Matched[] {
  if (!isCiliumPolicy(policy)) {
    return [facts.selected(policy)];
  }
  const parts = policy.says?.filter((part) => isAboutPods(part, policy)) ?? [policy];
  return parts.map(({ subject }) => facts.matching(subject));
}

function counted(matched: readonly Matched[], facts: PolicyFacts): Pick<PolicyRow, 'pods' | 'assumed'> {
  const sure = matched.flatMap((each) => each.sure.list().filter(({ assumed }) => assumed === true));
  const assumed = [...new Set(sure.map(qualifiedName))];
  const known = matched.map(({ possible }) =>
    facts.setOf(possible.list().filter((workload) => workload.assumed !== true)).and(possible),
  );
  return {
    pods: known.reduce((all, each) => all.or(each), facts.setOf([])).podCount,
    ...(assumed.length === 0 ? {} : { assumed }),
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
  /** Whether to leave the kind out where all are NetworkPolicies, so that rows fit a terminal. @default false */
  readonly isBrief?: boolean;
}

export function policyListing(
  rows: readonly PolicyRow[],
  { now, knownOnly = false, isBrief = false }: PolicyListingOptions,
): Listing<PolicyRow> {
  const hasKinds = !isBrief || rows.some(({ kind }) => kind !== 'NetworkPolicy');
  return {
    name: 'policies',
    columns: [
      { heading: 'namespace', cell: ({ namespace = NOBODY }) => [namespace] },
      ...(hasKinds ? [{ heading: 'kind', cell: (row: PolicyRow) => [policyKindOf(row).shortNames[0]] }] : []),
      { heading: 'name', cell: ({ name }) => [name] },
      { heading: 'pod-selector', cell: ({ podSelector }) => [podSelector === '' ? NOBODY : podSelector] },
      { heading: 'policy-types', cell: ({ policyTypes }) => [policyTypes.join(', ') || NOBODY] },
      { heading: 'rules', cell: ({ rules, refused }) => [refused === undefined ? rulesCell(rules) : NOBODY] },
      { heading: 'pods', cell: (row) => podsCell(row, knownOnly) },
      {
        heading: 'age',
        cell: ({ created }) => [created === undefined ? NOBODY : age(now - Date.parse(created))],
      },
      { heading: 'owner', cell: (row) => [ownerOf(row) || NOBODY] },
      { heading: 'remark', isBelow: true, cell: remarks },
    ],
    rows,
    toJson: (row) => row,
  };
}

/** `3`, `none known`, `kube-system/coredns (AKS)` */
function podsCell({ pods, unread, assumed = [] }: PolicyRow, knownOnly: boolean): readonly string[] {
  const none = knownOnly ? '0' : 'none known';
  const some = unread === undefined ? String(pods) : `at most ${pods}`;
  const known = pods > 0 ? [some] : assumed.length > 0 ? [] : [none];
  return [...known, ...assumed.map((name) => `${name} (AKS)`)];
}

/** `2 allow, 1 deny` */
function rulesCell(rules: PolicyRow['rules']): string {
  if (rules === undefined) {
    return 'cannot tell';
  }
  const told = Object.entries(rules).flatMap(([action, some]) => (some === 0 ? [] : `${some} ${action}`));
  return told.join(', ') || NOBODY;
}

/** `code`, `AKS`, or the names of field managers; `''` for a manifest. */
export function ownerOf({ owned, ofAks, managers }: Pick<PolicyRow, 'owned' | 'ofAks' | 'managers'>): string {
  return ofAks === true ? 'AKS' : owned ? 'code' : managers.join(', ');
}

function remarks({ refused, invalid, unread }: PolicyRow): readonly string[] {
  return [
    ...(refused === undefined ? [] : [`Cilium refuses it: ${refused}`]),
    ...(invalid === undefined ? [] : [`Cilium does not enforce it, says its status: ${invalid}`]),
    ...(unread === undefined ? [] : [`${unread} is not understood`]),
  ];
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
