import type { LabelSelectorRequirement } from './label-selector';
import { isLabelKey, isLabelValue } from './labels';
import { NetworkPolicyError, show } from './problem';

/** `key`, `!key`, `key=value`, `key==value`, `key!=value`, `key in (a, b)`, `key notin (a, b)`. */
const TERM =
  /^(?:(?<absent>!)?\s*(?<named>[^\s=!()]+)|(?<key>[^\s=!()]+)\s*(?:(?<equals>==?|!=)\s*(?<value>[^\s=!()]*)|(?:\s(?<set>in|notin))\s*\((?<values>[^()]*)\)))$/;

/**
 * Reads a selector as kubectl's `--selector` takes it: `app=web, tier in (a, b), !old`.
 *
 * @throws NetworkPolicyError `selector-unreadable`
 * @see kubernetes apimachinery pkg/labels/selector.go, Parse
 */
export function readSelector(text: string, at: string): readonly LabelSelectorRequirement[] {
  const terms = text.trim() === '' ? [] : termsOf(text);
  return terms.map((term) => {
    const requirement = requirementOf(term.trim());
    const values = requirement?.values ?? [];
    if (requirement === undefined || !isLabelKey(requirement.key) || !values.every(isLabelValue)) {
      throw new NetworkPolicyError({
        code: 'selector-unreadable',
        at,
        got: show(text),
        problem: `${show(term.trim())} is not a label requirement`,
        fix: 'write app=web, app!=web, app, !app, "app in (web, db)" or "app notin (web, db)", with commas between',
      });
    }
    return requirement;
  });
}

/** Splits at commas, except between the values in parentheses. */
function termsOf(text: string): string[] {
  const terms: string[] = [];
  let [end, isInside] = [text.length, false];
  for (let i = text.length - 1; i >= 0; i--) {
    const character = text[i];
    if (character === '(' || character === ')') {
      isInside = character === ')';
    } else if (character === ',' && !isInside) {
      terms.push(text.slice(i + 1, end));
      end = i;
    }
  }
  return [...terms, text.slice(0, end)].reverse();
}

function requirementOf(term: string): LabelSelectorRequirement | undefined {
  const { absent, named, key, equals, value, set, values } = TERM.exec(term)?.groups ?? {};
  if (named !== undefined) {
    return { key: named, operator: absent === undefined ? 'Exists' : 'DoesNotExist' };
  }
  if (key === undefined) {
    return undefined;
  }
  return equals === undefined
    ? {
        key,
        operator: set === 'in' ? 'In' : 'NotIn',
        values: (values ?? '').split(',').map((each) => each.trim()),
      }
    : { key, operator: equals === '!=' ? 'NotIn' : 'In', values: [value ?? ''] };
}
