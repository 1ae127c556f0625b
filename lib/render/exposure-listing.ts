import { defined } from '../model/defined';
import { describeEntryPoint } from '../model/entry-points';
import type { PortSet } from '../model/port-set';
import type { Tristate } from '../model/tristate';
import type { Reached } from '../reachability/answers/exchanges';
import type { Exposure } from '../reachability/answers/list-exposure';
import { partyNames } from '../reachability/answers/party-names';
import {
  type EntryPointJson,
  entryPointJson,
  type PartyJson,
  partyJson,
  type WorkloadJson,
} from './listed-parties';
import { type Edge, type Listing, orNobody, type Scene } from './listing';
import { type AnswerNotes, notesOf } from './notes';

/** The exposure of a workload as JSON. */
export interface ExposureJson {
  readonly workload: WorkloadJson;
  readonly isolated: { readonly ingress: Tristate; readonly egress: Tristate };
  readonly from: readonly ReachedJson[];
  readonly to: readonly ReachedJson[];
  readonly entryPoints: readonly EntryJson[];
  readonly internet: string;
  readonly toInternet: string;
  readonly otherNamespaces: string;
  readonly unknownPods: string;
}

/** A party that a workload exchanges something with, as JSON. */
export interface ReachedJson {
  readonly party: PartyJson;
  readonly ports: string;
  readonly verdict: 'allowed' | 'unknown';
}

/** A way to a workload from outside the cluster, as JSON. */
export interface EntryJson extends EntryPointJson {
  readonly ports: string;
}

/**
 * Exposures as a listing, in the order they come in; all names of every party.
 *
 * @param scene what a picture knows beside them. @default nothing
 */
export function exposureListing(
  exposures: Iterable<Exposure>,
  answer: AnswerNotes = {},
  scene?: Scene,
): Listing<Exposure> {
  const namesOf = partyNames();
  const cell = (reached: readonly Reached[]) =>
    orNobody(reached.map(({ party, ...open }) => `${namesOf(party).join(', ')} ${onPorts(open)}`));
  return {
    name: 'exposures',
    notes: notesOf(answer),
    columns: [
      { heading: 'workload', cell: ({ workload }) => namesOf({ workloads: [{ workload }] }) },
      { heading: 'from', cell: ({ from }) => cell(from) },
      { heading: 'to', cell: ({ to }) => cell(to) },
      { heading: 'internet', cell: internetCell },
      { heading: 'entry', cell: entryCell },
    ],
    rows: exposures,
    toJson: exposureJson,
    edges: () => exposureEdges(exposures),
    ...defined({ scene }),
  };
}

function* exposureEdges(exposures: Iterable<Exposure>): Generator<Edge> {
  for (const { workload, from, to, entryPoints } of exposures) {
    const own = { workloads: [{ workload }] };
    yield* from.map(({ party, ports, verdict }) => ({ from: party, to: own, ports, mark: verdict }));
    yield* to.map(({ party, ports, verdict }) => ({ from: own, to: party, ports, mark: verdict }));
    yield* entryPoints.map(({ ports, ...entryPoint }) => ({
      from: { entryPoint },
      to: own,
      ports,
      mark: 'entry' as const,
    }));
  }
}

/** `on 8080/TCP`, `on * (unknown)` */
export function onPorts({ ports, verdict }: Pick<Reached, 'ports' | 'verdict'>): string {
  return `on ${ports}${verdict === 'unknown' ? ' (unknown)' : ''}`;
}

/** `in on 8080/TCP`, `out on *`: the ports on which the internet comes in, and the pods get out. */
export function internetCell({ internet, toInternet }: Exposure): readonly string[] {
  const side = (word: string, ports: PortSet) => (ports.isEmpty ? [] : [`${word} on ${ports}`]);
  return orNobody([...side('in', internet), ...side('out', toInternet)]);
}

/** `Service shop/web (LoadBalancer) to 8080/TCP` */
export function entryCell({ entryPoints }: Exposure): readonly string[] {
  return orNobody(entryPoints.map((entry) => `${describeEntryPoint(entry)} to ${entry.ports}`));
}

function exposureJson(exposure: Exposure): ExposureJson {
  const { workload, isolated, from, to, entryPoints } = exposure;
  const { kind, namespace, name } = workload;
  return {
    workload: { kind, namespace, name },
    isolated: { ingress: isolated.Ingress, egress: isolated.Egress },
    from: from.map(reachedJson),
    to: to.map(reachedJson),
    entryPoints: entryPoints.map(({ ports, ...entry }) => ({
      ...entryPointJson(entry),
      ports: String(ports),
    })),
    internet: String(exposure.internet),
    toInternet: String(exposure.toInternet),
    otherNamespaces: String(exposure.otherNamespaces),
    unknownPods: String(exposure.unknownPods),
  };
}

function reachedJson({ party, ports, verdict }: Reached): ReachedJson {
  return { party: partyJson(party), ports: String(ports), verdict };
}
