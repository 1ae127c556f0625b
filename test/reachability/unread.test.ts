import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { EngineName } from '../../lib/model/engine-profile';
import { Reachability } from '../../lib/reachability/reachability';
import { deployment, policy } from '../support/shop';

const WEB = deployment('web');
const DB = deployment('db', [5432]);
const DENY = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const OUT = policy('web', {
  podSelector: { matchLabels: { app: 'web' } },
  policyTypes: ['Egress'],
  egress: [{}],
});
const TO_DB = policy('db', {
  podSelector: { matchLabels: { app: 'db' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
});

/** @param broken a document that cannot be read */
function read(objects: readonly object[], broken: string, ignoredKinds: readonly string[] = []) {
  const text = [...objects.map((each) => JSON.stringify(each)), broken].join('\n---\n');
  return readManifests([{ file: 'a.yaml', text }], { ignoredKinds }).cluster;
}

const CILIUM = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: l7';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: once, namespace: shop}\nspec: {containers: 1}';

test.each<{
  why: string;
  objects?: readonly object[];
  broken: string;
  engine?: EngineName;
  asked?: readonly [from: string, to: string];
  ignored?: readonly string[];
  verdict: string;
}>([
  {
    why: 'it may be a policy of Cilium, which denies what another allows',
    broken: CILIUM,
    engine: 'cilium',
    verdict: 'unknown',
  },
  { why: 'it may be one, and nobody says which engine enforces', broken: CILIUM, verdict: 'unknown' },
  {
    why: 'it may be one, with escapes in place of letters',
    broken: 'kind: "\\x43ilium',
    engine: 'cilium',
    verdict: 'unknown',
  },
  {
    why: 'it would be a policy of Cilium, and another engine enforces',
    broken: CILIUM,
    engine: 'azure',
    verdict: 'allowed',
  },
  {
    why: 'such policies are left out',
    broken: CILIUM,
    engine: 'cilium',
    ignored: ['CiliumNetworkPolicy'],
    verdict: 'allowed',
  },
  {
    why: 'it names no such kind: NetworkPolicies only add up',
    broken: 'kind: NetworkPolicy\nspec: {',
    engine: 'cilium',
    verdict: 'allowed',
  },
  {
    why: 'a policy of some pods may deny, and need not',
    objects: [WEB, DB],
    broken: JSON.stringify({ ...TO_DB, spec: { ...TO_DB.spec, odd: 1 } }),
    asked: ['any', 'internet'],
    verdict: 'unknown',
  },
  { why: 'a pod may have the address', broken: POD, asked: ['shop/web', '10.0.0.7'], verdict: 'unknown' },
  {
    why: 'it may be anything, a pod with the address too',
    broken: 'kind: {',
    asked: ['shop/web', '10.0.0.7'],
    verdict: 'unknown',
  },
  {
    why: 'no pod has an address out of there',
    broken: POD,
    asked: ['shop/web', '192.0.2.7'],
    verdict: 'allowed',
  },
  {
    why: 'no pod is a policy',
    broken: 'kind: NetworkPolicy\nmetadata: {name: a, namespace: mon}\nspec: 1',
    asked: ['shop/web', '10.0.0.7'],
    verdict: 'allowed',
  },
])(
  'something cannot be read: $why',
  ({
    objects = [WEB, DB, DENY, OUT, TO_DB],
    broken,
    engine,
    asked = ['shop/web', 'shop/db'],
    ignored,
    verdict,
  }) => {
    const profile = engine === undefined ? {} : { engine };
    const reachability = Reachability.of(read(objects, broken, ignored), { profile });
    const [from, to] = asked;
    expect(reachability.outcome({ from, to })).toBe(verdict);
    expect(reachability.verdict({ from, to }).verdict).toBe(verdict);
  },
);

test.each([
  {
    why: 'one that cannot be read may be a default deny',
    broken: 'kind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\nspec: 1',
    found: 0,
  },
  {
    why: 'one of another namespace is none',
    broken: 'kind: NetworkPolicy\nmetadata: {name: deny, namespace: mon}\nspec: 1',
    found: 1,
  },
])('what rests on one policy is not found where there may be another: $why', ({ broken, found }) => {
  const cluster = read([DB, TO_DB], `apiVersion: networking.k8s.io/v1\n${broken}`);
  const { findings } = lint(cluster, { profile: { engine: 'azure' } });
  expect(findings.filter(({ rule }) => rule === 'npm-update-gap')).toHaveLength(found);
});
