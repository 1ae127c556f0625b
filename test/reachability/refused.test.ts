import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { readManifests } from '../../lib/manifests/read-manifests';
import { aboutUnjudged } from '../../lib/manifests/unjudged-lines';
import { Reachability } from '../../lib/reachability/reachability';
import { other } from '../support/other-policies';
import { deployment, policy } from '../support/shop';

/** What becomes of verdicts where Cilium refuses a policy that the API server has stored. */

const about = (spec: object) =>
  other('CiliumNetworkPolicy', 'cilium.io/v2', 'db', {
    endpointSelector: { matchLabels: { app: 'db' } },
    ...spec,
  });
const NO_RULE = about({ ingress: [] });
const TOO_LARGE = about({ ingress: [{ toPorts: [{ ports: [{ port: '70000' }] }] }] });
const NODES = about({ ingress: [{ fromNodes: [{}] }] });
const SERVICES = about({ egress: [{ toServices: [{}], toPorts: [{ ports: [{ port: '80' }] }] }] });
const NO_PORT = about({ ingress: [{ toPorts: [{ ports: [{}] }] }] });
const HTTP = about({
  ingress: [
    {
      fromEndpoints: [{ matchLabels: { app: 'web' } }],
      toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }], rules: { http: [{}] } }],
    },
  ],
});
const PODS = [deployment('web'), deployment('db'), deployment('etl')];
const QUESTION = { from: 'shop/etl', to: 'shop/db', port: 5432 };
const judged = (profile: AksClusterProfile, ...objects: object[]) =>
  Reachability.of(readManifests([...PODS, ...objects]).cluster, { profile });

test.each<{ why: string; object: object; profile: AksClusterProfile; verdict: string; effect?: string }>([
  {
    why: 'every version refuses it',
    object: TOO_LARGE,
    profile: { engine: 'cilium' },
    verdict: 'allowed',
    effect: 'none',
  },
  {
    why: 'every version refuses it, whoever installed it',
    object: TOO_LARGE,
    profile: { engine: 'byo-cilium' },
    verdict: 'allowed',
    effect: 'none',
  },
  {
    why: 'every version that AKS supports refuses it',
    object: NO_RULE,
    profile: { engine: 'cilium' },
    verdict: 'allowed',
    effect: 'none',
  },
  {
    why: 'no engine is known',
    object: TOO_LARGE,
    profile: {},
    verdict: 'unknown',
    effect: 'unknown',
  },
  {
    why: 'another engine does nothing with it either',
    object: TOO_LARGE,
    profile: { engine: 'azure' },
    verdict: 'allowed',
    effect: 'none',
  },
  {
    why: 'AKS has not switched on what it needs',
    object: NODES,
    profile: { engine: 'cilium' },
    verdict: 'allowed',
    effect: 'none',
  },
  {
    why: 'somebody else may have switched on what it needs',
    object: NODES,
    profile: { engine: 'byo-cilium' },
    verdict: 'unknown',
    effect: 'unknown',
  },
  {
    why: 'only a later version may refuse it',
    object: NO_PORT,
    profile: { engine: 'cilium', kubernetesVersion: '1.36' },
    verdict: 'unknown',
    effect: 'unknown',
  },
  {
    why: 'its proxy filters',
    object: HTTP,
    profile: { engine: 'cilium', acns: 'L7' },
    verdict: 'denied',
  },
  {
    why: 'there is no proxy, of which the sources say different things',
    object: HTTP,
    profile: { engine: 'cilium', acns: 'None' },
    verdict: 'unknown',
    effect: 'unknown',
  },
])('where $why', ({ object, profile, verdict, effect }) => {
  const reachability = judged(profile, object);
  expect(reachability.verdict(QUESTION).verdict).toBe(verdict);
  expect(reachability.notJudged.map((each) => each.effect)).toEqual(effect === undefined ? [] : [effect]);
});

test.each([
  { kubernetesVersion: '1.31', effect: 'none' },
  { kubernetesVersion: '1.32', effect: 'unknown' },
  { kubernetesVersion: undefined, effect: 'unknown' },
])(
  'a refusal by Cilium 1.16 holds on Kubernetes $kubernetesVersion: $effect',
  ({ kubernetesVersion, effect }) => {
    const profile = {
      engine: 'cilium' as const,
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    };
    expect(judged(profile, SERVICES).notJudged.map((each) => each.effect)).toEqual([effect]);
  },
);

test('the explanation tells the policy and what Cilium says of it', () => {
  const verdict = judged({ engine: 'cilium' }, NO_RULE).verdict(QUESTION);
  expect(verdict.refused).toEqual([
    {
      kind: 'CiliumNetworkPolicy',
      policy: 'shop/db',
      source: {},
      message: 'rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny',
    },
  ]);
  expect(judged({ engine: 'cilium' }, NO_RULE).explain(QUESTION)).toBe(
    [
      'Allowed: shop/etl to shop/db on 5432.',
      'Out of shop/etl: allowed; no policy isolates it.',
      'Into shop/db: allowed; no policy isolates it.',
      'Not enforced: CiliumNetworkPolicy shop/db, which Cilium refuses: rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny.',
    ].join('\n'),
  );
  const other = judged({ engine: 'cilium' }, NO_RULE).verdict({ ...QUESTION, to: 'shop/web' });
  expect(other).not.toHaveProperty('refused');
});

test('policies beside it stay in force, and a doubt about it tells why', () => {
  const closed = policy('closed', { podSelector: {}, policyTypes: ['Ingress'] });
  expect(judged({ engine: 'cilium' }, TOO_LARGE, closed).verdict(QUESTION).verdict).toBe('denied');
  expect(judged({ engine: 'byo-cilium' }, NODES).verdict(QUESTION).doubts).toMatchObject([
    {
      code: 'policy-not-judged',
      text: 'CiliumNetworkPolicy shop/db is not judged, because Cilium may refuse it (FromNodes/ToNodes rules can only be applied when the "enable-node-selector-labels" flag is set), and may decide this',
    },
  ]);
});

test('a person is told of what is refused, and of what may be', () => {
  const read = (object: object) => readManifests([...PODS, object]);
  const which = 'not judged: 1 CiliumNetworkPolicy.cilium.io (shop/db)';
  expect(aboutUnjudged(read(TOO_LARGE), { engine: 'cilium' })).toEqual([
    `${which}; Cilium refuses them, so they change nothing`,
  ]);
  expect(aboutUnjudged(read(NODES), { engine: 'byo-cilium' })).toEqual([
    `${which}; a verdict that they could change is unknown, because Cilium may refuse them`,
  ]);
  expect(aboutUnjudged(read(HTTP), { engine: 'cilium' })).toEqual([
    `${which}; a verdict that they could change is unknown until the profile tells what acns enforces`,
  ]);
});
