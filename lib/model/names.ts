import { inside, placeOf, type Spot } from './place';
import { isString, type Problems, show } from './problem';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A lowercase RFC 1123 label: 1 to 63 of `a-z`, `0-9`, `-`, with a letter or digit at both ends. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

/** A lowercase RFC 1123 subdomain: DNS labels of any length joined by `.`, 1 to 253 characters in all. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text);
}

/** The nearest legal name: `Allow_Web` and `allowWeb` become `allow-web`; `''` when nothing is left. */
export function suggestName(text: string, maxLength = 253): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
}

/**
 * A policy's name as the API server checks it.
 *
 * @see kubernetes pkg/apis/networking/validation, ValidateNetworkPolicyName
 */
export function checkPolicyName(name: unknown, at: Spot, problems: Problems): void {
  if (!isString(name, at, problems)) {
    return;
  }
  if (name === '') {
    problems.push({
      code: 'name-missing',
      at: placeOf(at),
      got: show(name),
      problem: 'a policy needs a name',
      fix: 'give a name such as "allow-web"',
    });
  } else if (!isDnsSubdomain(name)) {
    problems.push({
      code: 'name-invalid',
      at: placeOf(at),
      got: show(name),
      problem:
        'a name has 1 to 253 of a-z, 0-9, "-" and ".", and a letter or digit at both ends (RFC 1123 subdomain)',
      fix: `write ${show(suggestName(name) || 'allow-web')}`,
    });
  }
}

/**
 * A policy's name and the prefix from which the API server makes one when there is none, as it checks them.
 *
 * @see kubernetes apiserver pkg/storage/names, SimpleNameGenerator; apimachinery pkg/api/validation, NameIsDNSSubdomain
 */
export function checkPolicyNames(name: unknown, generateName: unknown, at: Spot, problems: Problems): void {
  if (generateName === '' || !isString(generateName, inside(at, 'generateName'), problems)) {
    checkPolicyName(name, inside(at, 'name'), problems);
    return;
  }
  // The server drops the last two bytes before it judges an ending '-', not only the '-'.
  const prefix = /\p{ASCII}-$/u.test(generateName) ? `${generateName.slice(0, -2)}a` : generateName;
  checkPolicyName(prefix, inside(at, 'generateName'), problems);
  checkPolicyName(name === '' ? `${generateName.slice(0, 58)}00000` : name, inside(at, 'name'), problems);
}

/**
 * A namespace's name as the API server checks it.
 *
 * @see kubernetes apimachinery pkg/api/validation, ValidateNamespaceName
 */
export function checkNamespaceName(name: unknown, at: Spot, problems: Problems): void {
  if (!isString(name, at, problems)) {
    return;
  }
  if (name === '') {
    problems.push({
      code: 'namespace-missing',
      at: placeOf(at),
      got: show(name),
      problem: 'a namespace needs a name',
      fix: 'leave it out for the chart\'s namespace, or name one such as "shop"',
    });
  } else if (!isDnsLabel(name)) {
    problems.push({
      code: 'namespace-invalid',
      at: placeOf(at),
      got: show(name),
      problem:
        'a namespace\'s name has 1 to 63 of a-z, 0-9 and "-", and a letter or digit at both ends (RFC 1123 label)',
      fix: `write ${show(suggestName(name, 63) || 'shop')}`,
    });
  }
}

/** The namespace of a construct such as a pod or a workload; `undefined` for anything but an object of the cluster. */
export function constructNamespace(value: object): string | undefined {
  const { metadata } = value as { metadata?: { namespace?: string } };
  // kubectl and the policies of this package have the same default.
  return metadata === undefined ? undefined : (metadata.namespace ?? 'default');
}
