import { editDistance } from '../model/edit-distance';
import type { LabelSelector } from '../model/label-selector';
import type { Labels } from '../model/labels';
import { meets, requirementsOf } from '../model/selector-match';
import { withRequirement } from './mended-selector';
import { carriedBy } from './words';

/** Something with labels that a selector may have meant. */
interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

/** How many letters may differ in a misspelling; in a short word only one, because any two short words are near. */
const FEW_LETTERS = 2;
const fewLettersOf = (word: string) => (word.length < 6 ? 1 : FEW_LETTERS);

/** A label that a selector may have meant. */
export interface LabelSuggestion {
  /** `did you mean app=orders (web and api carry it)?` */
  readonly words: string;
  /** The selector with that label; left out where nobody fits it, or where one of several values may be right. */
  readonly selector?: LabelSelector;
}

/**
 * The label that is nearest to the one requirement of a selector which nothing meets. Undefined when none is near, or
 * when more than one requirement fails everywhere.
 */
export function suggestLabel(
  selector: LabelSelector,
  candidates: readonly Labelled[],
): LabelSuggestion | undefined {
  const requirements = requirementsOf(selector);
  const unmet = requirements.filter(
    (requirement) => !candidates.some(({ labels }) => meets(requirement, labels[requirement.key])),
  );
  const [requirement] = unmet;
  if (unmet.length !== 1 || requirement === undefined || requirement.operator === 'DoesNotExist') {
    return undefined;
  }
  const wanted = requirement.values ?? [];
  let best: { readonly key: string; readonly value: string; readonly distance: number } | undefined;
  for (const { labels } of candidates) {
    for (const [key, value] of Object.entries(labels)) {
      const distance = nearness(requirement.key, wanted, key, value);
      if (distance !== undefined && distance < (best?.distance ?? Infinity)) {
        best = { key, value, distance };
      }
    }
  }
  if (best === undefined) {
    return undefined;
  }
  const { key, value } = best;
  const carrying = candidates.filter(({ labels }) => labels[key] === value).map(({ name }) => name);
  const isOne = requirement.operator === 'In' && wanted.length === 1;
  const mended = withRequirement(selector, requirements.indexOf(requirement), { key, values: [value] });
  const fits = ({ labels }: Labelled) =>
    requirementsOf(mended).every((each) => meets(each, labels[each.key]));
  return {
    words: `did you mean ${carriedBy(key, value, carrying)}?`,
    ...(isOne && candidates.some(fits) ? { selector: mended } : {}),
  };
}

/** How far a label is from what was wanted; undefined when it is something else. */
function nearness(
  wantedKey: string,
  wanted: readonly string[],
  key: string,
  value: string,
): number | undefined {
  if (key === wantedKey) {
    const near = wanted.filter((each) => editDistance(each, value) <= fewLettersOf(each));
    return near.length === 0 ? undefined : Math.min(...near.map((each) => editDistance(each, value)));
  }
  const isSameWord = (key.split('/').at(-1) ?? '').includes(wantedKey.split('/').at(-1) ?? '\0');
  return wanted.includes(value) ? (isSameWord ? 1 : FEW_LETTERS) : undefined;
}
