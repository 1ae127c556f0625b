import { isManagedPolicy, MANAGED_NAMESPACES_SOURCE, managedDefault } from '../../aks/managed-policies';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { TrafficPeer } from '../../model/policy-rules';
import { requirementsOf } from '../../model/selector-match';
import { about } from '../context';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

const example = (peer: object) =>
  deployment('web') + networkPolicy('web', { podSelector: {}, ingress: [{ from: [peer] }] });
const profile = { managedNamespaces: [{ name: 'shop', ingress: 'AllowSameNamespace' }] } as const;

export const managedNamespacePolicy: LintRule = {
  id: 'managed-namespace-policy',
  severity: 'info',
  summary: 'a policy allows more than the default policy of its managed namespace',
  why:
    'A managed namespace brings a default policy that Azure owns. Policies add up: what another one allows is open, ' +
    'whatever the default denies. All findings count the default policy in.',
  fix: 'make sure that this is wanted; who may write policies in the namespace can open it',
  sources: [MANAGED_NAMESPACES_SOURCE, { from: 'Azure/AKS#5114 and #5410', read: '2026-11-22' }],
  misses:
    'A default of AllowAll: whether Azure writes a policy for it, which would make every deny of the namespace void, ' +
    'was not found.',
  bad: { manifests: example({ namespaceSelector: {} }), profile },
  good: { manifests: example({ podSelector: {} }), profile },
  *check(context) {
    for (const managed of context.profile.managedNamespaces ?? []) {
      for (const policy of context.policiesIn(managed.name).filter((each) => !isManagedPolicy(each))) {
        for (const { direction, peers, at } of context.rulesInForce(policy)) {
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
