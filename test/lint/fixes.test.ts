import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { RULES } from '../../lib/lint/catalogue';
import type { LintRule } from '../../lib/lint/lint-rule';
import type { PolicyObject } from '../../lib/model/cluster';
import type { LintFinding } from '../../lib/model/finding';
import { applied, cuts, editsOf, findings, type Given, givenBy, worse } from './apply-fix';
import { REACH_VARIANTS } from './fix-variants';
import { CALLER_VARIANTS } from './fix-variants-callers';
import { CILIUM_VARIANTS } from './fix-variants-cilium';
import { WRITTEN_VARIANTS } from './fix-variants-written';
import { BRINGS, BY_HAND, CLOSES, type Shut } from './mended';
import { RULE_PAGES } from './pages';

/**
 * Every fix of every rule, applied to the bad example of the rule and judged again, by the specification and on each
 * engine on which the rule speaks: the finding is gone, nothing as serious came, and nothing is shut that the fix is not
 * about.
 */

/** What is known beside the objects of a variant. */
const NOTHING = { manifests: '' };

/** So much is known of each cluster, beside what the example says. */
const KNOWN: AksClusterProfile = {
  podCidrs: ['10.244.0.0/16'],
  nodeCidrs: ['10.224.0.0/16'],
  apiServerAddresses: ['20.50.1.2'],
  networkPlugin: 'azure',
};

interface Fixed {
  readonly rule: LintRule;
  readonly why: string;
  readonly engine: string;
  readonly finding: LintFinding;
  readonly before: Given;
  readonly after: Given;
  readonly closes: readonly Shut[] | undefined;
  readonly isByHand: boolean;
}

const FIXED: readonly Fixed[] = [
  ...RULES.flatMap((rule) => {
    const { bad } = RULE_PAGES[rule.id];
    const given = givenBy(bad);
    const closes = CLOSES[rule.id];
    return clustersOf(bad.profile).flatMap((profile) =>
      fixesOf(rule, { ...given, profile }).map((fix) => ({ ...fix, why: 'its example', closes })),
    );
  }),
  ...[...REACH_VARIANTS, ...CALLER_VARIANTS, ...WRITTEN_VARIANTS, ...CILIUM_VARIANTS].flatMap(
    ({ rule: id, why, objects, profile: own, on, closes }) => {
      const rule = RULES.find((each) => each.id === id) as LintRule;
      return clustersOf(own)
        .filter(({ engine }) => on === undefined || on.includes(engine))
        .flatMap((profile) =>
          fixesOf(rule, { ...givenBy(NOTHING), objects: objects as readonly PolicyObject[], profile }),
        )
        .map((fix) => ({ ...fix, why, closes }));
    },
  ),
];

/** The cluster as it is known, and with each of the engines. */
function clustersOf(given: AksClusterProfile = {}): readonly AksClusterProfile[] {
  const { windowsNodePools, ...own } = given;
  // ACNS enforces policies on Cilium alone.
  const { acns, ...others } = given;
  const profiles: readonly AksClusterProfile[] = [
    given,
    { ...others, engine: 'azure' },
    { ...others, engine: 'calico' },
    // There is no Cilium on Windows.
    { ...own, engine: 'cilium' },
  ];
  const byEngine = new Map(profiles.map((profile) => [profile.engine, profile]));
  return [...byEngine.values()].map((profile) => ({ ...KNOWN, ...profile }));
}

function fixesOf(rule: LintRule, before: Given): readonly Omit<Fixed, 'why' | 'closes'>[] {
  const { engine = 'the specification' } = before.profile;
  return findings(before)
    .filter((finding) => finding.rule === rule.id)
    .map((finding) => {
      const edits = editsOf(finding, before);
      const isByHand = edits === undefined;
      const after = isByHand ? byHand(rule, before) : { ...before, objects: applied(before.objects, edits) };
      return { rule, engine, finding, before, after, isByHand };
    });
}

function byHand({ id }: LintRule, before: Given): Given {
  const mended = BY_HAND[id]?.(before.profile);
  if (mended === undefined) {
    throw new Error(`${id} has a fix without edits: apply it in mended.ts`);
  }
  const profile = mended.profile === undefined ? before.profile : { ...KNOWN, ...mended.profile };
  return { ...givenBy({ ...RULE_PAGES[id].bad, ...mended }), profile };
}

test.each(FIXED)('$rule.id, $why: the fix mends it on $engine', ({ rule, before, after }) => {
  const count = (given: Given) => findings(given).filter((finding) => finding.rule === rule.id).length;
  expect(count(after)).toBeLessThan(count(before));
});

test.each(FIXED)(
  '$rule.id, $why: nothing as serious comes with the fix on $engine',
  ({ rule, finding, before, after }) => {
    const known = (BRINGS[rule.id] ?? []).map((each) => each.finding);
    expect(worse(before, after, finding).filter((each) => !known.includes(each))).toEqual([]);
  },
);

const linesOf = (shut: readonly Shut[] = []) =>
  shut.flatMap(({ from, to, ports }) => from.flatMap((a) => to.map((b) => `${a} → ${b}: ${ports}`)));

const cutBy = new Map(RULES.map(({ id }) => [id, new Set<string>()]));

test.each(FIXED)(
  '$rule.id, $why: the fix shuts only what it is about on $engine',
  ({ rule, before, after, closes }) => {
    const cut = cuts(before, after);
    for (const each of cut) {
      cutBy.get(rule.id)?.add(each);
    }
    expect(cut.filter((each) => !linesOf(closes).includes(each))).toEqual([]);
  },
);

test('what a fix is to shut is shut by it', () => {
  const stale = Object.entries(CLOSES).flatMap(([id, closes]) =>
    linesOf(closes)
      .filter((each) => !cutBy.get(id as LintRule['id'])?.has(each))
      .map((each) => `${id}: ${each}`),
  );
  expect(stale).toEqual([]);
});

test('what comes with a fix is found after it', () => {
  const stale = Object.entries(BRINGS).flatMap(([id, brings]) =>
    brings.filter(
      ({ finding }) =>
        !FIXED.some(
          (each) => each.rule.id === id && worse(each.before, each.after, each.finding).includes(finding),
        ),
    ),
  );
  expect(stale).toEqual([]);
});

test('every rule has a fix that is applied, and none is applied by hand that tells its edits', () => {
  expect(RULES.filter((rule) => !FIXED.some((each) => each.rule === rule)).map(({ id }) => id)).toEqual([]);
  const chosen = new Set(FIXED.filter(({ isByHand }) => isByHand).map(({ rule }) => rule.id));
  expect(Object.keys(BY_HAND).filter((id) => !chosen.has(id as LintRule['id']))).toEqual([]);
});
