import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { defined } from '../model/defined';
import type { LabelSelector } from '../model/label-selector';
import { checkAnnotations, checkLabels, type Labels } from '../model/labels';
import { checkNamespaceName, checkPolicyName } from '../model/names';
import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, PolicyType } from '../model/network-policy';
import { describePlace, type Place, placeOf } from '../model/place';
import { isList, isMap, refuseIf } from '../model/problem';
import { ANNOTATIONS, type SynthesizedObject } from '../model/side-file';
import type { CodePosition } from '../model/source-position';
import { watchApp } from './app-watch';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import { isKind, mark } from './kind';
import { checkProps, refuseNulls } from './options';
import { refuseForeign } from './peer';
import { PodSelector, type PodSelectorLike } from './pod-selector';
import type { SuspiciousPolicy } from './policy-findings';
import type { Rule } from './rule';
import { mayBeSuspicious, type Suspicion, suspicions } from './rule-findings';
import { unreadableShape } from './shapes';
import { isAnnotated } from './source-annotations';
import { recordsEveryLine, SourceLine } from './source-line';
import type { LinedPolicy } from './write-side-file';

/** The portal's "Create a network policy" form. */
export interface AksNetworkPolicyProps {
  /**
   * The policy's name: 1 to 253 of `a-z`, `0-9`, `-`, `.`, with a letter or digit at both ends.
   * @default the construct's id, unchanged
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
  readonly podSelector?: PodSelectorLike;
  /**
   * The rules for allowed traffic. Their types are the directions that the policy isolates.
   * @default no rules: all ingress of the selected pods is denied, their egress is not affected
   */
  readonly rules?: readonly (IngressRule | EgressRule)[];
  /**
   * Labels of the policy object, in addition to the chart's.
   * @default none
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
export class AksNetworkPolicy extends ApiObject implements SuspiciousPolicy, LinedPolicy {
  static {
    mark(AksNetworkPolicy.prototype, 'policy');
  }

  /** The namespace of the policy. */
  public readonly namespace: string;
  /** The pods it applies to. */
  public readonly podSelector: PodSelector;

  private readonly added: Added[];
  /** The object that cdk8s writes; rules are added to it later. */
  private readonly spec: Spec;
  private readonly createdAt: SourceLine | undefined;

