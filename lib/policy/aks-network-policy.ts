import type { Construct } from 'constructs';
import type { Place } from '../model/place';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import { checkProps } from './options';
import type { PodSelectorLike } from './pod-selector';
import {
  homeOf,
  type ListedEntry,
  POLICY_PROPS,
  PolicyConstruct,
  type PolicyConstructProps,
  selectedPods,
} from './policy-construct';

/** The portal's "Create a network policy" form. */
export interface AksNetworkPolicyProps extends PolicyConstructProps {
  /**
   * The namespace whose pods the policy selects.
   * @default the workload's, if `podSelector` is one; else the chart's; else `default`
   */
  readonly namespace?: string;
  /**
   * The pods that the policy applies to.
   * @default every pod of the namespace
   */
  readonly podSelector?: PodSelectorLike;
}

/**
 * A Kubernetes NetworkPolicy, as the Azure portal's form creates it.
 *
 * How policies work in general: a pod that no policy selects is open in both directions. A pod that a policy selects is
 * isolated in the directions of the policy's types; then only traffic that a rule of any policy allows gets through. Rules
 * and policies only add up: none overrides another, and their order and names do not matter. A connection needs egress at
 * its source and ingress at its destination. Replies to an allowed connection need no rule.
 *
 * `policyTypes` is always written, in the order of the rules. The construct is a cdk8s `ApiObject`, so `addJsonPatch` and
 * `addDependency` work as usual.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class AksNetworkPolicy extends PolicyConstruct {
  /** The namespace of the policy. */
  public readonly namespace: string;

  /**
   * @throws NetworkPolicyError `name-missing`, `name-invalid`, `namespace-missing`, `namespace-invalid`,
   *   `label-key-invalid`, `label-value-invalid`, `annotation-key-invalid`, `annotations-too-large`,
   *   `selector-unreadable`, `selector-in-other-namespace`, `type-mismatch`, `field-unknown`; `cilium-policy-needed` for a
   *   rule that denies, and for peers, ports and requests that a NetworkPolicy cannot name
   */
  public constructor(scope: Construct, id: string, props: AksNetworkPolicyProps = {}) {
    const at = `AksNetworkPolicy ${scope.node.path}/${id}`;
    checkProps(props, [...POLICY_PROPS, 'namespace', 'podSelector'], at);
    const podSelector = selectedPods(props.podSelector);
    const namespace = homeOf(scope, props.namespace, podSelector, at);
    super(
      scope,
      id,
      props,
      podSelector,
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        namespace,
        entriesOf: (rule, place) => entriesOf(rule, namespace, place),
        entriesFor: () => [],
        fieldsFor: (rules) => ({
          podSelector: podSelector.toLabelSelector(),
          policyTypes: rules.length === 0 ? ['Ingress'] : [...new Set(rules.map(({ type }) => type))],
        }),
      },
      'AksNetworkPolicy',
    );
    this.namespace = namespace;
  }
}

function entriesOf(rule: IngressRule | EgressRule, namespace: string, at: Place): readonly ListedEntry[] {
  const entry = rule.toSpec(namespace, at);
  return entry === undefined ? [] : [{ list: rule.type === 'Ingress' ? 'ingress' : 'egress', entry }];
}
