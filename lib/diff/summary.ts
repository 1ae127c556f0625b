import { LOCAL_DNS } from '../aks/fixed-addresses';
import { CORE_DNS } from '../aks/system-pods';
import { describeRequest } from '../model/asked-request';
import type { Workload } from '../model/cluster';
import { filled } from '../model/defined';
import { IpSet } from '../model/ip-set';
import { PodSet } from '../model/pod-set';
import { PortSet } from '../model/port-set';
import { firstWords, listWords } from '../model/word-list';
import type { Reachability } from '../reachability/reachability';
import { type ConnectionChange, countConnections } from './connection-change';
import { type EntryChange, type EntryWord, entryChanges } from './entry-change';
import { type IsolationChange, isolationChanges } from './namespace-isolation';
import { notBuiltChanges } from './not-built-change';
import { type LetThrough, type RequestChange, requestChanges } from './request-changes';

/** How many connections a change concerns: pairs of workloads, addresses outside and sets of possible pods. */
export interface ChangeCount {
  readonly connections: number;
  /** How many of them carry DNS. */
  readonly dns: number;
}

/** How many entry points are new, gone, or lead to other ports; each difference of an entry point counts. */
export interface EntryCount {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** A change in a few numbers. What opens on some ports and closes on others counts twice. */
export interface ChangeSummary {
  readonly opens: ChangeCount;
  readonly closes: ChangeCount;
  /** Connections of which it is unknown whether or how they changed. */
  readonly unknown: number;
  /** Connections of workloads that are new. */
  readonly added: number;
  /** Connections of workloads that are gone. */
  readonly removed: number;
  /** Ways into the cluster that differ; left out if there are none. */
  readonly entryPoints?: EntryCount;
  /** How many things that were built in neither version differ; left out if there are none. */
  readonly notBuilt?: number;
  /** The policies that may let other requests through on connections that stay open; left out if there are none. */
  readonly filters?: readonly string[];
  /** What these filters let through otherwise than before; left out if there are none. */
  readonly requests?: readonly RequestChange[];
  /** Set if some of both versions could not be read, so that more may have changed. */
  readonly isIncomplete?: true;
  /** Namespaces that lost their last default deny of a direction, or got their first. */
  readonly isolation: readonly IsolationChange[];
}

export interface SummaryOptions {
  /** Whether pods ask LocalDNS for names, as the cluster's profile says. @default CoreDNS alone */
  readonly localDns?: boolean;
  /** Whether all of both versions could be read. @default true */
  readonly isComplete?: boolean;
  /** The only namespace that the changes are about. @default all of them */
  readonly namespace?: string | undefined;
  /** Which changes of ways into the cluster count. @default all of them */
  readonly isAsked?: (row: EntryChange) => boolean;
}

/** @param changes as `diffConnections` gave them for the same versions */
export function summarizeChanges(
  changes: readonly ConnectionChange[],
  before: Reachability,
  after: Reachability,
  { localDns = false, isComplete = true, namespace, isAsked = () => true }: SummaryOptions = {},
): ChangeSummary {
  const opens = { connections: 0, dns: 0 };
  const closes = { connections: 0, dns: 0 };
  const counts = { unknown: 0, added: 0, removed: 0 };
  for (const row of changes) {
    const { change } = row;
    const pairs = countConnections(row);
    if (change === 'unknown' || change === 'added' || change === 'removed') {
      counts[change] += pairs;
      continue;
    }
    for (const [sum, ports] of [
      [opens, row.opened],
      [closes, row.closed],
    ] as const) {
      if (!ports.isEmpty) {
        sum.connections += pairs;
        sum.dns += ports.overlaps(DNS) ? countDns(row, localDns) : 0;
      }
    }
  }
  const entries = countEntries(entryChanges(before, after).filter(isAsked));
  const { length: notBuilt } = notBuiltChanges(before, after);
  const requests = requestChanges(before, after);
  return {
    opens,
    closes,
    ...counts,
    ...(entries === undefined ? {} : { entryPoints: entries }),
    ...(notBuilt === 0 ? {} : { notBuilt }),
    ...filled({ filters: [...new Set(requests.map(({ policy }) => policy))], requests }),
    ...(isComplete ? {} : { isIncomplete: true as const }),
    isolation: isolationChanges(before, after).filter(
      (each) => namespace === undefined || each.namespace === namespace,
    ),
  };
}

function countEntries(changes: readonly EntryChange[]): EntryCount | undefined {
  const countOf = (word: EntryWord) => changes.filter(({ change }) => change === word).length;
  return changes.length === 0
    ? undefined
    : {
        added: countOf('entry-added'),
        changed: countOf('entry-changed'),
        removed: countOf('entry-removed'),
      };
}

function countDns({ from, to }: ConnectionChange, localDns: boolean): number {
  const workloads = to.workloads?.filter(({ workload }) => isCoreDns(workload));
  if (workloads !== undefined) {
    return workloads.length === 0 ? 0 : countConnections({ from, to: { workloads } });
  }
  const isMeant =
    to.possible === undefined
      ? localDns && to.addresses?.overlaps(LOCAL_DNS_ADDRESSES) === true
      : CORE_DNS_PODS.isWithin(to.possible.set) &&
        to.possible.except.every((each) => CORE_DNS_PODS.isApart(each));
  return isMeant ? countConnections({ from, to }) : 0;
}

function isCoreDns({ namespace, labels }: Workload): boolean {
  return (
    namespace === CORE_DNS.namespace &&
    Object.entries(CORE_DNS.labels).every(([key, value]) => labels[key] === value)
  );
}

/** CoreDNS and LocalDNS answer on the same port. */
const DNS = PortSet.range('UDP', CORE_DNS.port).or(PortSet.range('TCP', CORE_DNS.port));

const CORE_DNS_PODS = PodSet.of({
  namespaces: CORE_DNS.namespace,
  pods: { matchLabels: CORE_DNS.labels },
}) as PodSet;

const LOCAL_DNS_ADDRESSES = IpSet.ofCidrs(LOCAL_DNS.cidrs);

/** A change in sentences: what opens and closes, and what has no default deny any more. */
export function describeSummary(summary: ChangeSummary): readonly string[] {
  const {
    opens,
    closes,
    unknown,
    added,
    removed,
    entryPoints,
    notBuilt = 0,
    requests = [],
    isolation,
  } = summary;
  const untold = requests.flatMap(({ policy, isIncomplete }) => (isIncomplete === true ? policy : []));
  const parts = [
    ...(opens.connections > 0 || closes.connections > 0
      ? [`opens ${described(opens)}`, `closes ${described(closes)}`]
      : []),
    ...(unknown > 0 ? [`leaves ${unknown} unknown`] : []),
    ...(added > 0 ? [`${added} more with workloads that are new`] : []),
    ...(removed > 0 ? [`${removed} fewer with workloads that are gone`] : []),
  ];
  return [
    parts.length === 0 ? whereNoneChanges(summary) : parts.join('; '),
    ...(notBuilt === 0
      ? []
      : [`not built, and not the same: ${notBuilt}; what that opens and closes is not known`]),
    ...requests.filter(({ isIncomplete }) => isIncomplete !== true).map(describeRequestChange),
    ...(untold.length === 0
      ? []
      : [
          `not told: which requests pass on open connections, as filters change of ${firstWords(untold)} or of rules beside them`,
        ]),
    ...(entryPoints === undefined ? [] : [describeEntries(entryPoints)]),
    ...isolation.map(
      ({ namespace, direction, change }) =>
        `${namespace} ${change === 'lost' ? 'loses its last' : 'gets its first'} default deny for ${direction.toLowerCase()}`,
    ),
  ];
}

/** `filter of CiliumNetworkPolicy shop/orders: + GET /orders, - POST /orders` */
function describeRequestChange({ policy, added, removed }: RequestChange): string {
  const parts = [
    ...(added === undefined ? [] : textsOf(added).map((text) => `+ ${text}`)),
    ...(removed === undefined ? [] : textsOf(removed).map((text) => `- ${text}`)),
  ];
  return `filter of ${policy}: ${parts.join(', ')}`;
}

function textsOf({ everythingElse, requests = [], names = [] }: LetThrough): readonly string[] {
  const listed = [...requests.map(describeRequest), ...names.map((name) => `DNS for ${name}`)];
  return everythingElse === true
    ? [listed.length === 0 ? 'everything' : `everything but ${listWords(listed)}`]
    : listed;
}

/** The sentence for no change. If not all is known, it must not read like good news. */
function whereNoneChanges({ notBuilt = 0, filters = [], isIncomplete }: ChangeSummary): string {
  return isIncomplete === true
    ? 'not all of it could be read, so nothing is known of what changes'
    : notBuilt > 0
      ? 'no connection of what is read changes'
      : filters.length > 0
        ? 'no connection opens or closes'
        : 'no connection changes';
}

/** `entry points: 1 new, 2 gone` */
function describeEntries({ added, changed, removed }: EntryCount): string {
  const counts = [
    [added, 'new'],
    [changed, 'changed'],
    [removed, 'gone'],
  ] as const;
  const told = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `entry points: ${told.join(', ')}`;
}

function described({ connections, dns }: ChangeCount): string {
  return dns === 0
    ? `${connections}`
    : `${connections}, of which ${dns} ${dns === 1 ? 'carries' : 'carry'} DNS`;
}
