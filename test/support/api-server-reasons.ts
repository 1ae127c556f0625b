import { describePlace } from '../../lib/model/place';
import type { Problem, ProblemCode } from '../../lib/model/problem';

const REASONS: Partial<Record<ProblemCode, string>> = {
  'name-missing': 'FieldValueRequired',
  'cidr-missing': 'FieldValueRequired',
  'values-missing': 'FieldValueRequired',
  'peer-empty': 'FieldValueRequired',
  'values-not-allowed': 'FieldValueForbidden',
  'peer-mixed': 'FieldValueForbidden',
  'protocol-unknown': 'FieldValueNotSupported',
  'policy-type-unknown': 'FieldValueNotSupported',
  'annotations-too-large': 'FieldValueTooLong',
};

/** `field reason` of each problem in the API server's words, sorted, each once. */
export function fieldsAndReasons(problems: readonly Problem[]): string[] {
  return unique(
    problems.map(({ at, code }) => `${describePlace(at)} ${REASONS[code] ?? 'FieldValueInvalid'}`),
  );
}

/** `field reason` of each cause the API server gave, sorted, each once. */
export function causesOf(causes: readonly { field?: string; reason?: string }[]): string[] {
  return unique(causes.map(({ field, reason }) => `${field} ${reason}`));
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}
