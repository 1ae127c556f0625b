import type { AskedRequest } from '../../lib/model/asked-request';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { explanation } from '../../lib/reachability/answers/explanation';
import { CILIUM, cilium, dns, judgeNamed, netpol, plainDns, tcp } from './named';

/** What proxies filter between shop/web and shop/api on 80, and which requests they let through. */

const web = { fromEndpoints: [{ matchLabels: { app: 'web' } }] };
const api = { toEndpoints: [{ matchLabels: { app: 'api' } }] };
const GET = { method: 'GET', path: '/orders' };
const POST = { method: 'POST', path: '/orders' };
const filtered = (...http: readonly object[]) => tcp('80', http);

const onApi = (spec: object, name = 'api') => {
  const policy = cilium('api', spec);
  return { ...policy, metadata: { ...policy.metadata, name } };
};

interface Case {
  readonly why: string;
  readonly policies: readonly object[];
  readonly profile?: EngineProfile;
  readonly port?: number | string;
  /** Behind the question in the first line of the explanation. */
  readonly told: string;
  /** Whether GET /orders and DELETE /orders pass. */
  readonly get: 'allowed' | 'denied' | 'partly' | 'unknown';
  readonly delete: 'allowed' | 'denied' | 'partly' | 'unknown';
}

test.each<Case>([
  {
    why: 'no filter',
    policies: [onApi({ ingress: [{ ...web, ...tcp('80') }] })],
    told: '',
    get: 'allowed',
    delete: 'allowed',
  },
  {
    why: 'what comes in',
    policies: [onApi({ ingress: [{ ...web, ...filtered(GET) }] })],
    told: '; filtered: GET /orders',
    get: 'allowed',
    delete: 'denied',
  },
  {
    why: 'what goes out',
    policies: [cilium('web', { egress: [{ ...api, ...filtered(GET) }] })],
    told: '; filtered: GET /orders',
    get: 'allowed',
    delete: 'denied',
  },
  {
    why: 'both ways',
    policies: [
      cilium('web', { egress: [{ ...api, ...filtered(GET, POST) }] }),
      onApi({ ingress: [{ ...web, ...filtered({ method: 'DELETE' }, POST) }] }),
    ],
    told: '; filtered: GET /orders, POST /orders; filtered: DELETE, POST /orders',
    get: 'denied',
    delete: 'denied',
  },
  {
    why: 'many requests',
    policies: [
      onApi({
        ingress: [
          { ...web, ...filtered(GET, POST, ...['a', 'b', 'c'].map((path) => ({ path: `/${path}` }))) },
        ],
      }),
    ],
    told: '; filtered: GET /orders, POST /orders, /a and 2 more',
    get: 'allowed',
    delete: 'denied',
  },
  {
    why: 'two rules together',
    policies: [
      onApi({ ingress: [{ ...web, ...filtered(GET) }] }),
      onApi({ ingress: [{ fromEndpoints: [{}], ...filtered({ method: 'DELETE' }) }] }, 'more'),
    ],
    told: '; filtered: GET /orders, DELETE',
    get: 'allowed',
    delete: 'allowed',
  },
  {
    why: 'a rule without a filter for the same peer and port',
    policies: [
      onApi({
        ingress: [
          { ...web, ...filtered(GET) },
          { ...web, ...tcp('80') },
        ],
      }),
    ],
    told: '',
    get: 'allowed',
    delete: 'allowed',
  },
  {
    why: 'one by a NetworkPolicy',
    policies: [
      onApi({ ingress: [{ ...web, ...filtered(GET) }] }),
      netpol({ podSelector: { matchLabels: { app: 'api' } }, ingress: [{ ports: [{ port: 80 }] }] }),
    ],
    told: '',
    get: 'allowed',
    delete: 'allowed',
  },
  {
    why: 'one for another peer',
    policies: [
      onApi({
        ingress: [
          { ...web, ...filtered(GET) },
          { fromEntities: ['world'], ...tcp('80') },
        ],
      }),
    ],
    told: '; filtered: GET /orders',
    get: 'allowed',
    delete: 'denied',
  },
  {
    why: 'one for another port',
    policies: [
      onApi({
        ingress: [
          { ...web, ...filtered(GET) },
          { ...web, ...tcp('81') },
        ],
      }),
    ],
    told: '; filtered: GET /orders',
    get: 'allowed',
    delete: 'denied',
  },
  {
    why: 'one for every port, of which nobody knows what the proxy makes',
    policies: [onApi({ ingress: [{ ...web, ...filtered(GET) }, web] })],
    told: '; perhaps filtered: GET /orders',
    get: 'allowed',
    delete: 'unknown',
  },
  {
    why: 'ports of one rule apart',
    policies: [
      onApi({
        ingress: [
          { ...web, toPorts: [...filtered(GET).toPorts, { ports: [{ port: '81', protocol: 'TCP' }] }] },
        ],
      }),
    ],
    port: '80-81',
    told: '; filtered on 80/TCP: GET /orders',
    get: 'allowed',
    delete: 'partly',
  },
  {
    why: 'a filter where nothing isolates, before Kubernetes 1.34',
    policies: [onApi({ enableDefaultDeny: { ingress: false }, ingress: [{ ...web, ...filtered(GET) }] })],
    profile: { ...CILIUM, kubernetesVersion: '1.33' },
    told: '; perhaps filtered: GET /orders',
    get: 'allowed',
    delete: 'unknown',
  },
  {
    why: 'a filter where nothing isolates, from Kubernetes 1.34 on',
    policies: [onApi({ enableDefaultDeny: { ingress: false }, ingress: [{ ...web, ...filtered(GET) }] })],
    told: '',
    get: 'allowed',
    delete: 'allowed',
  },
  {
    why: 'a header that the question does not tell',
    policies: [onApi({ ingress: [{ ...web, ...filtered({ ...GET, headers: ['X-Token'] }) }] })],
    told: '; filtered: GET /orders with X-Token',
    get: 'unknown',
    delete: 'denied',
  },
  {
    why: 'a filter that lets every request through',
    policies: [onApi({ ingress: [{ ...web, ...filtered({}) }] })],
    told: '; filtered: any request',
    get: 'allowed',
    delete: 'allowed',
  },
])('$why', ({ policies, profile = CILIUM, port = 80, told, ...passes }) => {
  const judged = judgeNamed(policies, profile);
  const question = { from: 'shop/web', to: 'shop/api', port };
  expect(explanation(judged.verdict(question))[0]).toBe(`Allowed: shop/web to shop/api on ${port}${told}.`);
  for (const [method, verdict] of [
    ['GET', passes.get],
    ['DELETE', passes.delete],
  ] as const) {
    const asked = { ...question, http: { method, path: '/orders' } };
    expect([method, judged.verdict(asked).verdict]).toEqual([method, verdict]);
    expect([method, judged.outcome(asked)]).toEqual([method, verdict]);
  }
});

