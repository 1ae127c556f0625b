import { checkLabelKey, checkLabels, checkLabelValue, type Labels } from './labels';
import { inside, placeOf, type Spot } from './place';
import { checkEach, checkFields, isMap, type Problems, show } from './problem';

/** `NotIn` and `DoesNotExist` also match if the label is missing. */
export type SelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** One entry of `matchExpressions`, as Kubernetes writes it. */
export interface LabelSelectorRequirement {
  readonly key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`; a plain string, so that objects from elsewhere fit. */
  readonly operator: SelectorOperator | (string & {});
  /** At least one for `In` and `NotIn`, none for `Exists` and `DoesNotExist`. */
  readonly values?: readonly string[];
}

/** A label selector as Kubernetes writes it. All entries must match; `{}` matches everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** A selector whose operators are all valid. */
export interface KnownSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly KnownRequirement[];
}

export interface KnownRequirement extends LabelSelectorRequirement {
  readonly operator: SelectorOperator;
}

/** Whether a selector has no requirements, so that it matches everything. */
export function isBlankSelector(selector: LabelSelector): boolean {
  return (
    Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0
  );
}

/**
 * A label selector as the API server checks it.
 *
 * @see kubernetes apimachinery pkg/apis/meta/v1/validation, ValidateLabelSelector
 */
export function checkLabelSelector(selector: unknown, at: Spot, problems: Problems): void {
  if (!isMap(selector, at, problems)) {
    return;
  }
  checkFields(selector, ['matchLabels', 'matchExpressions'], at, problems);
  const { matchLabels, matchExpressions } = selector;
  if (matchLabels != null) {
    checkLabels(matchLabels, inside(at, 'matchLabels'), problems);
  }
  checkEach(matchExpressions, inside(at, 'matchExpressions'), problems, checkRequirement);
}

function checkRequirement(requirement: unknown, at: Spot, problems: Problems): void {
  if (!isMap(requirement ?? {}, at, problems)) {
    return;
  }
  const { key, operator, values } = (requirement ?? {}) as Record<string, unknown>;
  checkFields(requirement ?? {}, ['key', 'operator', 'values'], at, problems);
  const count = Array.isArray(values) ? values.length : 0;
  if (operator === 'In' || operator === 'NotIn') {
    if (count === 0) {
      problems.push({
        code: 'values-missing',
        at: placeOf(at, 'values'),
        got: show(values),
        problem: `${operator} needs at least one value`,
        fix: 'list the values, or use Exists or DoesNotExist',
      });
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count > 0) {
      problems.push({
        code: 'values-not-allowed',
        at: placeOf(at, 'values'),
        got: show(values),
        problem: `${operator} takes no values`,
        fix: `leave values out, or use ${operator === 'Exists' ? 'In' : 'NotIn'}`,
      });
    }
  } else {
    problems.push({
      code: 'operator-unknown',
      at: placeOf(at, 'operator'),
      got: show(operator),
      problem: 'there is no such operator',
      fix: 'write In, NotIn, Exists or DoesNotExist',
    });
  }
  checkLabelKey(key ?? '', inside(at, 'key'), problems);
  checkEach(values, inside(at, 'values'), problems, (value, here) =>
    checkLabelValue(value ?? '', here, problems),
  );
}
