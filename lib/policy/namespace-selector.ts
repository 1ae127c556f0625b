import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { checkNamespaceName } from '../model/names';
import { refuseIf } from '../model/problem';
import { isKind, mark } from './kind';
import { LabelSelection } from './label-selection';
import {
  both,
  checkedSelector,
  namedNamespaces,
  plainSelector,
  selectorOfLabels,
  selectorOfRequirements,
} from './selector-lines';
import { has, type PlusNamespaceSelector, type PlusNamespaces, readPlusLabelSelector } from './shapes';

/**
 * What selects namespaces: a `NamespaceSelector`, labels such as `{ team: 'shop' }`, a plain label selector, or namespaces of
 * cdk8s-plus.
 */
export type NamespaceSelectorLike = NamespaceSelector | LabelSelector | Labels | PlusNamespaceSelector;

/** The namespaces of a peer ("From other namespaces within the cluster" in the portal). */
export class NamespaceSelector extends LabelSelection<NamespaceSelector> {
  static {
    mark(NamespaceSelector.prototype, 'namespace-selector');
  }

  /**
   * The namespaces with these names, by the label `kubernetes.io/metadata.name` that the API server sets on every
   * namespace.
   *
   * @throws NetworkPolicyError `namespace-names-missing`, `namespace-missing`, `namespace-invalid`,
   *   `type-mismatch`
   */
  public static named(...names: string[]): NamespaceSelector {
    checkNames(names, 'NamespaceSelector.named');
    return new NamespaceSelector(both(namedNamespaces(names), {}), { names });
  }

  /**
   * Every namespace except these. It is written as `Exists` and one `NotIn` per name on the name label, which every engine
   * enforces: on the engine azure, a selector with only negative requirements also allows addresses outside the cluster,
   * and a `NotIn` with several values excludes nothing.
   *
   * @throws NetworkPolicyError `namespace-names-missing`, `namespace-missing`, `namespace-invalid`,
   *   `type-mismatch`
   * @see tried with Azure NPM v1.8.12, 2026-11-22; fixes are merged upstream (Azure/azure-container-networking#4866 and
   *   #4868), but it is not known which AKS release contains them
   */
  public static except(...names: string[]): NamespaceSelector {
    checkNames(names, 'NamespaceSelector.except');
    const others = names.map((name) => ({ key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: [name] }));
    const matchExpressions = [{ key: NAMESPACE_NAME_LABEL, operator: 'Exists' }, ...others];
    return new NamespaceSelector(both({ matchExpressions }, {}));
  }

  /**
   * The namespaces with all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static labels(labels: Labels): NamespaceSelector {
    return new NamespaceSelector(selectorOfLabels(labels, 'NamespaceSelector.labels'));
  }

  /**
   * The namespaces whose labels meet all of these requirements.
   *
   * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`,
   *   `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static matching(requirements: readonly LabelSelectorRequirement[]): NamespaceSelector {
    return new NamespaceSelector(selectorOfRequirements(requirements, 'NamespaceSelector.matching'));
  }

  /** Every namespace, including the policy's own. */
  public static all(): NamespaceSelector {
    return new NamespaceSelector({}, { saysAll: true });
  }

  /**
   * Namespaces from a plain label selector, or from `Namespace` or `Namespaces` of any version of cdk8s-plus.
   *
   * @throws NetworkPolicyError `selector-unreadable`, and the codes of the values inside
   */
  public static of(selector: NamespaceSelectorLike): NamespaceSelector {
    if (isKind(selector, 'namespace-selector')) {
      return selector as NamespaceSelector;
    }
    if (has(selector, 'toNamespaceSelectorConfig')) {
      return NamespaceSelector.ofPlus((selector as PlusNamespaceSelector).toNamespaceSelectorConfig());
    }
    return new NamespaceSelector(plainSelector(selector, 'NamespaceSelector.of', 'a NamespaceSelector'));
  }

  /** @internal */
  public static ofPlus({ names, labelSelector }: PlusNamespaces): NamespaceSelector {
    const labels = checkedSelector(
      labelSelector === undefined ? {} : readPlusLabelSelector(labelSelector),
      'NamespaceSelector.of',
    );
    if (names === undefined) {
      return new NamespaceSelector(labels, { saysAll: isBlankSelector(labels) });
    }
    checkNames(names, 'NamespaceSelector.of');
    return new NamespaceSelector(
      both(namedNamespaces(names), labels),
      isBlankSelector(labels) ? { names } : {},
    );
  }

  /** The name of the namespace, if it names exactly one. */
  public readonly soleName: string | undefined;

  private constructor(
    selector: LabelSelector,
    { names = [], saysAll = false }: { readonly names?: readonly string[]; readonly saysAll?: boolean } = {},
  ) {
    super(selector, saysAll);
    this.soleName = names.length === 1 ? names[0] : undefined;
  }

  protected override get className(): string {
    return 'NamespaceSelector';
  }

  protected override narrowed(selector: LabelSelector): NamespaceSelector {
    return new NamespaceSelector(selector);
  }
}

function checkNames(names: readonly string[], at: string): void {
  refuseIf((problems) => {
    if (names.length === 0) {
      problems.push({
        code: 'namespace-names-missing',
        at,
        got: 'no name',
        problem: 'without a name the selector could mean none or all namespaces',
        fix: 'name at least one namespace, or write NamespaceSelector.all() for every namespace',
      });
    }
    for (const name of names) {
      checkNamespaceName(name, at, problems);
    }
  });
}
