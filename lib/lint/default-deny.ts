import type { AksClusterProfile } from '../aks/cluster-profile';
import { isSystemNamespace } from '../aks/system-namespaces';
import type { PolicyType } from '../model/network-policy';
import { PodSet } from '../model/pod-set';
import { type About, aboutNamespace, type LintContext } from './context';

const BASELINE = { Ingress: 'AllowSameNamespace', Egress: 'DenyAll' } as const;

/** A default for one direction, as code. */
export function baselineFor(namespace: string, direction: PolicyType): string {
  return `write new NamespaceBaseline(chart, 'baseline', { namespace: '${namespace}', ${direction.toLowerCase()}: '${BASELINE[direction]}' })`;
}

/** Whether a namespace is AKS's own, or may bring a default policy that no manifest holds. */
export function bringsItsOwn(
  name: string,
  direction: PolicyType,
  { managedNamespaces = [] }: AksClusterProfile,
): boolean {
  const managed = managedNamespaces.find((each) => each.name === name);
  const policy = direction === 'Ingress' ? managed?.ingress : managed?.egress;
  return isSystemNamespace(name) || (managed !== undefined && policy !== 'AllowAll');
}

/**
 * The namespaces with policies where pods that no manifest tells of are open for ingress.
 *
 * @param told those of which it is said already
 */
export function openToNewcomers(
  { cluster, reachability, survey, profile }: LintContext,
  told: readonly string[],
): readonly string[] {
  const names = cluster.policies.flatMap(({ rules: { subject } }) =>
    typeof subject.namespaces === 'string' ? [subject.namespaces] : [],
  );
  return reachability.knownOnly
    ? []
    : [...new Set(names)].filter(
        (name) =>
          !told.includes(name) &&
          !bringsItsOwn(name, 'Ingress', profile) &&
          survey.arePossibleIsolated('Ingress', PodSet.inNamespace(name)) === 'no',
      );
}

/** What a finding about a namespace says of it, whether or not it is declared. */
export function aboutNamespaceCalled(name: string, context: LintContext): About {
  return aboutNamespace(context.namespace(name) ?? { name, labels: {}, declared: false });
}
