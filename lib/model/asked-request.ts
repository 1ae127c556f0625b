import { defined } from './defined';
import type { FilteredRequest } from './policy-rules';
import { NetworkPolicyError, show } from './problem';
import { fitsWhole } from './regular-expression';
import type { Tristate } from './tristate';
import { listWords } from './word-list';

/** A request that a question asks for. */
export interface AskedRequest {
  /** `GET` */
  readonly method: string;
  /** `/orders`, with what follows a `?` */
  readonly path: string;
  /** What the header `Host` says. Left out: not told. */
  readonly host?: string;
  /** All other headers, such as `X-Token: 42`. Left out: not told. */
  readonly headers?: readonly string[];
}

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER = /^[^\s:]+:[^\r\n]*$/;
const PATH = /^\/[!-~]*$/;

/**
 * A request as a command line has it: `GET /orders`.
 *
 * @throws NetworkPolicyError `request-unreadable`
 */
export function readRequest(text: string): AskedRequest {
  const [method = '', path = '', ...rest] = text.trim().split(/\s+/);
  if (rest.length > 0) {
    throw unreadable(text);
  }
  return checkRequest({ method, path }, text);
}

/**
 * The request itself.
 *
 * @throws NetworkPolicyError `request-unreadable`
 */
export function checkRequest(request: AskedRequest, got: unknown = request): AskedRequest {
  const { method, path, host = '', headers = [] } = (request ?? {}) as Partial<AskedRequest>;
  const isRequest =
    typeof method === 'string' &&
    METHOD.test(method) &&
    typeof path === 'string' &&
    PATH.test(path) &&
    typeof host === 'string' &&
    Array.isArray(headers) &&
    headers.every((each) => typeof each === 'string' && HEADER.test(each));
  if (!isRequest) {
    throw unreadable(got);
  }
  return request;
}

function unreadable(got: unknown): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'request-unreadable',
    at: 'the request',
    got: show(got),
    problem: 'is no method and path of HTTP',
    fix: 'write a method and a path that begins with /, such as GET /orders',
  });
}

/** Whether a request fits, and why nobody knows. */
export interface Fit {
  readonly fits: Tristate;
  readonly why?: string;
}

/**
 * Whether a rule lets a request through. Expressions have to fit the whole of a text.
 *
 * @see cilium v1.19.5, pkg/envoy/policy, getHTTPRule
 */
export function fitRequest(rule: FilteredRequest, request: AskedRequest): Fit {
  const { method, path, host, headers = [] } = rule;
  const parts: Fit[] = [
    ...(method === undefined ? [] : [fitText(method, request.method)]),
    ...(path === undefined ? [] : [fitPath(path, request.path)]),
    ...(host === undefined
      ? []
      : [
          request.host === undefined
            ? { fits: 'unknown' as const, why: 'the question does not tell the host of the request' }
            : fitText(host, request.host),
        ]),
    ...headers.map((each) => fitHeader(each, request.headers)),
  ];
  return (
    parts.find(({ fits }) => fits === 'no') ?? parts.find(({ fits }) => fits === 'unknown') ?? { fits: 'yes' }
  );
}

function fitText(expression: string, text: string): Fit {
  const fits = fitsWhole(expression, text);
  return fits === undefined
    ? { fits: 'unknown', why: `it is not known for sure what ${expression} fits` }
    : { fits: fits ? 'yes' : 'no' };
}

/** The proxy of Cilium tidies paths up before it looks at them. */
function fitPath(expression: string, path: string): Fit {
  const [own = ''] = path.split('?');
  return /\/\/|\/\.\.?(?:\/|$)|%/.test(own)
    ? { fits: 'unknown', why: `the proxy may write the path ${path} in another way` }
    : fitText(expression, path);
}

/** `X-Token`, or `X-Token: 42`; without a space nobody knows what the proxy makes of it. */
function fitHeader(header: string, headers: AskedRequest['headers']): Fit {
  const [name = '', ...rest] = header.split(' ');
  const key = name.replace(/:+$/, '');
  if (headers === undefined || key.includes(':')) {
    return { fits: 'unknown', why: `the question does not tell the header ${key}` };
  }
  const found = headers.find((each) => each.toLowerCase().startsWith(`${key.toLowerCase()}:`));
  const isFit =
    found !== undefined && (rest.length === 0 || found.slice(key.length + 1).trim() === rest.join(' '));
  return { fits: isFit ? 'yes' : 'no' };
}

/** `GET /orders`, `any request`, `POST /orders at orders.shop with X-Token: 42` */
export function describeRequest({ method, path, host, headers = [] }: FilteredRequest): string {
  const what = [method, path].filter((each) => each !== undefined).join(' ');
  return [
    what === '' ? 'any request' : what,
    ...(host === undefined ? [] : [`at ${host}`]),
    ...(headers.length === 0 ? [] : [`with ${listWords(headers)}`]),
  ].join(' ');
}

/** The same for a request that is asked for. */
export function describeAsked({ method, path, host, headers }: AskedRequest): string {
  return describeRequest({ method, path, ...defined({ host, headers }) });
}
