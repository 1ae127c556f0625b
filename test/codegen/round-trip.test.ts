import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { WrittenPolicy } from '../../lib/manifests/written-policy';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import type { NetworkPolicy } from '../../lib/model/network-policy';
import { mutated } from '../fuzz/mutations';
import { seeds } from '../fuzz/seeds';
import { anyPolicy } from '../support/arbitraries';
import { synthesizeModule } from '../support/run-module';
import { synthesizeApp } from '../support/synth-app';
import { byNamespace, importPolicies, importYaml, keptOf } from './imported';

const OWN = join(__dirname, '../corpus');
const SHARED = join(__dirname, '../../../shared/corpus');

/** Every set of policies in a corpus: one for each case that has some. */
function setsIn(file: string): { readonly name: string; readonly policies: readonly object[] }[] {
  const read = JSON.parse(readFileSync(file, 'utf8'));
  const cases: { name: string; policies?: object[]; policy?: object }[] = Array.isArray(read)
    ? read
    : read.cases;
  return cases
    .map(({ name, policies, policy }) => ({ name, policies: policies ?? [policy as object] }))
    .filter(({ policies }) => policies.length > 0);
}

/** What a set of policies says that is not what its module says. */
function differences(policies: readonly object[]): object {
  const accepted = policies.filter((policy) => validateNetworkPolicy(policy).length === 0);
  const { objects, notes } = importPolicies(accepted);
  const lost = notes.filter(({ kind }) => kind === 'not-imported');
  const kept = (policies: readonly object[]) =>
    byNamespace(policies.map(keptOf) as { namespace: string }[], ({ namespace }) => namespace);
  expect(kept(objects)).toEqual(kept(unique(accepted)));
  return lost;
}

function unique(policies: readonly object[]): object[] {
  return [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
}

const FILES = [
  { folder: OWN, file: 'api-server-answers.json' },
  { folder: OWN, file: 'engine-azure-observed.json' },
  { folder: OWN, file: 'engine-calico-observed.json' },
  { folder: OWN, file: 'engine-cilium-recorded.json' },
  { folder: OWN, file: 'engine-enforced.json' },
  { folder: SHARED, file: 'ahmetb-recipes.json' },
  { folder: SHARED, file: 'k8s-e2e-netpol.json' },
  { folder: SHARED, file: 'microservices-demo.json' },
].map((each) => ({ ...each, path: join(each.folder, each.file) }));

for (const { file, path } of FILES) {
  const check = existsSync(path) ? test : test.skip;
  check(`every policy of ${file} comes back from its module, field by field`, () => {
    const sets = setsIn(path);
    expect(sets.length).toBeGreaterThan(0);
    for (const { policies } of sets) {
      expect(differences(policies)).toEqual([]);
    }
  });
}

test.each(['portal-form', 'aks-store', 'online-boutique'])('the policies of apps/%s come back', (app) => {
  const { policies } = synthesizeApp(app);
  const { notes } = importPolicies(policies);
  expect(differences(policies)).toEqual([]);
  expect(notes).toEqual([]);
});

test.each([
  { policyTypes: ['Egress', 'Ingress'], egress: [{}], ingress: [{ ports: [{ port: 3000 }] }] },
  { policyTypes: ['Egress', 'Ingress'], ingress: [{}] },
  { policyTypes: ['Egress', 'Ingress'] },
  { policyTypes: ['Ingress', 'Egress'], egress: [{}] },
])('the types of $policyTypes keep their order', (spec) => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'grafana', namespace: 'monitoring' },
    spec: { podSelector: {}, ...spec },
  };
  expect(importPolicies([policy]).objects[0]?.spec).toMatchObject({ policyTypes: spec.policyTypes });
});

/** With names that are theirs alone, where they have a legal one. */
const manyPolicies = fc
  .array(anyPolicy, { minLength: 1, maxLength: 12 })
  .map((policies) => JSON.parse(JSON.stringify(policies)) as NetworkPolicy[])
  .map((policies) =>
    policies.map((policy, i) =>
      typeof policy.metadata?.name === 'string' && policy.metadata.name !== ''
        ? { ...policy, metadata: { ...policy.metadata, name: `${policy.metadata.name}-${i}` } }
        : policy,
    ),
  );

describe('whatever policies are like', () => {
  test('whatever text they stand in, they become a program', () => {
    fc.assert(
      fc.property(mutated(seeds()), (text) => {
        synthesizeModule(importYaml(text).text);
      }),
      { numRuns: Math.max(400, Number(process.env.REFERENCE_CLUSTERS ?? 0) / 20) },
    );
  });

  test('each accepted one comes back, in its order, and each other one as it is or by name', () => {
    let [accepted, refused] = [0, 0];
    fc.assert(
      fc.property(manyPolicies, (policies) => {
        const { written, objects, notes } = importPolicies(policies);
        const lost = notes.filter(({ kind }) => kind === 'not-imported').map(({ policy }) => policy);
        const expected = written.filter((policy) => !lost.includes(policy));
        const wanted = byNamespace(expected, ({ namespace }) => namespace);
        const got = byNamespace(objects, ({ metadata }) => (metadata as { namespace: string }).namespace);
        expect(objects).toHaveLength(expected.length);
        for (const [i, object] of got.entries()) {
          const { value } = wanted[i] as WrittenPolicy;
          // The server writes the status, and nothing else here is its own.
          const { status, ...own } = value;
          if (validateNetworkPolicy(own).length === 0) {
            accepted++;
            expect(keptOf(object)).toEqual(keptOf(value));
          } else {
            refused++;
            expect(object.spec).toEqual(value.spec);
            const { name, generateName } = value.metadata as { name?: string; generateName?: string };
            expect(object.metadata).toMatchObject((name ?? '') === '' ? { generateName } : { name });
          }
        }
        // What the server takes is lost only where cdk8s cannot write it.
        for (const { value } of lost.filter((policy) => policy.problems.length === 0)) {
          expect(JSON.stringify(value)).toMatch(/"constructor"|"__proto__"/);
        }
      }),
      { numRuns: 200 },
    );
    expect(accepted).toBeGreaterThan(140);
    expect(refused).toBeGreaterThan(25);
  });
});
