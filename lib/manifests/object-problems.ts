import type { FieldPath } from '../model/field-path';
import { isPath } from '../model/place';
import { type Problem, show } from '../model/problem';
import { describeSource, type SourcePosition } from '../model/source-position';

/* Problems of a manifest as a whole. */

export function notAnObject(value: unknown): Problem {
  return {
    code: 'type-mismatch',
    at: 'the document',
    got: show(value),
    problem: 'a manifest is an object with apiVersion, kind and metadata',
    fix: 'write one manifest in a document, or a List',
  };
}

export function kindMissing(kind: unknown): Problem {
  return {
    code: 'kind-missing',
    at: ['kind'],
    got: show(kind),
    problem: 'a manifest needs a kind',
    fix: 'add kind, such as NetworkPolicy; only give files with manifests',
  };
}

export function kindMisspelt(kind: string, meant: string): Problem {
  return {
    code: 'kind-misspelt',
    at: ['kind'],
    got: show(kind),
    problem: 'Kubernetes has no such kind',
    fix: `write ${meant}`,
  };
}

export function versionUnknown(kind: string, apiVersion: unknown, known: string): Problem {
  return {
    code: 'version-unknown',
    at: ['apiVersion'],
    got: show(apiVersion),
    problem: `a ${kind} is only read in version ${known}`,
    fix: `write apiVersion: ${known}`,
  };
}

export function listUnreadable(items: unknown): Problem {
  return {
    code: 'type-mismatch',
    at: ['items'],
    got: show(items),
    problem: 'a List needs its objects here, and no deeply nested Lists',
    fix: 'list the objects',
  };
}

export function conflict(object: string, first: SourcePosition): Problem {
  const where = describeSource(first);
  return {
    code: 'object-conflict',
    at: 'the object',
    got: `${object} a second time, with different content`,
    problem: `it was given before${where === '' ? '' : ` (${where})`}, and it is not known which one counts`,
    fix: 'give only one of them',
  };
}

/** The entry of a List that has a problem, and the field in it. */
export function inEntry({ at }: Problem): { readonly entry: number; readonly at: FieldPath } | undefined {
  const [items, entry, ...rest] = isPath(at) ? at : [];
  return items === 'items' && typeof entry === 'number' && rest.length > 0 ? { entry, at: rest } : undefined;
}

/** Whether a problem cannot matter for traffic. */
export function isHarmless({ code }: Problem): boolean {
  return code === 'status-superfluous';
}
