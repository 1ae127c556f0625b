import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import { both } from './selector-lines';

/** What pod and namespace selectors have in common: a label selector, and whether "all" was said aloud. */
export abstract class LabelSelection {
  protected constructor(
    protected readonly selector: LabelSelector,
    private readonly saysAll: boolean,
  ) {}

  /** The label selector that a manifest has for it; a copy, so that the value stays what it is. */
  public toLabelSelector(): LabelSelector {
    return both(this.selector, {});
  }

  /** Whether it selects everything, in whatever way that was said. */
  public get isAll(): boolean {
    return isBlankSelector(this.selector);
  }

  /** Whether it selects everything without anybody having said so: `{}` or no labels. */
  public get isBlank(): boolean {
    return this.isAll && !this.saysAll;
  }
}
