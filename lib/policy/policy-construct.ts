import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { append } from '../model/collections';
import { defined } from '../model/defined';
import { checkAnnotations, checkLabels, type Labels } from '../model/labels';
import { checkNamespaceName, checkPolicyName } from '../model/names';
import type { PolicyType } from '../model/network-policy';
import { describePlace, type Place, placeOf } from '../model/place';
import { isList, isMap, refuseIf } from '../model/problem';
import { ANNOTATIONS, type SynthesizedObject } from '../model/side-file';
import type { CodePosition } from '../model/source-position';
import { watchApp } from './app-watch';
import type { EgressRule } from './egress-rule';
import type { IngressRule } from './ingress-rule';
import { isKind, mark } from './kind';
import { refuseNulls } from './options';
import { refuseForeign } from './peer';
import { PodSelector, type PodSelectorLike } from './pod-selector';
import type { SuspiciousPolicy } from './policy-findings';
import { mayBeSuspicious, type Suspicion, suspicions } from './rule-findings';
import { unreadableShape } from './shapes';
import { isAnnotated } from './source-annotations';
import { recordsEveryLine, SourceLine } from './source-line';
import type { LinedPolicy } from './write-side-file';

/** What the policies of all kinds are told alike. */
export interface PolicyConstructProps {
  /**
   * The policy's name: 1 to 253 of `a-z`, `0-9`, `-`, `.`, with a letter or digit at both ends.
   * @default the construct's id, unchanged
   */
  readonly name?: string;
  /**
   * The rules. The directions that they are about are those that the policy isolates.
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

export const POLICY_PROPS = ['name', 'rules', 'labels', 'annotations'] as const;

/** An entry of one of the lists of a spec. */
export interface ListedEntry {
  /** `ingress`, `egressDeny` */
  readonly list: string;
  readonly entry: object;
}

/** How policies of a kind are written. */
export interface PolicyKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out for policies of the whole cluster. */
  readonly namespace?: string;
  /** The directions that rules do not isolate. @default none */
  readonly leavesOpen?: readonly PolicyType[];
  /** @throws NetworkPolicyError for a rule that such a policy cannot say */
  entriesOf(rule: IngressRule | EgressRule, at: Place): readonly ListedEntry[];
  /** The entries that the rules need besides their own; they come first. */
  entriesFor(rules: readonly (IngressRule | EgressRule)[]): readonly ListedEntry[];
  /** The fields of the spec that are no lists of entries. */
  fieldsFor(rules: readonly (IngressRule | EgressRule)[]): object;
}

/** A rule, its entries in the manifest, and the user's line if it was added later. */
interface AddedRule {
  readonly rule: IngressRule | EgressRule;
  readonly entries: readonly ListedEntry[];
  readonly line?: SourceLine;
}

/** A policy of any kind that is composed of rules. It is a cdk8s `ApiObject`. */
export abstract class PolicyConstruct extends ApiObject implements SuspiciousPolicy, LinedPolicy {
  static {
    mark(PolicyConstruct.prototype, 'policy');
  }

  /** The pods it applies to. */
  public readonly podSelector: PodSelector;

  private readonly added: AddedRule[];
  /** The object that cdk8s writes; rules are added to it later. */
  private readonly spec: Record<string, unknown>;
  private readonly createdAt: SourceLine | undefined;

