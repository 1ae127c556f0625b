import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkAnnotations, checkLabels, type Labels } from '../model/labels';
import { checkNamespaceName, checkPolicyName } from '../model/names';
import { type NetworkPolicySpec, POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { refuseIf } from '../model/problem';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import { Ledger, type RecordedPolicy } from './ledger';
import { refuseForeign } from './peer';
import { PodSelector, type PodSelectorSource } from './pod-selector';
import type { Rule } from './rule';
import { mayBeSuspicious, type Suspicion, suspicions } from './rule-findings';
import { unreadable } from './shapes';
import { SourceLine } from './source-line';
import { reportAfterSynth } from './synth-report';

/** The portal's "Create a network policy" form. */
export interface AksNetworkPolicyProps {
  /**
   * The policy's name: 1 to 253 of `a-z`, `0-9`, `-`, `.`, with a letter or digit at both ends.
   * @default the construct's id, as it is
   */
  readonly name?: string;
  /**
   * The namespace whose pods the policy selects.
   * @default the workload's, if `podSelector` is one; else the chart's; else `default`
   */
  readonly namespace?: string;
  /**
   * The pods that the policy applies to.
   * @default every pod of the namespace
   */
  readonly podSelector?: PodSelectorSource;
  /**
   * What is allowed. The types of the rules are the directions that the policy isolates.
   * @default no rule: all ingress of the selected pods is denied, their egress is untouched
   */
  readonly rules?: readonly (IngressRule | EgressRule)[];
  /**
   * Labels of the policy object.
   * @default the chart's
   */
  readonly labels?: Labels;
  /**
   * Annotations of the policy object.
   * @default none
   */
  readonly annotations?: Labels;
}

/**
 * A Kubernetes NetworkPolicy, as the Azure portal's form creates it.
 *
 * How policies work, whoever writes them: a pod that no policy selects is open in both directions. A pod
 * that some policy selects is isolated in the directions of that policy's types, and then only what some
 * rule of some policy allows gets through. Rules and policies only add up; none takes away what another
 * allows, and their order and names mean nothing. A connection needs both sides: egress at its source and
 * ingress at its destination. Answers to an allowed connection need no rule.
 *
 * `policyTypes` is always written. The construct is the cdk8s `ApiObject` itself, so `addJsonPatch` and
 * `addDependency` are at hand and do exactly what they say.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class AksNetworkPolicy extends ApiObject implements RecordedPolicy {
  /** The namespace the policy is in. */
  public readonly namespace: string;
  /** The pods it applies to. */
  public readonly podSelector: PodSelector;

  private readonly added: Added[];
  private readonly createdAt: SourceLine | undefined;

  /**
   * @throws NetworkPolicyError `name-missing`, `name-invalid`, `namespace-missing`, `namespace-invalid`,
   *   `label-key-invalid`, `label-value-invalid`, `annotation-key-invalid`, `annotations-too-large`,
   *   `selector-unreadable`, `selector-in-other-namespace`
   */
  public constructor(scope: Construct, id: string, props: AksNetworkPolicyProps = {}) {
    const { name = id, labels, annotations } = props;
    const podSelector =
      props.podSelector === undefined ? PodSelector.all() : PodSelector.of(props.podSelector);
    const namespace =
      props.namespace ?? podSelector.namespaces?.soleName ?? Chart.of(scope).namespace ?? 'default';
    refuseIf((problems) => {
      checkPolicyName(
        name,
        `AksNetworkPolicy name${props.name === undefined ? " (the construct's id)" : ''}`,
        problems,
      );
      checkNamespaceName(namespace, 'AksNetworkPolicy namespace', problems);
      checkLabels(labels ?? {}, 'AksNetworkPolicy labels', problems);
      checkAnnotations(annotations ?? {}, 'AksNetworkPolicy annotations', problems);
    });
    refuseForeign(podSelector, namespace, 'AksNetworkPolicy podSelector');
    const added: Added[] = [];
    super(scope, id, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name,
        namespace,
        ...(labels && { labels: { ...labels } }),
        ...(annotations && { annotations: { ...annotations } }),
      },
      spec: Lazy.any({ produce: () => render(podSelector, added) }),
    });
    this.namespace = namespace;
    this.podSelector = podSelector;
    this.added = added;
    for (const rule of props.rules ?? []) {
      this.add(rule);
    }
    // A line costs as much as a construct, so it is only noted where it may be shown.
    if (podSelector.isBlank || this.rules.some(mayBeSuspicious)) {
      this.createdAt = SourceLine.above(AksNetworkPolicy);
    }
    const twin = Ledger.of(this).add(this);
    if (twin !== undefined) {
      this.refuseTwin(twin, SourceLine.above(AksNetworkPolicy));
    }
    reportAfterSynth(this);
  }

  /** The rules, in the order they were added. */
  public get rules(): readonly (IngressRule | EgressRule)[] {
    return this.added.map(({ rule }) => rule);
  }

  /**
   * Adds a rule. The policy's types grow with it, and so the directions that it isolates.
   *
   * @throws NetworkPolicyError `selector-in-other-namespace`
   */
  public addRule(rule: IngressRule | EgressRule): this {
    this.add(rule, mayBeSuspicious(rule) ? SourceLine.above(this.addRule) : undefined);
    return this;
  }

  /** What is legal and yet suspicious about it, each with the line that brought it; for `Findings`. */
  public suspicions(): (Suspicion & { readonly source: string | undefined })[] {
    return suspicions(this.podSelector, this.rules).map((suspicion) => ({
      ...suspicion,
      source: (this.added[suspicion.rule ?? -1]?.line ?? this.createdAt)?.toString(),
    }));
  }

  private add(rule: IngressRule | EgressRule, line?: SourceLine): void {
    if (typeof rule?.type !== 'string') {
      throw unreadable('type-mismatch', 'AksNetworkPolicy rules', rule, 'an IngressRule or an EgressRule');
    }
    // Rendered here, so that a rule that cannot be is refused at the call that brings it.
    this.added.push({ rule, line, entry: rule.toSpec(this.namespace) });
  }

  private refuseTwin(twin: RecordedPolicy, line: SourceLine): void {
    const source = line.toString();
    this.node.addValidation({
      validate: () => [
        `two network policies are named ${this.namespace}/${this.name}: ${twin.node.path} and ` +
          `${this.node.path}${source === undefined ? '' : ` (${source})`}; the second would overwrite the ` +
          'first; give one of them another name [policy-duplicate]',
      ],
    });
  }
}

/** A rule, the entry that the manifest has for it, and the user's line that added it. */
interface Added {
  readonly rule: IngressRule | EgressRule;
  readonly entry: ReturnType<Rule['toSpec']>;
  readonly line: SourceLine | undefined;
}

function render(podSelector: PodSelector, added: readonly Added[]): NetworkPolicySpec {
  const types = POLICY_TYPES.filter((type) => added.some(({ rule }) => rule.type === type));
  const entries = (type: PolicyType) =>
    added.flatMap(({ rule, entry }) => (rule.type === type ? (entry ?? []) : []));
  const ingress = entries('Ingress');
  const egress = entries('Egress');
  return {
    podSelector: podSelector.toLabelSelector(),
    policyTypes: types.length > 0 ? types : ['Ingress'],
    ...(ingress.length > 0 && { ingress }),
    ...(egress.length > 0 && { egress }),
  };
}
