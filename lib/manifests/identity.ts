import type { Unreadable } from '../model/cluster';
import { countOne } from '../model/collections';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import type { LabelSelector } from '../model/label-selector';
import { checkNamespaceName, isDnsSubdomain } from '../model/names';
import { isInField, isPath, type Place } from '../model/place';
import { isMap, type Problem, type Problems, show } from '../model/problem';
import type { Origin } from './origin';
import type { Identity } from './pod-template';

/** The namespace and name of an object; each is undefined if it is not known. */
export interface Named {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Set if the API server generates the end of the name, which is shown as `load-?`. */
  readonly isGenerated?: true;
}

/**
 * The namespace and name in an object's metadata.
 *
 * @param defaultNamespace for an object without one; `''` for a kind of the whole cluster
 */
export function objectNameOf(value: Readonly<Record<string, unknown>>, defaultNamespace: string): Named {
  const { name, namespace, generateName } = (value.metadata ?? {}) as Record<string, unknown>;
  const isGiven = typeof name === 'string' && name !== '';
  const isGenerated = !isGiven && typeof generateName === 'string' && generateName !== '';
  const place =
    defaultNamespace === '' || namespace == null || namespace === '' ? defaultNamespace : namespace;
  return {
    namespace: typeof place === 'string' ? place : undefined,
    name: isGiven ? name : isGenerated ? `${generateName}?` : undefined,
    ...(isGenerated ? { isGenerated } : {}),
  };
}

export function objectIdentityOf(
  kind: string,
  { namespace = '', name = '' }: Named,
  { source }: Origin,
): Identity {
  return { kind, namespace, name, source };
}

/** `NetworkPolicy shop/db`, `Namespace shop`. */
export function describeNamed(kind: string, { namespace, name = '(no name)' }: Named): string {
  return `${kind} ${namespace === undefined || namespace === '' ? name : `${namespace}/${name}`}`;
}

/** Checks an object's name and namespace as the API server does, for kinds whose own check does not. */
export function checkNames(
  value: Readonly<Record<string, unknown>>,
  { namespace, name, isGenerated }: Named,
  problems: Problems,
): void {
  if (value.metadata != null && !isMap(value.metadata, ['metadata'], problems)) {
    return;
  }
  const { metadata } = value as { metadata?: Record<string, unknown> };
  const written = metadata?.name ?? metadata?.generateName;
  if (name === undefined || (isGenerated !== true && !isDnsSubdomain(name))) {
    const isScalar = typeof written === 'boolean' || typeof written === 'number';
    problems.push({
      code: name === undefined ? 'name-missing' : 'name-invalid',
      at: ['metadata', 'name'],
      got: show(written),
      ...(isScalar ? ({ value: written, expected: 'string' } as const) : {}),
      problem: isScalar ? 'must be a string' : NAME_RULE,
      fix: 'give a name such as "web"',
    });
  }
  if (namespace === undefined || (namespace !== '' && metadata?.namespace != null)) {
    checkNamespaceName(namespace ?? metadata?.namespace, NAMESPACE, problems);
  }
}

const NAMESPACE: FieldPath = ['metadata', 'namespace'];

const NAME_RULE =
  'an object needs a name of 1 to 253 of a-z, 0-9, "-" and ".", with a letter or digit at both ends';

/** What is certain about an object with problems: the fields that no problem concerns. */
export function certainOf(
  value: Readonly<Record<string, unknown>>,
  about: Pick<Unreadable, 'kind' | 'isWorkload'>,
  { namespace, name }: Named,
  problems: readonly Problem[],
): Pick<Unreadable, 'kind' | 'isWorkload' | 'namespace' | 'name' | 'podSelector'> {
  if (problems.some(({ at }) => isAbout(at, ['kind']))) {
    return {};
  }
  // A misspelt field could have been meant as the namespace.
  const isPlaceCertain = !problems.some(
    ({ at, code }) => isAbout(at, NAMESPACE) || (code === 'field-unknown' && !isInField(at, ['spec'])),
  );
  const isScopeCertain = !problems.some(
    ({ at, code }) =>
      isAbout(at, ['spec', 'podSelector']) ||
      (code === 'field-unknown' && isInField(at, ['spec']) && at.length === 2),
  );
  const { podSelector } = (isMap(value.spec, [], []) ? value.spec : {}) as { podSelector?: LabelSelector };
  return {
    ...about,
    ...(isPlaceCertain && namespace !== undefined ? { namespace } : {}),
    ...defined({ name }),
    ...(about.kind === 'NetworkPolicy' && isPlaceCertain && isScopeCertain && podSelector != null
      ? { podSelector }
      : {}),
  };
}

/** Whether a problem concerns a field: the field itself, one inside it, or one around it. */
function isAbout(at: Place, field: FieldPath): boolean {
  return !isPath(at) || isInField(at, field) || isInField(field, at);
}

/** Makes generated names distinct, of which only the prefix is known. */
export class GeneratedNames {
  private readonly counts = new Map<string, number>();

  /** The second object of a prefix, kind and namespace is called `load-?2`. */
  public distinct(kind: string, named: Named): Named {
    if (named.isGenerated !== true) {
      return named;
    }
    const key = JSON.stringify([kind, named.namespace, named.name]);
    countOne(this.counts, key);
    const count = this.counts.get(key) as number;
    return count === 1 ? named : { ...named, name: `${named.name}${count}` };
  }
}
