import { type AskedRequest, describeRequest, fitRequest, readRequest } from '../../lib/model/asked-request';
import type { FilteredRequest } from '../../lib/model/policy-rules';

test.each([
  ['GET /orders', { method: 'GET', path: '/orders' }],
  ['  POST   /orders?x=1 ', { method: 'POST', path: '/orders?x=1' }],
])('%s is a request', (text, request) => {
  expect(readRequest(text)).toEqual(request);
});

test.each(['', 'GET', '/orders', 'GET orders', 'GET /a b', 'G(T /a', 'GET /ä'])('%s is none', (text) => {
  expect(() => readRequest(text)).toThrow(expect.objectContaining({ code: 'request-unreadable' }));
});

const GET: AskedRequest = { method: 'GET', path: '/orders' };

test.each<[FilteredRequest, AskedRequest, 'yes' | 'no' | 'unknown']>([
  [{}, GET, 'yes'],
  [{ method: 'GET' }, GET, 'yes'],
  [{ method: 'GET' }, { ...GET, method: 'get' }, 'no'],
  [{ method: 'GE' }, GET, 'no'],
  [{ method: 'GET|HEAD', path: '/orders' }, GET, 'yes'],
  [{ method: 'POST', path: '/orders' }, GET, 'no'],
  [{ path: '/order' }, GET, 'no'],
  [{ path: '/orders' }, { ...GET, path: '/orders?x=1' }, 'no'],
  [{ path: '/orders.*' }, { ...GET, path: '/orders?x=%20' }, 'yes'],
  [{ path: '/(?i)orders' }, GET, 'unknown'],
  [{ method: 'POST', path: '/(?i)orders' }, GET, 'no'],
  [{ path: '/orders' }, { ...GET, path: '/x/../orders' }, 'unknown'],
  [{ path: '/orders' }, { ...GET, path: '//orders' }, 'unknown'],
  [{ path: '/orders' }, { ...GET, path: '/%6Frders' }, 'unknown'],
  [{ method: 'GET' }, { ...GET, path: '//orders' }, 'yes'],
  [{ host: 'api.shop' }, GET, 'unknown'],
  [{ host: 'api.shop' }, { ...GET, host: 'api.shop' }, 'yes'],
  [{ host: 'api.shop' }, { ...GET, host: 'api-shop' }, 'yes'],
  [{ host: 'api.shop' }, { ...GET, host: 'api.shop:8080' }, 'no'],
  [{ headers: ['X-Token'] }, GET, 'unknown'],
  [{ headers: ['X-Token'] }, { ...GET, headers: [] }, 'no'],
  [{ headers: ['X-Token'] }, { ...GET, headers: ['x-token:'] }, 'yes'],
  [{ headers: ['X-Token: 42'] }, { ...GET, headers: ['X-Token: 42'] }, 'yes'],
  [{ headers: ['X-Token: 42'] }, { ...GET, headers: ['X-Token: 43'] }, 'no'],
  [{ headers: ['X-Token:42'] }, { ...GET, headers: ['X-Token: 42'] }, 'unknown'],
])('%j lets %j through: %s', (rule, request, fits) => {
  expect(fitRequest(rule, request).fits).toBe(fits);
});

test.each<[FilteredRequest, string]>([
  [{}, 'any request'],
  [{ method: 'GET' }, 'GET'],
  [{ path: '/orders' }, '/orders'],
  [
    { method: 'GET', path: '/orders', host: 'api.shop', headers: ['X-A', 'X-B: 1'] },
    'GET /orders at api.shop with X-A and X-B: 1',
  ],
])('%j in words: %s', (rule, words) => {
  expect(describeRequest(rule)).toBe(words);
});
