import { append } from '../model/collections';
import { uniteParties } from '../reachability/answers/parties';
import type { PartyWords } from '../reachability/answers/party-words';
import { partyIdentityOf } from '../reachability/answers/party-words';
import { toldRows } from '../render/told-rows';
import type { Flow } from './flows';

/** How many lines are shown before the rest is counted. */
const LINES = 20;

/** `shop/web to shop/db on 5432/TCP`: flows as in a list of connections, joined where possible. */
export function describeFlows(flows: readonly Flow[], words: PartyWords): readonly string[] {
  const rows = toldRows(joined(joined(flows, 'from'), 'to'), words, ({ ports }) => ports.key);
  const lines = rows.map(({ row, from, to }) => `${from} to ${to} on ${row.ports}`);
  return lines.length > LINES + 1 ? [...lines.slice(0, LINES), `and ${lines.length - LINES} more`] : lines;
}

/** Joins workloads with the same flows into one end. */
function joined(flows: readonly Flow[], end: 'from' | 'to'): readonly Flow[] {
  const far = end === 'from' ? 'to' : 'from';
  const alike = new Map<string, Flow[]>();
  for (const flow of flows) {
    const kind = flow[end].workloads === undefined ? partyIdentityOf(flow[end]) : '';
    append(alike, JSON.stringify([flow.ports.key, partyIdentityOf(flow[far]), kind]), flow);
  }
  return [...alike.values()].map((some) => {
    const [first] = some as [Flow];
    return first[end].workloads === undefined
      ? first
      : { ...first, [end]: uniteParties(some.map((each) => each[end])) };
  });
}
