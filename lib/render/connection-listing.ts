import type { Workload, WorkloadKind } from '../model/cluster';
import type { PortSet } from '../model/port-set';
import { remembered } from '../model/remember';
import type { Connection } from '../reachability/connections';
import type { Party } from '../reachability/parties';
import type { Listing } from './listing';

/** A connection as JSON. */
export interface ConnectionJson {
  readonly from: PartyJson;
  readonly to: PartyJson;
  /** As kubectl writes them: `80/TCP, 8000-8100/TCP`. */
  readonly ports: string;
  readonly verdict: 'allowed' | 'unknown';
}

export type PartyJson =
  | { readonly workloads: readonly WorkloadJson[] }
  /** CIDRs, or `first-last` where none fits. */
  | { readonly ranges: readonly string[] };

export interface WorkloadJson {
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** The names of the pods, where not all of the workload's are meant. */
  readonly pods?: readonly string[];
}

/** Connections as a listing, in the order they come in. */
export function connectionListing(connections: Iterable<Connection>): Listing<Connection> {
  const cellOf = partyNames();
  return {
    name: 'connections',
    columns: [
      { heading: 'from', cell: ({ from }) => cellOf(from) },
      { heading: 'to', cell: ({ to }) => cellOf(to) },
      { heading: 'ports', cell: ({ ports }) => portsCell(ports) },
      { heading: 'verdict', cell: ({ verdict }) => [verdict] },
    ],
    rows: connections,
    toJson: connectionJson,
  };
}

/** Rows share their sets of ports, and with them their cells. */
const portsCell = remembered((ports: PortSet): readonly string[] => [String(ports)]);

/**
 * What a party is called in a cell; each name is written once. Rows share their parties, and parties their workloads: 3.3
 * million names of 10,000 in a large cluster.
 */
export function partyNames(): (party: Party) => readonly string[] {
  return remembered(namesOf(remembered(nameOf)));
}

/** Joined at once: what a template puts together is copied together anew at each of its thousand places. */
const nameOf = ({ namespace, name }: Workload) => [namespace, name].join('/');

/** `shop/web`, `shop/web (pods web-0, web-1)`, `10.0.0.0/8`: a text for each part. */
function namesOf(nameOf: (workload: Workload) => string): (party: Party) => readonly string[] {
  return ({ workloads, addresses }) =>
    workloads === undefined
      ? addresses.ranges()
      : workloads.map(({ workload, pods }) =>
          pods === undefined ? nameOf(workload) : `${nameOf(workload)} (pods ${pods.join(', ')})`,
        );
}

function connectionJson({ from, to, ports, verdict }: Connection): ConnectionJson {
  return { from: partyJson(from), to: partyJson(to), ports: String(ports), verdict };
}

/** A party as JSON. */
export function partyJson({ workloads, addresses }: Party): PartyJson {
  return workloads === undefined
    ? { ranges: addresses.ranges() }
    : {
        workloads: workloads.map(({ workload: { kind, namespace, name }, pods }) => ({
          kind,
          namespace,
          name,
          ...(pods === undefined ? {} : { pods }),
        })),
      };
}
