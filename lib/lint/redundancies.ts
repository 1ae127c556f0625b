import type { PolicyEntry } from '../model/cluster';
import { meansOnlyKnown } from './completeness';
import { oncePerContext } from './context';

/**
 * What the policies say twice. What holds for the workloads of today holds for all whom a rule means only where none
 * of them stands elsewhere.
 */
export const redundanciesOf = oncePerContext((context) =>
  context.facts.redundancies(({ rule: { peers = [] } }) =>
    peers.every((peer) => meansOnlyKnown(context, peer)),
  ),
);

/** What a policy is called in a finding about another one: its name, and its kind where that is another, too. */
export function nameBeside({ kind, name }: PolicyEntry, own: PolicyEntry): string {
  return kind === own.kind ? name : `${kind} ${name}`;
}