  /**
   * @throws NetworkPolicyError `name-missing`, `name-invalid`, `namespace-missing`, `namespace-invalid`,
   *   `label-key-invalid`, `label-value-invalid`, `annotation-key-invalid`, `annotations-too-large`,
   *   `selector-unreadable`, `selector-in-other-namespace`, `type-mismatch`, `field-unknown`
   */
  public constructor(scope: Construct, id: string, props: AksNetworkPolicyProps = {}) {
    const at = `AksNetworkPolicy ${scope.node.path}/${id}`;
    checkProps(props, ['name', 'namespace', 'podSelector', 'rules', 'labels', 'annotations'], at);
    const { name = id, labels = {}, annotations = {}, rules = [] } = props;
    const podSelector =
      props.podSelector === undefined ? PodSelector.all() : PodSelector.of(props.podSelector);
    const chart = Chart.of(scope);
    const namespace = props.namespace ?? podSelector.namespaces?.soleName ?? chart.namespace ?? 'default';
    refuseIf((problems) => {
      checkPolicyName(name, `${at} name${props.name === undefined ? " (the construct's id)" : ''}`, problems);
      checkNamespaceName(namespace, `${at} namespace`, problems);
      if (isMap(labels, `${at} labels`, problems)) {
        checkLabels({ ...chart.labels, ...labels }, `${at} labels`, problems);
        refuseNulls({ ...chart.labels, ...labels }, `${at} labels`, problems);
      }
      checkAnnotations(annotations, `${at} annotations`, problems);
      refuseNulls(annotations, `${at} annotations`, problems);
      isList(rules, `${at} rules`, problems);
    });
    refuseForeign(podSelector, namespace, `${at} podSelector`, 'leave the namespace out: it is then theirs');
    // Rendered before the construct exists, so that an invalid rule leaves none behind.
    const added = rules.map((rule, i) => render(rule, namespace, placeOf(`${at} rules`, i)));
    const spec = specOf(podSelector, added);
    super(scope, id, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name,
        namespace,
        ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
        ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
      },
      spec,
    });
    this.namespace = namespace;
    this.podSelector = podSelector;
    this.added = added;
    this.spec = spec;
    // Recording a line costs as much as the construct, so it is only done if the line may be shown.
    if (podSelector.isBlank || rules.some(mayBeSuspicious) || recordsEveryLine()) {
      this.createdAt = SourceLine.above(AksNetworkPolicy);
    }
    watchApp(this);
  }

  /**
   * The user's line that created it, `main.ts:12:5`. It is known for policies with a finding, and for all policies under
   * `cdk8s synth` or if `cdk8s-aks-network-policy/jest` is imported.
   */
  public get source(): string | undefined {
    return this.createdAt?.toString();
  }

  /** The rules, in the order they were added. */
  public get rules(): readonly (IngressRule | EgressRule)[] {
    return this.added.map(({ rule }) => rule);
  }

  /**
   * Adds a rule. Its type is added to the policy's types, and so to the directions that the policy isolates.
   *
   * @throws NetworkPolicyError `selector-in-other-namespace`, `type-mismatch`
   */
  public addRule(rule: IngressRule | EgressRule): this {
    const at = placeOf(`AksNetworkPolicy ${this.node.path} rules`, this.added.length);
    const added = render(rule, this.namespace, at);
    include(this.spec, added, this.added.length === 0);
    const isRecorded = mayBeSuspicious(rule) || recordsEveryLine();
    this.added.push(isRecorded ? { ...added, line: SourceLine.above(this.addRule) } : added);
    return this;
  }

  /** The object for the manifest, with the annotations of `Sources.annotate`. */
  public override toJson(): ReturnType<ApiObject['toJson']> {
    if (isAnnotated(this)) {
      this.metadata.addAnnotation(ANNOTATIONS.construct, this.node.path);
      if (this.source !== undefined) {
        this.metadata.addAnnotation(ANNOTATIONS.source, this.source);
      }
    }
    return super.toJson();
  }

  /** The line that created it, and those of rules added later, by field of the manifest; for the side file. */
  public lines(): Pick<SynthesizedObject, 'code' | 'rules'> {
    const code = this.createdAt?.toPosition();
    const rules: Record<string, CodePosition> = {};
    const counts = { ingress: 0, egress: 0 };
    for (const { rule, entry, line } of this.added) {
      const list = listOf(rule);
      const position = entry === undefined ? undefined : line?.toPosition();
      if (position !== undefined) {
        rules[describePlace(['spec', list, counts[list]])] = position;
      }
      counts[list] += entry === undefined ? 0 : 1;
    }
    return defined({ code, rules: Object.keys(rules).length === 0 ? undefined : rules });
  }

  /** What is legal but suspicious about it, each with the line that caused it; for `Findings`. */
  public suspicions(): (Suspicion & { readonly source: string | undefined })[] {
    return suspicions(this.podSelector, this.rules).map((suspicion) => ({
      ...suspicion,
      source: (this.added[suspicion.rule ?? -1]?.line ?? this.createdAt)?.toString(),
    }));
  }
}

/** A rule, its entry in the manifest, and the user's line if it was added later. */
interface Added {
  readonly rule: IngressRule | EgressRule;
  readonly entry: ReturnType<Rule['toSpec']>;
  readonly line?: SourceLine;
}

function render(rule: IngressRule | EgressRule, namespace: string, at: Place): Added {
  if (!isKind(rule, 'rule')) {
    throw unreadableShape('type-mismatch', at, rule, 'an IngressRule or an EgressRule');
  }
  return { rule, entry: rule.toSpec(namespace, at) };
}

interface Spec {
  readonly podSelector: LabelSelector;
  policyTypes: readonly PolicyType[];
  ingress?: NetworkPolicyIngressRule[];
  egress?: NetworkPolicyEgressRule[];
}

function specOf(podSelector: PodSelector, added: readonly Added[]): Spec {
  const spec: Spec = { podSelector: podSelector.toLabelSelector(), policyTypes: ['Ingress'] };
  added.forEach((each, i) => {
    include(spec, each, i === 0);
  });
  return spec;
}

/** @param isFirst whether it is the first rule, whose type replaces that of a policy without rules */
function include(spec: Spec, { rule, entry }: Added, isFirst: boolean): void {
  const types = isFirst ? [] : spec.policyTypes;
  spec.policyTypes = types.includes(rule.type) ? types : [...types, rule.type];
  if (entry !== undefined) {
    const list = listOf(rule);
    spec[list] = spec[list] ?? [];
    spec[list].push(entry);
  }
}

function listOf({ type }: Rule): 'ingress' | 'egress' {
  return type === 'Ingress' ? 'ingress' : 'egress';
}
