import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import { RULES } from '../../lib/lint/catalogue';
import { lint } from '../../lib/lint/lint-cluster';
import { readManifests } from '../../lib/manifests/read-manifests';
import { defined } from '../../lib/model/defined';
import type { FindingCode } from '../../lib/model/finding';
import { RULE_PAGES } from './pages';

/** Fields of a profile; what is `undefined` is not known. */
type Change = { readonly [F in keyof AksClusterProfile]?: AksClusterProfile[F] | undefined };

/** What a rule does on its bad example: it speaks, is silent, or tells what it would have to know. */
function answerOf(rule: FindingCode, change: Change): string {
  const { manifests, profile, today = '2026-11-22' } = RULE_PAGES[rule].bad;
  const known: AksClusterProfile = defined<Change>({ ...profile, ...change });
  const { cluster } = readManifests([{ text: manifests, file: 'example.yaml' }], known);
  const { findings, notApplicable } = lint(cluster, { profile: known, today });
  const missing = notApplicable.find((each) => each.rule === rule);
  return missing?.reason ?? (findings.some((each) => each.rule === rule) ? 'speaks' : 'is silent');
}

const ABOUT_ENGINES = RULES.flatMap(({ id, engines }) => (engines === undefined ? [] : { id, engines }));

test('some rules are about engines', () => {
  expect(ABOUT_ENGINES.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['no-engine', 'npm-policy-skipped', 'sctp-not-carried', 'own-node-egress']),
  );
});

test.each(ABOUT_ENGINES)(
  '$id speaks on its engines alone, and tells where none is known',
  ({ id, engines }) => {
    expect(engines).toContain(RULE_PAGES[id].bad.profile?.engine);
    for (const other of ENGINE_NAMES.filter((each) => !engines.includes(each))) {
      // There is no Cilium on Windows, and ACNS enforces policies on Cilium alone.
      const change = other === 'cilium' ? { windowsNodePools: undefined } : { acns: undefined };
      expect({ other, answer: answerOf(id, { ...change, engine: other }) }).toEqual({
        other,
        answer: 'is silent',
      });
    }
    expect(answerOf(id, { engine: undefined })).toBe(
      'the profile does not name the network policy engine of the cluster',
    );
  },
);

test('where the network plugin is one’s own, the engine that comes with it is asked for', () => {
  const profile = { engine: undefined, networkPlugin: 'none' } as const;
  expect(answerOf('no-engine', profile)).toMatch(/byo-cilium, byo-calico or none$/);
});

test.each([
  { rule: 'cilium-end-port', engine: 'cilium', leftOut: 'kubernetesVersion', answer: /Kubernetes version/ },
  { rule: 'cilium-end-port', engine: 'azure', leftOut: 'kubernetesVersion', answer: /^is silent$/ },
  {
    rule: 'npm-windows-policy-skipped',
    engine: 'azure',
    leftOut: 'windowsNodePools',
    answer: /Windows node/,
  },
  {
    rule: 'npm-windows-policy-skipped',
    engine: 'calico',
    leftOut: 'windowsNodePools',
    answer: /^is silent$/,
  },
] as const)('$rule asks for $leftOut on its engine alone: $engine', ({ rule, engine, leftOut, answer }) => {
  expect(answerOf(rule, { engine, [leftOut]: undefined })).toMatch(answer);
});
