import { defined } from './defined';
import { isDnsSubdomain } from './names';
import { placeOf, type Spot } from './place';
import { isMap, isString, type Problems, show } from './problem';

/** Labels or annotations: values by key. */
export type Labels = Readonly<Record<string, string>>;

/** The label that the API server sets on every namespace, with the namespace's name as value. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const ANNOTATIONS_MAX_BYTES = 256 * 1024;

const isLabelName = (text: string) => text.length <= 63 && LABEL_NAME.test(text);

/** A label key: an optional DNS subdomain and `/`, then 1 to 63 of letters, digits, `-`, `_`, `.`. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  return slash < 0
    ? isLabelName(text)
    : isDnsSubdomain(text.slice(0, slash)) && isLabelName(text.slice(slash + 1));
}

/** A label value: empty, or 1 to 63 of letters, digits, `-`, `_`, `.` with a letter or digit at both ends. */
export function isLabelValue(text: string): boolean {
  return text === '' || isLabelName(text);
}

/** @param isHere whether `at` is the key itself, and not the map that contains it */
export function checkLabelKey(key: unknown, at: Spot, problems: Problems, isHere = true): void {
  if (isString(key, at, problems) && !isLabelKey(key)) {
    problems.push({
      code: 'label-key-invalid',
      at: placeOf(at),
      ...(isHere ? {} : { key }),
      got: show(key),
      problem:
        'a label key has 1 to 63 letters, digits, "-", "_", "." and a letter or digit at both ends, after an optional DNS name and "/"',
      fix: 'write a key such as "app" or "app.kubernetes.io/name"',
    });
  }
}

/** @param key the label's key, if `at` is the map that contains the label */
export function checkLabelValue(value: unknown, at: Spot, problems: Problems, key?: string): void {
  if (isString(value, at, problems, key) && !isLabelValue(value)) {
    problems.push({
      code: 'label-value-invalid',
      at: placeOf(at),
      ...defined({ key }),
      got: key === undefined ? show(value) : `${key}: ${show(value)}`,
      problem:
        'a label value is empty or has 1 to 63 letters, digits, "-", "_", "." and a letter or digit at both ends',
      fix: 'write a value such as "store-front"',
    });
  }
}

/**
 * Labels as the API server checks them.
 *
 * @see kubernetes apimachinery pkg/apis/meta/v1/validation, ValidateLabels
 */
export function checkLabels(labels: unknown, at: Spot, problems: Problems): void {
  if (!isMap(labels, at, problems)) {
    return;
  }
  for (const key of Object.keys(labels)) {
    checkLabelKey(key, at, problems, false);
    // JSON's null is Go's zero value: the server reads it as "".
    if (labels[key] !== null) {
      checkLabelValue(labels[key], at, problems, key);
    }
  }
}

/**
 * Annotations as the API server checks them: keys like those of labels, but in upper or lower case; 256 KiB in all.
 *
 * @see kubernetes apimachinery pkg/api/validation, ValidateAnnotations
 */
export function checkAnnotations(annotations: unknown, at: Spot, problems: Problems): void {
  if (!isMap(annotations, at, problems)) {
    return;
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    // In lower case, U+0130 is 'i' in Go, but 'i' and a combining dot in JavaScript.
    if (!isLabelKey(key.replaceAll('\u0130', 'i').toLowerCase())) {
      problems.push({
        code: 'annotation-key-invalid',
        at: placeOf(at),
        key,
        got: show(key),
        problem: 'an annotation key is written as a label key',
        fix: 'write a key such as "example.com/owner"',
      });
    }
    if (value === null || isString(value, at, problems, key)) {
      bytes += utf8Length(key) + utf8Length(value ?? '');
    }
  }
  if (bytes > ANNOTATIONS_MAX_BYTES) {
    problems.push({
      code: 'annotations-too-large',
      at: placeOf(at),
      got: `${bytes} bytes`,
      problem: `annotations have at most ${ANNOTATIONS_MAX_BYTES} bytes in all, keys and values`,
      fix: 'shorten them',
    });
  }
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
