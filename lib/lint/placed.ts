import { compare } from '../model/collections';
import type { FieldPath } from '../model/field-path';
import type { FieldPlaces, LintFinding } from '../model/finding';

/**
 * Findings at the lines of their fields. Those of one text are placed one after the other, because a text is read once
 * more for them.
 *
 * @param fields the way to the field of each finding; empty where its object as a whole is meant
 */
export function placed<F extends LintFinding>(
  findings: readonly F[],
  fields: ReadonlyMap<LintFinding, FieldPath>,
  places: FieldPlaces | undefined,
): readonly F[] {
  if (places === undefined) {
    return findings;
  }
  const found = new Map<F, F>();
  for (const finding of [...findings].sort(byText)) {
    const { object, source } = finding;
    const field = fields.get(finding);
    if (source !== undefined && field !== undefined) {
      found.set(finding, { ...finding, source: places.placeOf(object, source, field) });
    }
  }
  return findings.map((finding) => found.get(finding) ?? finding);
}

function byText({ source: a = {} }: LintFinding, { source: b = {} }: LintFinding): number {
  return compare(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0);
}
