import type { FieldPath } from '../../model/field-path';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { type EditFix, withMore } from '../fix';
import { meansInVain, missingNamespace, selectsInVain } from '../in-vain';
import { otherNamespaces, otherPods } from '../kind-fixes';
import { eachPolicy, type LintRule, type PolicyObservation } from '../lint-rule';
import { type MisspeltWord, misspeltLabels, misspeltNamespaces } from '../misspelt-words';
import { carriedBy } from '../words';

const OR = 'add its manifest or acknowledge the finding';

export const misspeltWord: LintRule = {
  id: 'misspelt-word',
  severity: 'warning',
  summary:
    'a selector has a word that nothing here carries, and that is one slip away from one that is carried',
  fix: `write the word that is known; where the other exists elsewhere, ${OR}`,
  check: eachPolicy(function* (policy, context) {
    const { subject } = policy.rules;
    const words = misspeltLabels(context, subject);
    if (words.length > 0 && selectsInVain(context, policy) === undefined) {
      yield* words.map((word) => tell('pod', word, subject.at, otherPods(policy, subject, word.right)));
    }
    for (const { peer } of context.podPeers(policy)) {
      const inNames = misspeltNamespaces(context, peer.namespaces);
      if (inNames.length > 0 && missingNamespace(context, peer.namespaces) === undefined) {
        yield* inNames.map((word) =>
          tell('namespace', word, peer.namespacesAt ?? peer.at, otherNamespaces(policy, peer, word.right)),
        );
      }
      const inLabels = misspeltLabels(context, peer);
      if (inLabels.length > 0 && meansInVain(context, peer) === undefined) {
        yield* inLabels.map((word) =>
          tell('pod', word, peer.podsAt ?? peer.at, otherPods(policy, peer, word.right)),
        );
      }
    }
  }),
};

function tell(
  noun: 'pod' | 'namespace',
  { key, written, known, carriers, excludes }: MisspeltWord,
  field: FieldPath,
  mending: EditFix,
): PolicyObservation {
  const isName = noun === 'namespace' && key === NAMESPACE_NAME_LABEL;
  const nobody = isName ? `no namespace ${written} is known here` : `no ${noun} here has ${key}=${written}`;
  const meant = isName ? known : carriedBy(key, known, carriers);
  return {
    field,
    message: `${nobody}${excludes ? ', so this keeps nobody out' : ''}; did you mean ${meant}?`,
    fix: withMore(mending, `; where ${written} exists elsewhere, ${OR}`),
  };
}
