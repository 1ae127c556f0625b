import type { LabelSelector } from '../model/label-selector';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { isDnsLabel } from '../model/names';
import { type Code, call, callOn, list, object } from './code';
import { quoted } from './literals';

export function labelsCode(labels: Labels): Code {
  return object(Object.entries(labels).map(([name, value]) => ({ name, code: quoted(value) })));
}

export function podSelectorCode(selector: LabelSelector): Code {
  return selectorCode('PodSelector', selector);
}

export function namespaceSelectorCode(selector: LabelSelector): Code {
  const names = namesOf(selector);
  if (names !== undefined) {
    return call('NamespaceSelector.named', ...names.map(quoted));
  }
  const excepted = exceptedBy(selector);
  return excepted === undefined
    ? selectorCode('NamespaceSelector', selector)
    : call('NamespaceSelector.except', ...excepted.map(quoted));
}

function selectorCode(className: string, { matchLabels, matchExpressions }: LabelSelector): Code {
  const requirements = matchExpressions?.map(({ key, operator, values }) => ({
    code: object([
      { name: 'key', code: quoted(key) },
      { name: 'operator', code: quoted(operator) },
      ...(values === undefined ? [] : [{ name: 'values', code: textsCode(values) }]),
    ]),
  }));
  if (matchLabels === undefined) {
    return requirements === undefined
      ? call(`${className}.all`)
      : call(`${className}.matching`, list(requirements));
  }
  const labels = call(`${className}.labels`, labelsCode(matchLabels));
  return requirements === undefined ? labels : callOn(labels, 'matching', list(requirements));
}

export function textsCode(texts: readonly string[]): Code {
  return list(texts.map((text) => ({ code: quoted(text) })));
}

/** The names in a selector, if `NamespaceSelector.named` writes exactly this selector. */
function namesOf({ matchLabels, matchExpressions = [] }: LabelSelector): readonly string[] | undefined {
  const [first, ...others] = matchExpressions;
  const keys = Object.keys(matchLabels ?? {});
  const names =
    first === undefined && keys.length === 1
      ? [matchLabels?.[NAMESPACE_NAME_LABEL]]
      : keys.length === 0 && others.length === 0 && first?.operator === 'In' && isName(first)
        ? first.values
        : undefined;
  const isSame = names !== undefined && (names.length > 1 || first === undefined);
  return isSame && names.every(isNamespace) ? (names as string[]) : undefined;
}

/** The names in a selector, if `NamespaceSelector.except` writes exactly this selector. */
function exceptedBy({ matchLabels, matchExpressions = [] }: LabelSelector): readonly string[] | undefined {
  const [exists, ...others] = matchExpressions;
  const isExcept =
    matchLabels === undefined &&
    exists?.operator === 'Exists' &&
    isName(exists) &&
    others.length > 0 &&
    others.every((each) => each.operator === 'NotIn' && isName(each) && each.values?.length === 1);
  const names = isExcept ? others.map(({ values }) => values?.[0]) : [undefined];
  return names.every(isNamespace) ? (names as string[]) : undefined;
}

const isName = ({ key }: { readonly key: string }) => key === NAMESPACE_NAME_LABEL;
const isNamespace = (name: string | undefined) => name !== undefined && isDnsLabel(name);
