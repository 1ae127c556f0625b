import fc from 'fast-check';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineName } from '../../lib/model/engine-profile';
import { PROTOCOLS } from '../../lib/model/ports';
import { Reachability } from '../../lib/reachability/reachability';
import { AKS_BLOCK, cilium, other } from '../support/other-policies';
import { deployment, policy, SHOP } from '../support/shop';

const WITH_ETL = [...SHOP, deployment('etl')];

const judged = (objects: readonly object[], engine?: EngineName) =>
  Reachability.of(readManifests(objects).cluster, engine === undefined ? {} : { profile: { engine } });

/** Allowed by a rule, denied by isolation, open because no policy isolates. */
const QUESTIONS = {
  allowed: { from: 'shop/web', to: 'shop/db', port: 5432 },
  denied: { from: 'shop/etl', to: 'shop/db', port: 5432 },
  open: { from: 'shop/db', to: 'shop/web', port: 80 },
};

/** Of the three questions, which become unknown. */
const ANY = { allowed: 'unknown', denied: 'unknown', open: 'unknown' };
const CLOSES = { ...ANY, denied: 'denied' };
const BASELINE = { allowed: 'allowed', denied: 'denied', open: 'unknown' };
const NOTHING = { allowed: 'allowed', denied: 'denied', open: 'allowed' };

const ENGINES = [undefined, 'azure', 'calico', 'cilium', 'byo-calico', 'byo-cilium'] as const;

const POLICY_API = 'policy.networking.k8s.io';
const INGRESS = { ingress: [{}] };

const KINDS = [
  { object: other('CiliumNetworkPolicy', 'cilium.io/v2', 'a', INGRESS), does: ANY, by: /cilium/ },
  { object: other('CiliumClusterwideNetworkPolicy', 'cilium.io/v2', 'a', INGRESS), does: ANY, by: /cilium/ },
  {
    object: other('AdminNetworkPolicy', `${POLICY_API}/v1alpha1`, 'a', INGRESS),
    does: ANY,
    by: /calico|byo/,
  },
  {
    object: other('BaselineAdminNetworkPolicy', `${POLICY_API}/v1alpha1`, 'default', INGRESS),
    does: BASELINE,
    by: /calico|byo/,
  },
  {
    object: other('ClusterNetworkPolicy', `${POLICY_API}/v1alpha2`, 'a', { tier: 'Admin', ...INGRESS }),
    does: ANY,
    by: /calico|byo/,
  },
  {
    object: other('ClusterNetworkPolicy', `${POLICY_API}/v1alpha2`, 'b', { tier: 'Baseline', ...INGRESS }),
    does: BASELINE,
    by: /calico|byo/,
  },
  {
    object: other('NetworkPolicy', 'projectcalico.org/v3', 'a', { types: ['Ingress'] }),
    does: ANY,
    by: /calico/,
  },
  {
    object: other('GlobalNetworkPolicy', 'crd.projectcalico.org/v1', 'a', { types: ['Ingress'] }),
    does: ANY,
    by: /calico/,
  },
  { object: other('AuthorizationPolicy', 'security.istio.io/v1', 'a', {}), does: CLOSES, by: /./ },
];

describe.each(KINDS.map((each) => ({ ...each, kind: `${each.object.kind} ${each.object.metadata.name}` })))(
  '$kind',
  ({ object, does, by }) => {
    test.each(ENGINES.map((engine) => ({ engine })))(
      'leaves unknown what it could change on $engine',
      ({ engine }) => {
        const reachability = judged([...WITH_ETL, object], engine);
        const matters = engine === undefined || by.test(engine);
        const verdicts = Object.entries(QUESTIONS).map(
          ([name, question]) => [name, reachability.verdict(question)] as const,
        );
        expect(Object.fromEntries(verdicts.map(([name, { verdict }]) => [name, verdict]))).toEqual(
          matters ? does : NOTHING,
        );
        const { kind, metadata } = object;
        const known = 'namespace' in metadata ? `${metadata.namespace}/${metadata.name}` : metadata.name;
        for (const [, { verdict, doubts }] of verdicts) {
          expect(doubts).toEqual(
            verdict === 'unknown'
              ? [
                  {
                    code: 'policy-not-judged',
                    text: expect.stringMatching(
                      `^${kind} ${known} is not judged( \\(.* is not understood\\))? and may decide this$`,
                    ),
                  },
                ]
              : [],
          );
        }
        expect(reachability.notJudged).toEqual([
          expect.objectContaining({ kind, effect: matters ? 'unknown' : 'none' }),
        ]);
      },
    );
  },
);

test.each([
  { why: 'pods that it selects', app: 'db', to: 'shop/db', verdict: 'unknown' },
  { why: 'no others', app: 'db', to: 'shop/web', verdict: 'allowed' },
  { why: 'any pod that it selects and nobody knows', app: 'new', to: 'shop/app=new', verdict: 'unknown' },
  { why: 'no pod with other labels', app: 'new', to: 'shop/app=old', verdict: 'allowed' },
  { why: 'some pods of a set, of which the others are open', app: 'db', to: 'shop/*', verdict: 'unknown' },
])('is about $why', ({ app, to, verdict }) => {
  const reachability = judged([deployment('web'), deployment('db'), cilium(app)], 'cilium');
  expect(reachability.verdict({ from: 'shop/web', to, port: 80 }).verdict).toBe(verdict);
});