const ask = (http: AskedRequest, policies: readonly object[], to = 'shop/api') =>
  judgeNamed(policies).explain({ from: 'shop/web', to, port: 80, http });

test('a request that does not pass is told with the rule and what passes', () => {
  expect(
    ask({ method: 'DELETE', path: '/orders' }, [onApi({ ingress: [{ ...web, ...filtered(GET, POST) }] })]),
  ).toBe(
    [
      'Denied: shop/web to shop/api on 80, DELETE /orders.',
      'Out of shop/web: allowed; no policy isolates it.',
      'Into shop/api: denied; isolated by CiliumNetworkPolicy shop/api.',
      'Nearest: CiliumNetworkPolicy shop/api ingress rule 0 (peer 0, port 0) allows the connection, and its filter lets through GET /orders, POST /orders.',
    ].join('\n'),
  );
});

test('why nobody knows whether a request passes is told', () => {
  const policies = [onApi({ ingress: [{ ...web, ...filtered({ ...GET, headers: ['X-Token'] }) }] })];
  expect(ask(GET, policies)).toContain('Unknown because the question does not tell the header X-Token.');
  expect(ask({ ...GET, headers: ['X-Token: 1'] }, policies)).toContain(
    'Allowed: shop/web to shop/api on 80, GET /orders with X-Token: 1',
  );
});

