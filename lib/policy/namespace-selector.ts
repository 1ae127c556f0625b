import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { checkNamespaceName } from '../model/names';
import { refuseIf } from '../model/problem';
import { isKind, mark } from './kind';
import { LabelSelection } from './label-selection';
import {
  both,
  checkedSelector,
  labelLines,
  namedNamespaces,
  plainLines,
  requirementLines,
} from './selector-lines';
import { has, type PlusNamespaceSelector, type PlusNamespaces, readPlusLabelSelector } from './shapes';

/** Wherever namespaces are selected: our value, a plain label selector, or cdk8s-plus namespaces. */
export type NamespaceSelectorSource = NamespaceSelector | LabelSelector | PlusNamespaceSelector;

/** Which namespaces a peer is in ("From other namespaces within the cluster" in the portal). */
export class NamespaceSelector extends LabelSelection<NamespaceSelector> {
  static {
    mark(NamespaceSelector.prototype, 'namespace-selector');
  }

  /**
   * The namespaces of these names, through the label `kubernetes.io/metadata.name` that the API server
   * sets on every namespace.
   *
   * @throws NetworkPolicyError `namespace-names-missing`, `namespace-missing`, `namespace-invalid`,
   *   `type-mismatch`
   */
  public static named(...names: string[]): NamespaceSelector {
    checkNames(names, 'NamespaceSelector.named');
    return new NamespaceSelector(both(namedNamespaces(names), {}), { names });
  }

  /**
   * Every namespace but these. Written as the name label's `Exists` and one `NotIn` for each name, the
   * form that every engine enforces: a selector that is only negative also lets addresses outside the
   * cluster in on the azure engine, and a `NotIn` of several values excludes nothing there.
   *
   * @throws NetworkPolicyError `namespace-names-missing`, `namespace-missing`, `namespace-invalid`,
   *   `type-mismatch`
   * @see Azure NPM v1.8.12 as it was seen to enforce such selectors, 2026-11-22; fixes are merged upstream
   *   (Azure/azure-container-networking#4866 and #4868), the AKS release that has them is unknown
   */
  public static except(...names: string[]): NamespaceSelector {
    checkNames(names, 'NamespaceSelector.except');
    const others = names.map((name) => ({ key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: [name] }));
    const matchExpressions = [{ key: NAMESPACE_NAME_LABEL, operator: 'Exists' }, ...others];
    return new NamespaceSelector(both({ matchExpressions }, {}));
  }

  /**
   * The namespaces that carry all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static labels(labels: Labels): NamespaceSelector {
    return new NamespaceSelector(labelLines(labels, 'NamespaceSelector.labels'));
  }

  /**
   * The namespaces whose labels meet all of these requirements.
   *
   * @throws NetworkPolicyError `operator-unknown`, `values-missing`, `values-not-allowed`,
   *   `label-key-invalid`, `label-value-invalid`, `type-mismatch`
   */
  public static matching(requirements: readonly LabelSelectorRequirement[]): NamespaceSelector {
    return new NamespaceSelector(requirementLines(requirements, 'NamespaceSelector.matching'));
  }

  /** Every namespace, the policy's own included. */
  public static all(): NamespaceSelector {
    return new NamespaceSelector({}, { saysAll: true });
  }

  /**
   * Namespaces from a plain label selector, or from `Namespace` or `Namespaces` of any cdk8s-plus.
   *
   * @throws NetworkPolicyError `selector-unreadable`, and what the values inside can be refused for
   */
  public static of(source: NamespaceSelectorSource): NamespaceSelector {
    if (isKind(source, 'namespace-selector')) {
      return source as NamespaceSelector;
    }
    if (has(source, 'toNamespaceSelectorConfig')) {
      return NamespaceSelector.ofPlus((source as PlusNamespaceSelector).toNamespaceSelectorConfig());
    }
    return new NamespaceSelector(plainLines(source, 'NamespaceSelector.of', 'a NamespaceSelector'));
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

  /** The one namespace it names, if it names exactly one. */
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
        problem: 'no namespace is named, which would select none or all',
        fix: 'name at least one namespace, or write NamespaceSelector.all() for every namespace',
      });
    }
    for (const name of names) {
      checkNamespaceName(name, at, problems);
    }
  });
}
