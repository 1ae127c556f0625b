import { remembered } from '../model/collections';
import { defined } from '../model/defined';
import type { PortSet } from '../model/port-set';
import type { Connection } from '../reachability/answers/parties';
import { partyNames } from '../reachability/answers/party-names';
import { VERDICT_TONES } from './colours';
import { type PartyJson, partyJson } from './listed-parties';
import type { Edge, Listing, Scene } from './listing';
import { type AnswerNotes, notesOf } from './notes';

/** A connection as JSON. */
export interface ConnectionJson {
  readonly from: PartyJson;
  readonly to: PartyJson;
  /** As kubectl writes them: `80/TCP, 8000-8100/TCP`. */
  readonly ports: string;
  readonly verdict: 'allowed' | 'unknown';
}

/**
 * Connections as a listing, in the order they come in; all names of every party.
 *
 * @param scene what a picture knows beside them. @default nothing
 */
export function connectionListing(
  connections: Iterable<Connection>,
  answer: AnswerNotes = {},
  scene?: Scene,
): Listing<Connection> {
  const cellOf = partyNames();
  return {
    name: 'connections',
    notes: notesOf(answer),
    columns: [
      { heading: 'from', cell: ({ from }) => cellOf(from) },
      { heading: 'to', cell: ({ to }) => cellOf(to) },
      { heading: 'ports', cell: ({ ports }) => portsCell(ports) },
      {
        heading: 'verdict',
        cell: ({ verdict }) => [verdict],
        tone: ({ verdict }) => VERDICT_TONES[verdict],
      },
    ],
    rows: connections,
    toJson: connectionJson,
    edges: () => connectionEdges(connections),
    ...defined({ scene }),
  };
}

function* connectionEdges(connections: Iterable<Connection>): Generator<Edge> {
  for (const { from, to, ports, verdict } of connections) {
    yield { from, to, ports, mark: verdict };
  }
}

/** Rows share their sets of ports, and with them their cells. */
const portsCell = remembered((ports: PortSet): readonly string[] => [String(ports)]);

function connectionJson({ from, to, ports, verdict }: Connection): ConnectionJson {
  return { from: partyJson(from), to: partyJson(to), ports: String(ports), verdict };
}
