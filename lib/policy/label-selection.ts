import { isBlankSelector, type LabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { frozen } from './frozen';
import { both, labelLines, requirementLines } from './selector-lines';

/** What pod and namespace selectors have in common: a label selector, and whether "all" was said aloud. */
export abstract class LabelSelection<Self> {
  protected constructor(
    private readonly selector: LabelSelector,
    private readonly saysAll: boolean,
  ) {
    frozen(selector);
  }

  /**
   * The same, as far as they also carry all of these labels.
   *
   * @throws NetworkPolicyError `label-key-invalid`, `label-value-invalid`
   */
  public labels(labels: Labels): Self {
    return this.narrowed(both(this.selector, labelLines(labels, `${this.className}.labels`)));
  }

  /**
   * The same, as far as their labels also meet all of these requirements.
   *
   * @throws NetworkPolicyError as the static `matching`
   */
  public matching(requirements: readonly LabelSelectorRequirement[]): Self {
    return this.narrowed(both(this.selector, requirementLines(requirements, `${this.className}.matching`)));
  }

  /** The label selector that a manifest has for it. */
  public toLabelSelector(): LabelSelector {
    return this.selector;
  }

  /** Whether it selects everything, in whatever way that was said. */
  public get isAll(): boolean {
    return isBlankSelector(this.selector);
  }

  /** Whether it selects everything without anybody having said so: `{}` or no labels. */
  public get isBlank(): boolean {
    return this.isAll && !this.saysAll;
  }

  /** For errors. */
  protected abstract get className(): string;

  /** With this selector, which matches less. */
  protected abstract narrowed(selector: LabelSelector): Self;
}
