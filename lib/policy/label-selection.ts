import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { frozen } from './frozen';
import { both, selectorOfLabels, selectorOfRequirements } from './selector-lines';

/** What pod and namespace selectors have in common: a label selector, and whether it was explicitly written as "all". */
export abstract class LabelSelection<Self> {
  protected constructor(
    private readonly selector: LabelSelector,
    private readonly saysAll: boolean,
  ) {
    frozen(selector);
  }

  /**
   * Those that also have all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`
   */
  public labels(labels: Labels): Self {
    return this.narrowed(both(this.selector, selectorOfLabels(labels, `${this.className}.labels`)));
  }

  /**
   * Those whose labels also meet all of these requirements.
   *
   * @throws NetworkPolicyError as the static `matching`
   */
  public matching(requirements: readonly LabelSelectorRequirement[]): Self {
    return this.narrowed(
      both(this.selector, selectorOfRequirements(requirements, `${this.className}.matching`)),
    );
  }

  /** Its label selector, as in a manifest. */
  public toLabelSelector(): LabelSelector {
    return this.selector;
  }

  /** Whether it selects everything. */
  public get isAll(): boolean {
    return isBlankSelector(this.selector);
  }

  /** Whether it selects everything without saying so: by `{}` or no labels. */
  public get isBlank(): boolean {
    return this.isAll && !this.saysAll;
  }

  protected abstract get className(): string;

  protected abstract narrowed(selector: LabelSelector): Self;
}
