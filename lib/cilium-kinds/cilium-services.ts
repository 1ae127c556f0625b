import type { Service } from '../model/cluster';
import { type FieldPath, fieldIn } from '../model/field-path';
import type { PodPeer } from '../model/policy-rules';
import { meets } from '../model/selector-match';
import { type CiliumParts, serviceKey } from './cilium-parts';
import { readRequirements } from './cilium-selectors';
import { readFields, Unread } from './unread';

/** Labels of services that an agent may not look at, as it is configured. */
const LEFT_OUT = ['service.kubernetes.io/headless', 'service.kubernetes.io/service-proxy-name'] as const;

/**
 * The pods of an entry of `toServices`: those that the services select, whatever their ports. No manifest tells the
 * addresses of a service without a selector.
 *
 * @see cilium v1.19.5, pkg/policy/k8s/service.go, processRule
 */
export function readServices(value: unknown, at: FieldPath, parts: CiliumParts): PodPeer[] {
  return meantBy(value, at, parts).map(({ namespace, selector = {}, labels = {} }): PodPeer => {
    const keys = Object.keys(selector);
    if (
      keys.length === 0 ||
      keys.some((key) => key.startsWith('io.')) ||
      LEFT_OUT.some((label) => label in labels)
    ) {
      throw new Unread(at);
    }
    return { kind: 'pods', namespaces: namespace, pods: { matchLabels: selector }, at, podsAt: at };
  });
}

/** Only a service that is named with its namespace is known where some services may not be. */
function meantBy(value: unknown, at: FieldPath, { services, hasEvery }: CiliumParts): readonly Service[] {
  const { k8sService, k8sServiceSelector } = readFields(value, at, ['k8sService', 'k8sServiceSelector']);
  if (k8sServiceSelector !== undefined) {
    const there = fieldIn(at, 'k8sServiceSelector');
    const { selector, namespace = '' } = readFields(k8sServiceSelector, there, ['selector', 'namespace']);
    const requirements = readRequirements(selector, fieldIn(there, 'selector'));
    if (hasEvery === undefined) {
      throw new Unread(at);
    }
    return [...services.values()].filter(
      ({ namespace: own, labels = {} }) =>
        (namespace === '' || own === namespace) &&
        requirements.every((each) => meets(each, labels[each.key])),
    );
  }
  const { serviceName, namespace = '' } = readFields(k8sService, fieldIn(at, 'k8sService'), [
    'serviceName',
    'namespace',
  ]);
  if (typeof serviceName !== 'string' || typeof namespace !== 'string') {
    throw new Unread(at);
  }
  const named = services.get(serviceKey(namespace, serviceName));
  if (named !== undefined) {
    return [named];
  }
  if (hasEvery === undefined) {
    throw new Unread(at);
  }
  return namespace === '' ? [...services.values()].filter(({ name }) => name === serviceName) : [];
}
