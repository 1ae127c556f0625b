import { MANAGED_POLICY_NAME, managedPolicies } from '../../lib/aks/managed-policies';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { DB, egressTo, onWeb, pods, WEB } from './engine-cases/case';

const PROFILE = {
  engine: 'azure',
  managedNamespaces: [{ name: 'shop', ingress: 'DenyAll', egress: 'AllowSameNamespace' }],
} as const;

const read = (...manifests: string[]) =>
  readManifests([{ text: manifests.join(''), file: 'case.yaml' }]).cluster;
const TODAY = '2026-11-22';

test('the default policy of a managed namespace is judged with those of the manifests', () => {
  const cluster = read(WEB, DB, egressTo(pods('db')));
  const messages = (profile: object) =>
    lint(cluster, { profile, today: TODAY })
      .findings.filter(({ rule }) => rule === 'own-node-egress')
      .map(({ message }) => message.slice(0, '2 workloads'.length));
  expect(messages({ engine: 'azure' })).toEqual(['1 workload ']);
  expect(messages(PROFILE)).toEqual(['2 workloads']);
});

test('a judgement that is there already is used and gives the same report', () => {
  const cluster = read(WEB, DB, onWeb({ ingress: [{}] }));
  const reachability = Reachability.of(cluster, { profile: PROFILE });
  const report = lint(cluster, { profile: PROFILE, today: TODAY });
  expect(report.findings.length).toBeGreaterThan(1);
  expect(lint(cluster, { profile: PROFILE, today: TODAY, reachability })).toEqual(report);
});

test('nothing is found in what Azure keeps, because nobody can change it', () => {
  const { findings } = lint(read(WEB), { profile: PROFILE, today: TODAY });
  expect(findings.map(({ object }) => object.name)).not.toContain(MANAGED_POLICY_NAME);
});

test.each([
  { why: 'a default that allows all', manifests: [WEB], ingress: 'AllowAll', egress: 'AllowAll', added: [] },
  {
    why: 'a namespace of which nothing is known',
    manifests: [],
    ingress: 'DenyAll',
    egress: 'DenyAll',
    added: [],
  },
  { why: 'nothing chosen', manifests: [WEB], ingress: undefined, egress: undefined, added: [['Ingress']] },
  {
    why: 'both directions',
    manifests: [WEB],
    ingress: 'DenyAll',
    egress: 'AllowSameNamespace',
    added: [['Ingress', 'Egress']],
  },
] as const)('$why', ({ manifests, ingress, egress, added }) => {
  const managed = { name: 'shop', ...(ingress && { ingress }), ...(egress && { egress }) };
  const policies = managedPolicies(read(...manifests), { managedNamespaces: [managed] });
  expect(policies.map(({ written }) => written.spec?.policyTypes)).toEqual(added);
});

test('a policy that is there already is not added again', () => {
  const [made] = managedPolicies(read(WEB), PROFILE);
  const cluster = read(WEB);
  const there = { ...cluster, policies: [{ ...made, name: 'its-real-name' } as NonNullable<typeof made>] };
  expect(managedPolicies(there, PROFILE)).toEqual([]);
});
