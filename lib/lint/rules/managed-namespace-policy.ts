import { isManagedPolicy, MANAGED_NAMESPACES_SOURCE, managedDefault } from '../../aks/managed-policies';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { NetworkPolicyPeer } from '../../model/network-policy';
import { requirementsOf } from '../../model/selector-match';
import { about } from '../context';
import { deployment, networkPolicy } from '../example-manifests';
import type { Rule } from '../rule';
import { typesOf } from '../written-rules';

const example = (peer: object) =>
  deployment('web') + networkPolicy('web', { podSelector: {}, ingress: [{ from: [peer] }] });
const profile = { managedNamespaces: [{ name: 'shop', ingress: 'AllowSameNamespace' }] } as const;

export const managedNamespacePolicy: Rule = {
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
        const types = typesOf(policy);
        for (const { direction, peers, at } of context.rulesOf(policy)) {
          const standard = managedDefault(managed, direction);
          const isInside = peers.length > 0 && peers.every(({ value }) => isOwn(managed.name, value));
          if (
            types.includes(direction) &&
            (standard === 'DenyAll' || (standard === 'AllowSameNamespace' && !isInside))
          ) {
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
function isOwn(namespace: string, { ipBlock, namespaceSelector }: NetworkPolicyPeer): boolean {
  return (
    ipBlock == null &&
    (namespaceSelector == null ||
      requirementsOf(namespaceSelector).some(
        ({ key, operator, values = [] }) =>
          key === NAMESPACE_NAME_LABEL && operator === 'In' && values.every((each) => each === namespace),
      ))
  );
}
