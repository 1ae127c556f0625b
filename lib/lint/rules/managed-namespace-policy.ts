import { isManagedPolicy, managedDefault } from '../../aks/managed-policies';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { DirectedRule, TrafficPeer } from '../../model/policy-rules';
import { requirementsOf } from '../../model/selector-match';
import { about } from '../context';
import type { LintRule } from '../lint-rule';

export const managedNamespacePolicy: LintRule = {
  id: 'managed-namespace-policy',
  severity: 'info',
  summary: 'a policy allows more than the default policy of its managed namespace',
  fix: 'make sure that this is wanted; who may write policies in the namespace can open it',
  *check(context) {
    for (const managed of context.profile.managedNamespaces ?? []) {
      for (const policy of context.policiesIn(managed.name).filter((each) => !isManagedPolicy(each))) {
        for (const { direction, peers, at } of context.rulesInForce(policy).filter(allowsSomebody)) {
          const standard = managedDefault(managed, direction);
          const isInside = peers?.every((peer) => isOwn(managed.name, peer)) === true;
          if (standard === 'DenyAll' || (standard === 'AllowSameNamespace' && !isInside)) {
            yield {
              ...about(policy),
              field: at,
              message: `it widens the ${direction.toLowerCase()} default ${standard} of the managed namespace ${managed.name}`,
            };
          }
        }
      }
    }
  },
};

function allowsSomebody({ action, peers }: DirectedRule): boolean {
  return action === 'allow' && peers?.length !== 0;
}

/** Whether a peer means pods of one namespace only. */
function isOwn(namespace: string, peer: TrafficPeer): boolean {
  return (
    peer.kind === 'pods' &&
    (typeof peer.namespaces === 'string'
      ? peer.namespaces === namespace
      : requirementsOf(peer.namespaces).some(
          ({ key, operator, values = [] }) =>
            key === NAMESPACE_NAME_LABEL && operator === 'In' && values.every((each) => each === namespace),
        ))
  );
}