test('a pod that policies deny gets no request through, whatever filters say', () => {
  const policies = [onApi({ ingress: [{ ...web, ...filtered(GET) }], ingressDeny: [web] })];
  expect(ask(GET, policies)).toContain('denied by CiliumNetworkPolicy shop/api ingressDeny rule 0');
});

test('requests go over TCP', () => {
  const policies = [onApi({ ingress: [{ ...web, ...filtered(GET) }] })];
  const judged = judgeNamed(policies);
  const question = { from: 'shop/web', to: 'shop/api', http: GET };
  expect(String(judged.verdict(question).ports)).toBe('80/TCP');
  expect(() => judged.verdict({ ...question, port: '80/UDP' })).toThrow('HTTP goes over TCP');
  expect(() => judged.verdict({ ...question, http: { method: 'GET', path: 'orders' } })).toThrow(
    expect.objectContaining({ code: 'request-unreadable' }),
  );
});

test('a part of an end that is not filtered is told', () => {
  const judged = judgeNamed([
    onApi({
      ingress: [
        { fromCIDR: ['20.0.0.0/8'], ...filtered(GET) },
        { fromCIDR: ['30.0.0.0/8'], ...tcp('80') },
      ],
    }),
  ]);
  const told = (from: string) => explanation(judged.verdict({ from, to: 'shop/api', port: 80 }))[0];
  expect(told('0.0.0.0/0')).toContain('; partly filtered: GET /orders.');
  expect(told('20.0.0.0/8')).toContain('; filtered: GET /orders.');
  expect(told('30.0.0.0/8')).toBe('Allowed: 30.0.0.0/8 to shop/api on 80.');
});

test('filters of questions for names are told', () => {
  const judged = judgeNamed([
    cilium('web', { egress: [{ ...dns('*.example.com'), toEndpoints: [{ matchLabels: { app: 'api' } }] }] }),
  ]);
  const question = { from: 'shop/web', to: 'shop/api', port: '53/UDP' };
  expect(judged.explain(question)).toContain('filtered: DNS for *.example.com.');
  expect(judged.verdict({ ...question, port: '53/TCP', http: GET }).verdict).toBe('denied');
  const open = judgeNamed([
    cilium('web', {
      egress: [
        { ...dns('*.example.com'), ...api },
        { ...plainDns, ...api },
      ],
    }),
  ]);
  expect(explanation(open.verdict(question))[0]).toBe('Allowed: shop/web to shop/api on 53/UDP.');
});

test.each([
  {
    why: 'a rule without a filter that may mean the host',
    to: 'www.example.com',
    policies: [
      cilium('web', {
        egress: [
          dns('*'),
          { toFQDNs: [{ matchName: 'www.example.com' }], ...filtered(GET) },
          { toCIDR: ['20.0.0.0/8'], ...tcp('80') },
        ],
      }),
    ],
  },
  {
    why: 'a policy that may isolate the pod',
    policies: [
      onApi({ enableDefaultDeny: { ingress: false }, ingress: [{ ...web, ...filtered(GET) }] }),
      onApi(
        { ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.cluster': 'a' } }] }] },
        'unread',
      ),
    ],
  },
  {
    why: 'pods of which some are let through by a rule without a filter',
    from: 'shop/app=ghost',
    policies: [
      onApi({
        ingress: [
          { fromEndpoints: [{ matchLabels: { app: 'ghost' } }], ...filtered(GET) },
          { fromEndpoints: [{ matchLabels: { app: 'ghost', tier: 'x' } }], ...tcp('80') },
        ],
      }),
    ],
  },
])('$why leaves the filter in doubt', ({ policies, from = 'shop/web', to = 'shop/api' }) => {
  const [line] = explanation(judgeNamed(policies).verdict({ from, to, port: 80 }));
  expect(line).toContain('; perhaps filtered: GET /orders');
});
