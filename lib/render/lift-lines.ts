import type { Workload } from '../model/cluster';
import { append } from '../model/collections';
import type { DraftNode, EdgeSide, GraphEnds } from './graph-ends';
import type { GraphLines } from './graph-lines';

/** Draws once what every workload of a namespace has in common, and then what everybody has. */
export function liftLines(lines: GraphLines, ends: GraphEnds, workloads: readonly Workload[]): void {
  const places = new Map<string, Workload[]>();
  for (const workload of workloads) {
    append(places, workload.namespace, workload);
  }
  const everybody: (DraftNode | undefined)[] = [];
  for (const [box, own] of places) {
    const members = wholes(own, ends);
    if (members === undefined) {
      everybody.push(undefined);
      continue;
    }
    let every: DraftNode | undefined;
    const crowd = {
      members,
      node: () => {
        every ??= ends.crowd('every', 'every workload', members, { box });
        return every;
      },
    };
    lines.lift(crowd, 'from');
    lines.lift(crowd, 'to');
    // A line that the crowd sends to itself is lifted at both of its ends.
    lines.lift(crowd, 'from');
    everybody.push(members.length === 1 ? members[0] : every);
  }
  const isComplete = everybody.length > 0 && everybody.every((node) => node !== undefined);
  liftEverybody(lines, ends, isComplete ? everybody : undefined);
}

/** The nodes of workloads; undefined if one of them is not shown as a whole. */
function wholes(workloads: readonly Workload[], ends: GraphEnds): readonly DraftNode[] | undefined {
  const found = new Set<DraftNode>();
  for (const workload of workloads) {
    const node = ends.wholeOf(workload);
    if (node === undefined) {
      return undefined;
    }
    found.add(node);
  }
  return [...found];
}

/** @param known a node for the workloads of each namespace; undefined where one has none */
function liftEverybody(lines: GraphLines, ends: GraphEnds, known: readonly DraftNode[] | undefined): void {
  for (const side of ['from', 'to'] as const) {
    const { pods, addresses } = outsiders(ends, side);
    const lift = (label: string, ...members: readonly (DraftNode | undefined)[]) => {
      const there = members.filter((member) => member !== undefined);
      const node = () => ends.crowd('everybody', label, there, { side });
      if (there.length === members.length) {
        lines.liftAlike({ members: there, node }, side);
      }
    };
    if (known !== undefined) {
      lift('every workload, any pod and every address', ...known, pods, addresses);
      lift('every workload and any pod', ...known, pods);
    }
    lift('any pod and every address', pods, addresses);
  }
}

function outsiders(ends: GraphEnds, side: EdgeSide) {
  const of = (whole: 'pods' | 'addresses') =>
    ends.nodes.find((node) => node.side === side && node.whole === whole);
  return { pods: of('pods'), addresses: of('addresses') };
}
