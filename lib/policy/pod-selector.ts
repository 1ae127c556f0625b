import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { constructNamespace } from '../model/names';
import { isKind, mark } from './kind';
import { LabelSelection } from './label-selection';
import { NamespaceSelector } from './namespace-selector';
import { checkedSelector, plainSelector, selectorOfLabels, selectorOfRequirements } from './selector-lines';
import { has, ownSelector, type PlusPodSelector, readPlusLabelSelector } from './shapes';

/**
 * What selects pods: a `PodSelector`, labels such as `{ app: 'web' }`, a plain label selector, or pods and workloads of
 * cdk8s-plus.
 */
export type PodSelectorLike = PodSelector | LabelSelector | Labels | PlusPodSelector;

/** The pods that a policy applies to, or the pods of a peer ("Pod selector" in the portal). */
export class PodSelector extends LabelSelection<PodSelector> {
  static {
    mark(PodSelector.prototype, 'pod-selector');
  }

  /**
   * The pods with all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static labels(labels: Labels): PodSelector {
    return new PodSelector(selectorOfLabels(labels, 'PodSelector.labels'));
  }

  /**
   * The pods whose labels meet all of these requirements. `NotIn` and `DoesNotExist` also match pods
   * without the key.
   *
   * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`,
   *   `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static matching(requirements: readonly LabelSelectorRequirement[]): PodSelector {
    return new PodSelector(selectorOfRequirements(requirements, 'PodSelector.matching'));
  }

  public static all(): PodSelector {
    return new PodSelector({}, { saysAll: true });
  }

  /**
   * The pods of a workload, a pod or a pod selector of any version of cdk8s-plus, or of plain labels or a plain label selector.
   *
   * A workload is selected by its own selector (`matchLabels` and `matchExpressions`), or else by the label that
   * cdk8s-plus adds to its pods, and in its own namespace (`default` if it has none).
   *
   * @throws NetworkPolicyError `selector-unreadable`, and the codes of the values inside
   */
  public static of(selector: PodSelectorLike): PodSelector {
    if (isKind(selector, 'pod-selector')) {
      return selector as PodSelector;
    }
    if (has(selector, 'toPodSelectorConfig')) {
      return PodSelector.ofPlus(selector as PlusPodSelector);
    }
    return new PodSelector(plainSelector(selector, 'PodSelector.of', 'a PodSelector, a workload'));
  }

  private static ofPlus(workload: PlusPodSelector): PodSelector {
    const own = ownSelector(workload);
    const config = workload.toPodSelectorConfig();
    const selector = checkedSelector(
      isBlankSelector(own) ? readPlusLabelSelector(config.labelSelector) : own,
      'PodSelector.of',
    );
    const home = constructNamespace(workload);
    const namespaces =
      home !== undefined
        ? NamespaceSelector.named(home)
        : config.namespaces == null
          ? undefined
          : NamespaceSelector.ofPlus(config.namespaces);
    return new PodSelector(selector, { saysAll: isBlankSelector(selector), namespaces });
  }

  /** The namespaces of its pods, if the workload or cdk8s-plus selector names them. */
  public readonly namespaces: NamespaceSelector | undefined;

  private constructor(
    selector: LabelSelector,
    {
      saysAll = false,
      namespaces,
    }: { readonly saysAll?: boolean; readonly namespaces?: NamespaceSelector | undefined } = {},
  ) {
    super(selector, saysAll);
    this.namespaces = namespaces;
  }

  protected override get className(): string {
    return 'PodSelector';
  }

  protected override narrowed(selector: LabelSelector): PodSelector {
    return new PodSelector(selector, { namespaces: this.namespaces });
  }
}
