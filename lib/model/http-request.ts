import type { Labels } from './labels';
import { inside, placeOf, type Spot } from './place';
import { checkFields, isMap, isString, type Problems, show } from './problem';
import { isRequestPattern } from './request-pattern';

/** Requests that a rule allows; all that is given must match. `{}` is every request of HTTP. */
export interface HttpRequest {
  /**
   * The method, as a regular expression that matches the whole of it: `GET`, `GET|HEAD`.
   * @default every method
   */
  readonly method?: string;
  /**
   * The path with the query, as a regular expression that matches the whole of it: `/orders` is neither `/orders/1` nor
   * `/orders?page=2`, and `/orders.*` is all of these.
   * @default every path
   */
  readonly path?: string;
  /**
   * The host that the request names, of letters, digits, `-` and `.`; a port in the request belongs to it, so a host does not
   * match where the client sends one.
   * @default every host
   */
  readonly host?: string;
  /**
   * Headers that the request must have: the exact value by the name; `''` for any value.
   * @default none
   */
  readonly headers?: Labels;
}

/** A request as Cilium's own policies write it. */
export interface HttpEntry {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: readonly string[];
}

export function httpEntry({ method, path, host, headers = {} }: HttpRequest): HttpEntry {
  // Cilium takes a header without a blank for its name alone.
  const written = Object.entries(headers).map(([name, value]) => (value === '' ? name : `${name}: ${value}`));
  return {
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(host === undefined ? {} : { host }),
    ...(written.length === 0 ? {} : { headers: written }),
  };
}

/**
 * Checks a request as the definition of Cilium's kinds and its agent do.
 *
 * @see cilium v1.19.5, pkg/policy/api/rule_validation.go and pkg/envoy/policy/envoy_l7_rules_translator.go
 */
export function checkHttpRequest(request: unknown, at: Spot, problems: Problems): void {
  if (!isMap(request, at, problems)) {
    return;
  }
  checkFields(request, ['method', 'path', 'host', 'headers'], at, problems);
  const { method, path, host, headers } = request;
  for (const [key, pattern] of Object.entries({ method, path })) {
    if (pattern !== undefined && isString(pattern, inside(at, key), problems) && !isRequestPattern(pattern)) {
      problems.push({
        code: 'http-invalid',
        at: placeOf(at, key),
        got: show(pattern),
        problem: 'is not a regular expression that Cilium and Envoy read alike',
        fix: 'write one such as "/orders/[0-9]+" or "GET|HEAD", without look-around or references to groups; leave it out for all',
      });
    }
  }
  if (host !== undefined && isString(host, inside(at, 'host'), problems) && !/^[-A-Za-z0-9.]+$/.test(host)) {
    problems.push({
      code: 'http-invalid',
      at: placeOf(at, 'host'),
      got: show(host),
      problem: 'a host has letters, digits, "-" and "."',
      fix: 'write one such as "shop.example.com", without a port',
    });
  }
  if (headers !== undefined && isMap(headers, inside(at, 'headers'), problems)) {
    checkHeaders(headers, inside(at, 'headers'), problems);
  }
}

function checkHeaders(headers: Readonly<Record<string, unknown>>, at: Spot, problems: Problems): void {
  for (const [name, value] of Object.entries(headers)) {
    const isText = isString(value, inside(at, name), problems);
    // A value with a blank at an end could not be told from one without.
    if (isText && !(/^[-\w!#$%&'*+.^`|~]+$/.test(name) && /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value))) {
      problems.push({
        code: 'http-invalid',
        at: placeOf(at),
        got: `${name}: ${show(value)}`,
        problem: 'is not the name of a header with a value of visible characters',
        fix: "write one such as { 'X-Tenant': 'shop' }",
      });
    }
  }
}