test('an explanation says who may decide, and names no rule that nobody has written', () => {
  expect(judged([...SHOP, cilium('db')], 'cilium').explain(QUESTIONS.allowed)).toBe(
    [
      'Unknown: shop/web to shop/db on 5432.',
      'Out of shop/web: allowed; no policy isolates it.',
      'Into shop/db: unknown; isolated by policy shop/db-ingress; perhaps allowed by policy shop/db-ingress ingress rule 0 (peer 0, port 0).',
      'Unknown because CiliumNetworkPolicy shop/db-cilium is not judged (spec.endpointSelector is not understood) and may decide this.',
    ].join('\n'),
  );
});

test('a folder of such policies alone has their pods in its list, and nobody is allowed anything', () => {
  const rows = [...judged([cilium('db')], 'cilium').connections()];
  expect(rows.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
  expect(rows.map(({ to }) => to.possible?.set.key)).toEqual([expect.any(String), expect.any(String)]);
  expect([...judged([cilium('db')], 'azure').connections()]).toEqual([]);
});

describe("AKS's own policy", () => {
  const to = (address: string, port: number) => ({ from: 'shop/web', to: address, port });
  const WIRE = '168.63.129.16';

  test.each([
    { why: 'its ports', port: 80, denied: 'denied' },
    { why: 'its other port', port: 32526, denied: 'denied' },
    { why: 'no other port', port: 53, denied: 'allowed' },
  ])('shuts $why where Cilium enforces it', ({ port, denied }) => {
    const objects = [deployment('web'), AKS_BLOCK];
    const verdict = judged(objects, 'cilium').verdict(to(WIRE, port));
    expect(verdict).toMatchObject({ verdict: denied, doubts: [] });
    expect(judged(objects, 'azure').verdict(to(WIRE, port)).verdict).toBe('allowed');
    expect(judged(objects).verdict(to(WIRE, port)).verdict).toBe(denied === 'denied' ? 'unknown' : 'allowed');
    expect(judged(objects).verdict(to('10.0.0.4', port)).verdict).toBe('allowed');
  });

  test('is no unjudged one there, and the explanation names it', () => {
    const reachability = judged([deployment('web'), AKS_BLOCK], 'cilium');
    expect(reachability.notJudged).toEqual([]);
    expect(reachability.explain(to(WIRE, 80))).toContain(
      'denied by CiliumClusterwideNetworkPolicy block-azure-destinations egressDeny rule 0 (peer 0, port 0)',
    );
  });

  test('beside an allow of everything it denies all the same', () => {
    const open = policy('open', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] });
    const reachability = judged([deployment('web'), AKS_BLOCK, open], 'cilium');
    expect(reachability.verdict(to(WIRE, 80)).verdict).toBe('denied');
    expect(reachability.verdict(to('168.63.129.17', 80)).verdict).toBe('allowed');
  });
});

const apps = ['web', 'db', 'etl'];
const someApp = fc.constantFrom(...apps);
const networkPolicy = fc
  .record({ about: someApp, from: someApp, port: fc.constantFrom(80, 5432), out: fc.boolean() })
  .map(({ about, from, port, out }) => {
    const peer = [{ podSelector: { matchLabels: { app: from } } }];
    const ports = [{ port }];
    return policy(`${about}-${from}-${port}-${out}`, {
      podSelector: { matchLabels: { app: about } },
      policyTypes: [out ? 'Egress' : 'Ingress'],
      ...(out ? { egress: [{ to: peer, ports }] } : { ingress: [{ from: peer, ports }] }),
    });
  });
const unjudged = fc.oneof(
  someApp.map((app) => cilium(app)),
  fc.constant(cilium('x', { endpointSelector: {}, egressDeny: [{ toServices: [] }] })),
  someApp.map((app) => other('AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1', app, INGRESS)),
  someApp.map((app) => other('BaselineAdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1', app, {})),
  someApp.map((app) => ({
    ...other('AuthorizationPolicy', 'security.istio.io/v1', app, { selector: { matchLabels: { app } } }),
  })),
);

test('whatever stands beside, an answer never gets more certain by it, and another one only where none was', () => {
  fc.assert(
    fc.property(
      fc.array(networkPolicy, { maxLength: 4 }),
      fc.array(unjudged, { minLength: 1, maxLength: 2 }),
      (own, others) => {
        const known = [...apps.map((app) => deployment(app)), ...own];
        const [without, beside] = [judged(known, 'byo-cilium'), judged([...known, ...others], 'byo-cilium')];
        for (const from of [...apps.map((app) => `shop/${app}`), '10.0.0.4', 'any']) {
          for (const to of apps.map((app) => `shop/${app}`)) {
            for (const port of [80, `5432/${PROTOCOLS[1]}`]) {
              const [is, was] = [beside, without].map((each) => each.outcome({ from, to, port }));
              expect([was, 'unknown']).toContain(is);
            }
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});
