import type { Unreadable } from '../model/cluster';
import type { LabelSelector } from '../model/label-selector';
import { checkNamespaceName, isDnsSubdomain } from '../model/names';
import { isMap, type Problem, type Problems, show } from '../model/problem';

/** An object's namespace and name, each left out when it cannot be told. */
export interface Named {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/**
 * The namespace and name in an object's metadata.
 *
 * @param defaultNamespace for an object without one; `''` for a kind that stands in none
 */
export function nameOf(value: Readonly<Record<string, unknown>>, defaultNamespace: string): Named {
  const { name, namespace, generateName } = (value.metadata ?? {}) as Record<string, unknown>;
  const prefix = typeof generateName === 'string' && generateName !== '' ? `${generateName}?` : undefined;
  const given = typeof name === 'string' && name !== '' ? name : prefix;
  const place =
    defaultNamespace === '' || namespace == null || namespace === '' ? defaultNamespace : namespace;
  return { namespace: typeof place === 'string' ? place : undefined, name: given };
}

/** An object's name and namespace as the API server checks them, for kinds whose check does not do so. */
export function checkNames(
  value: Readonly<Record<string, unknown>>,
  { namespace, name }: Named,
  problems: Problems,
): void {
  if (value.metadata != null && !isMap(value.metadata, 'metadata', problems)) {
    return;
  }
  const { metadata } = value as { metadata?: Record<string, unknown> };
  const written = metadata?.name ?? metadata?.generateName;
  if (name === undefined || (!name.endsWith('?') && !isDnsSubdomain(name))) {
    problems.push({
      code: name === undefined ? 'name-missing' : 'name-invalid',
      at: 'metadata.name',
      got: show(written),
      problem: typeof written === 'boolean' || typeof written === 'number' ? 'must be a string' : NAME_RULE,
      fix: 'give a name such as "web"',
    });
  }
  if (namespace === undefined || (namespace !== '' && metadata?.namespace != null)) {
    checkNamespaceName(namespace ?? metadata?.namespace, 'metadata.namespace', problems);
  }
}

const NAME_RULE =
  'an object needs a name of 1 to 253 of a-z, 0-9, "-" and ".", with a letter or digit at both ends';

/** What is certain of an object that has problems: what none of them speaks of. */
export function certainOf(
  value: Readonly<Record<string, unknown>>,
  named: Named,
  problems: readonly Problem[],
): Pick<Unreadable, 'kind' | 'namespace' | 'name' | 'podSelector'> {
  if (problems.some(({ at }) => isAbout(at, 'kind'))) {
    return {};
  }
  const kind = value.kind as string;
  const { namespace, name } = named;
  // A misspelt field could be any of its neighbours, the namespace among them.
  const isPlaceCertain = !problems.some(
    ({ at, code }) =>
      isAbout(at, 'metadata.namespace') || (code === 'field-unknown' && !at.startsWith('spec.')),
  );
  const isScopeCertain = !problems.some(
    ({ at, code }) => isAbout(at, 'spec.podSelector') || (code === 'field-unknown' && isField(at, 'spec')),
  );
  const { podSelector } = (isMap(value.spec, '', []) ? value.spec : {}) as { podSelector?: LabelSelector };
  return {
    kind,
    ...(isPlaceCertain && namespace !== undefined ? { namespace } : {}),
    ...(name === undefined ? {} : { name }),
    ...(kind === 'NetworkPolicy' && isPlaceCertain && isScopeCertain && podSelector != null
      ? { podSelector }
      : {}),
  };
}

/** Whether a problem at one path concerns the field at another: it, something in it, or something around it. */
function isAbout(at: string, field: string): boolean {
  return (
    at === '' ||
    !/^[a-z]/i.test(at) ||
    at.startsWith('the ') ||
    at === field ||
    at.startsWith(`${field}.`) ||
    at.startsWith(`${field}[`) ||
    field.startsWith(`${at}.`)
  );
}

const isField = (at: string, parent: string) =>
  at.startsWith(`${parent}.`) && !/[.[]/.test(at.slice(parent.length + 1));
