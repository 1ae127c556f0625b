import { remembered } from '../../model/collections';
import type { DirectedRule } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import { andOrSlips } from '../and-or';
import { namesForeignLabel } from '../completeness';
import { write } from '../fix';
import { meansInVain } from '../in-vain';
import { suggestLabel } from '../label-suggestion';
import { eachPolicy, type LintRule } from '../lint-rule';

export const peerMatchesNothing: LintRule = {
  id: 'peer-matches-nothing',
  severity: 'warning',
  summary: 'a peer selects pods by labels that no workload of its namespaces carries',
  fix: 'select by labels that the pods carry (those of the pod template, not of the Deployment)',
  check: eachPolicy(function* (policy, context) {
    const slipsIn = remembered(
      (rule: DirectedRule) => new Set(Array.from(andOrSlips(context, policy, rule), ({ pods }) => pods)),
    );
    for (const { rule, peer } of context.podPeers(policy)) {
      const where = meansInVain(context, peer);
      if (where === undefined || slipsIn(rule).has(peer)) {
        continue;
      }
      const workloads = where.flatMap((name) => context.workloadsIn(name));
      const suggestion = suggestLabel(peer.pods, workloads);
      if (suggestion !== undefined || !namesForeignLabel(context, peer.pods)) {
        const field = peer.podsAt ?? peer.at;
        yield {
          field,
          message:
            `no workload of namespace${where.length === 1 ? '' : 's'} ${listWords(where)} has these labels` +
            `${suggestion === undefined ? '' : `; ${suggestion.words}`}`,
          ...(suggestion?.selector === undefined ? {} : { fix: write(policy, field, suggestion.selector) }),
        };
      }
    }
  }),
};
