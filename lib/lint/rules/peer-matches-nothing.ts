import type { PolicyEntry } from '../../model/cluster';
import { remembered } from '../../model/collections';
import { defined } from '../../model/defined';
import type { DirectedRule, PodPeer } from '../../model/policy-rules';
import { listWords } from '../../model/word-list';
import { andOrSlips } from '../and-or';
import { namesForeignLabel } from '../completeness';
import type { LintContext } from '../context';
import { meansInVain } from '../in-vain';
import { otherNamespaces, otherPods } from '../kind-fixes';
import { suggestLabel } from '../label-suggestion';
import { eachPolicy, type LintRule } from '../lint-rule';
import { namespacesCalled } from '../pieces';

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
      const elsewhere = suggestion === undefined ? meantElsewhere(context, policy, peer) : undefined;
      if (suggestion !== undefined || elsewhere !== undefined || !namesForeignLabel(context, peer.pods)) {
        const more = suggestion?.words ?? elsewhere?.words;
        yield {
          field: peer.podsAt ?? peer.at,
          message:
            `no workload of namespace${where.length === 1 ? '' : 's'} ${listWords(where)} has these labels` +
            `${more === undefined ? '' : `; ${more}`}`,
          ...(suggestion?.selector === undefined
            ? defined({ fix: elsewhere?.fix })
            : { fix: otherPods(policy, peer, suggestion.selector) }),
        };
      }
    }
  }),
};

/** Pods of other namespaces, of which an entry that names no namespace means none. */
function meantElsewhere(context: LintContext, policy: PolicyEntry, peer: PodPeer) {
  const others =
    peer.namespacesAt === undefined
      ? context.facts.matching({ namespaces: {}, pods: peer.pods }).sure.list()
      : [];
  const [namespace, ...more] = new Set(others.map((workload) => workload.namespace));
  if (namespace === undefined) {
    return undefined;
  }
  return {
    words: `${context.words.workloads(others)} ${others.length === 1 ? 'has' : 'have'} them, and an entry without a namespace means that of the policy alone`,
    fix:
      more.length === 0
        ? otherNamespaces(policy, peer, namespacesCalled([namespace]))
        : 'name the namespace that is meant beside the labels',
  };
}
