import { defined } from '../model/defined';
import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { constructNamespace } from '../model/names';
import { isKind, mark } from './kind';
import { LabelSelection } from './label-selection';
import { NamespaceSelector } from './namespace-selector';
import { checkedSelector, labelLines, plainLines, requirementLines } from './selector-lines';
import { has, ownSelector, type PlusPodSelector, readPlusLabelSelector } from './shapes';

/** Wherever pods are selected: our value, a plain label selector, or cdk8s-plus pods and workloads. */
export type PodSelectorSource = PodSelector | LabelSelector | PlusPodSelector;

/** Which pods a policy applies to, or which pods a peer is ("Pod selector" in the portal). */
export class PodSelector extends LabelSelection<PodSelector> {
  static {
    mark(PodSelector.prototype, 'pod-selector');
  }

  /**
   * The pods that carry all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static labels(labels: Labels): PodSelector {
    return new PodSelector(labelLines(labels, 'PodSelector.labels'));
  }

  /**
   * The pods whose labels meet all of these requirements. `NotIn` and `DoesNotExist` also match pods
   * without the key.
   *
   * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`,
   *   `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static matching(requirements: readonly LabelSelectorRequirement[]): PodSelector {
    return new PodSelector(requirementLines(requirements, 'PodSelector.matching'));
  }

  /** Every pod. */
  public static all(): PodSelector {
    return new PodSelector({}, { saysAll: true });
  }

  /**
   * The pods of a workload, a pod or a pod selector of any cdk8s-plus, or of a plain label selector.
   *
   * A workload is selected by its own selector (its `matchLabels` and `matchExpressions`), else by the
   * label that cdk8s-plus puts on its pods, and in its own namespace (`default` if it has none).
   *
   * @throws NetworkPolicyError `selector-unreadable`, and what the values inside can be refused for
   */
  public static of(source: PodSelectorSource): PodSelector {
    if (isKind(source, 'pod-selector')) {
      return source as PodSelector;
    }
    if (has(source, 'toPodSelectorConfig')) {
      return PodSelector.ofPlus(source as PlusPodSelector);
    }
    return new PodSelector(plainLines(source, 'PodSelector.of', 'a PodSelector, a workload'));
  }

  private static ofPlus(source: PlusPodSelector): PodSelector {
    const own = ownSelector(source);
    const config = source.toPodSelectorConfig();
    const selector = checkedSelector(
      isBlankSelector(own) ? readPlusLabelSelector(config.labelSelector) : own,
      'PodSelector.of',
    );
    const home = constructNamespace(source);
    const namespaces =
      home !== undefined
        ? NamespaceSelector.named(home)
        : config.namespaces == null
          ? undefined
          : NamespaceSelector.ofPlus(config.namespaces);
    return new PodSelector(selector, defined({ saysAll: isBlankSelector(selector), namespaces }));
  }

  private constructor(
    selector: LabelSelector,
    private readonly made: { readonly saysAll?: boolean; readonly namespaces?: NamespaceSelector } = {},
  ) {
    super(selector, made.saysAll === true);
  }

  /** The namespaces its pods are in, where the workload or cdk8s-plus selector told. */
  public get namespaces(): NamespaceSelector | undefined {
    return this.made.namespaces;
  }

  protected override get className(): string {
    return 'PodSelector';
  }

  protected override narrowed(selector: LabelSelector): PodSelector {
    const { namespaces } = this.made;
    return new PodSelector(selector, namespaces && { namespaces });
  }
}