  public constructor(
    scope: Construct,
    id: string,
    props: PolicyConstructProps,
    podSelector: PodSelector,
    private readonly policyKind: PolicyKind,
    private readonly className: string,
  ) {
    const at = `${className} ${scope.node.path}/${id}`;
    const { name = id, labels = {}, annotations = {}, rules = [] } = props;
    const chart = Chart.of(scope);
    refuseIf((problems) => {
      checkPolicyName(name, `${at} name${props.name === undefined ? " (the construct's id)" : ''}`, problems);
      if (isMap(labels, `${at} labels`, problems)) {
        checkLabels({ ...chart.labels, ...labels }, `${at} labels`, problems);
        refuseNulls({ ...chart.labels, ...labels }, `${at} labels`, problems);
      }
      checkAnnotations(annotations, `${at} annotations`, problems);
      refuseNulls(annotations, `${at} annotations`, problems);
      isList(rules, `${at} rules`, problems);
    });
    // Rendered before the construct exists, so that an invalid rule leaves none behind.
    const added = rules.map((rule, i) => render(rule, policyKind, placeOf(`${at} rules`, i)));
    const spec = {};
    const { apiVersion, kind, namespace } = policyKind;
    super(scope, id, {
      apiVersion,
      kind,
      metadata: {
        name,
        ...defined({ namespace }),
        ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
        ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
      },
      spec,
    });
    this.podSelector = podSelector;
    this.added = added;
    this.spec = spec;
    // Recording a line costs as much as the construct, so it is only done if the line may be shown.
    if (podSelector.isBlank || rules.some(mayBeSuspicious) || recordsEveryLine()) {
      this.createdAt = SourceLine.above(PolicyConstruct);
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
   * @throws NetworkPolicyError `type-mismatch`, and the codes of rules that the constructor refuses
   */
  public addRule(rule: IngressRule | EgressRule): this {
    const at = placeOf(`${this.className} ${this.node.path} rules`, this.added.length);
    const added = render(rule, this.policyKind, at);
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
    this.writeSpec();
    return super.toJson();
  }

  /** The line that created it, and those of rules added later, by field of the manifest; for the side file. */
  public lines(): Pick<SynthesizedObject, 'code' | 'rules'> {
    const code = this.createdAt?.toPosition();
    const rules: Record<string, CodePosition> = {};
    const counts = new Map<string, number>();
    const count = ({ list }: ListedEntry) => {
      const index = counts.get(list) ?? 0;
      counts.set(list, index + 1);
      return index;
    };
    this.policyKind.entriesFor(this.rules).forEach(count);
    for (const { entries, line } of this.added) {
      for (const each of entries) {
        const field = describePlace(['spec', each.list, count(each)]);
        const position = line?.toPosition();
        if (position !== undefined) {
          rules[field] = position;
        }
      }
    }
    return defined({ code, rules: Object.keys(rules).length === 0 ? undefined : rules });
  }

  /**
   * Its namespace; undefined for a policy of the whole cluster.
   *
   * @internal
   */
  public get home(): string | undefined {
    return this.policyKind.namespace;
  }

  /**
   * Whether it denies its pods what no rule allows in a direction.
   *
   * @internal
   */
  public isolates(type: PolicyType): boolean {
    const { leavesOpen = [] } = this.policyKind;
    return this.added.length === 0
      ? type === 'Ingress'
      : !leavesOpen.includes(type) && this.added.some(({ rule }) => rule.type === type);
  }

  /** What is legal but suspicious about it, each with the line that caused it; for `Findings`. */
  public suspicions(): (Suspicion & { readonly source: string | undefined })[] {
    const hasOwnNamespace = this.policyKind.namespace !== undefined;
    return suspicions(this.podSelector, this.rules)
      .filter(({ code }) => hasOwnNamespace || code !== 'all-namespaces-include-own')
      .map((suspicion) => ({
        ...suspicion,
        source: (this.added[suspicion.rule ?? -1]?.line ?? this.createdAt)?.toString(),
      }));
  }

  private writeSpec(): void {
    const { rules } = this;
    const lists = new Map<string, object[]>();
    const own = this.added.flatMap(({ entries }) => entries);
    for (const { list, entry } of [...this.policyKind.entriesFor(rules), ...own]) {
      append(lists, list, entry);
    }
    // A policy that was written before may have had other fields.
    for (const key of Object.keys(this.spec)) {
      delete this.spec[key];
    }
    Object.assign(this.spec, this.policyKind.fieldsFor(rules), Object.fromEntries(lists));
  }
}

function render(rule: IngressRule | EgressRule, kind: PolicyKind, at: Place): AddedRule {
  if (!isKind(rule, 'rule')) {
    throw unreadableShape('type-mismatch', at, rule, 'an IngressRule or an EgressRule');
  }
  return { rule, entries: kind.entriesOf(rule, at) };
}

/** The pods that a policy applies to. */
export function selectedPods(podSelector: PodSelectorLike | undefined): PodSelector {
  return podSelector === undefined ? PodSelector.all() : PodSelector.of(podSelector);
}

/**
 * The namespace of a policy about these pods.
 *
 * @throws NetworkPolicyError `namespace-missing`, `namespace-invalid`, `selector-in-other-namespace`
 */
export function homeOf(scope: Construct, given: string | undefined, pods: PodSelector, at: string): string {
  const namespace = given ?? pods.namespaces?.soleName ?? Chart.of(scope).namespace ?? 'default';
  refuseIf((problems) => checkNamespaceName(namespace, `${at} namespace`, problems));
  refuseForeign(pods, namespace, `${at} podSelector`, 'leave the namespace out: it is then theirs');
  return namespace;
}
