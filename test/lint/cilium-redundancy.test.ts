import fc from 'fast-check';
import { diffConnections } from '../../lib/diff/diff-connections';
import { filterChanges } from '../../lib/diff/request-changes';
import { factsOf } from '../../lib/lint/cluster-facts';
import type { HoldsToday, Redundancies } from '../../lib/lint/redundancy';
import { readManifests } from '../../lib/manifests/read-manifests';
import type { PolicyObject } from '../../lib/model/cluster';
import { edited } from '../../lib/model/edit';
import type { FieldPath } from '../../lib/model/field-path';
import { Reachability } from '../../lib/reachability/reachability';
import { policies } from '../cilium/arbitrary';
import { CLUSTER, PROBES, PROFILE } from '../cilium/small-cluster';
import { runs } from '../support/runs';

type Fields = Readonly<Record<string, unknown>>;
type Drawn = PolicyObject & { readonly spec?: Fields };

const SECTIONS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];

/** Policies of all kinds of which much is said twice: whole, for all pods, or with a rule twice or less. */
const repetitive: fc.Arbitrary<readonly Drawn[]> = fc
  .record({
    drawn: policies,
    again: fc.array(
      fc.record({
        of: fc.nat(),
        how: fc.constantFrom('whole', 'for all pods', 'a rule twice', 'a rule less', 'without isolation'),
        isClusterwide: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ drawn, again }) => {
    const own = drawn as unknown as readonly Drawn[];
    const more = again.map(({ of, how, isClusterwide }, i): Drawn => {
      const one = own[of % own.length] as Drawn;
      const isCilium = one.kind !== 'NetworkPolicy';
      const spec = one.spec === undefined ? {} : { spec: changed(one.spec, isCilium, how) };
      return {
        ...one,
        ...spec,
        ...(isCilium && isClusterwide ? { kind: 'CiliumClusterwideNetworkPolicy' } : {}),
        metadata: isCilium && isClusterwide ? { name: `q${i}` } : { ...one.metadata, name: `q${i}` },
      };
    });
    return [...own, ...more];
  });

function changed(spec: Fields, isCilium: boolean, how: string): Fields {
  const rulesOf = (turn: (rules: readonly unknown[]) => readonly unknown[]) => ({
    ...spec,
    ...Object.fromEntries(
      Object.entries(spec).flatMap(([key, rules]) =>
        SECTIONS.includes(key) ? [[key, turn(rules as readonly unknown[])]] : [],
      ),
    ),
  });
  switch (how) {
    case 'for all pods':
      return { ...spec, [isCilium ? 'endpointSelector' : 'podSelector']: {} };
    case 'a rule twice':
      return rulesOf((rules) => [...rules, ...rules.slice(0, 1)]);
    case 'a rule less':
      return rulesOf((rules) => (rules.length > 1 ? rules.slice(1) : rules));
    case 'without isolation':
      return isCilium ? { ...spec, enableDefaultDeny: { ingress: false, egress: false } } : spec;
    default:
      return spec;
  }
}

const judge = (drawn: readonly object[]) =>
  Reachability.of(readManifests([...CLUSTER, ...drawn] as object[], PROFILE).cluster, { profile: PROFILE });

/** The policies without what is redundant, all of it at once. */
function without({ policies: shadowed, rules }: Redundancies, drawn: readonly Drawn[]): readonly Drawn[] {
  const isOf = ({ kind, metadata }: Drawn, each: { readonly kind: string; readonly name: string }) =>
    kind === each.kind && metadata.name === each.name;
  return drawn
    .filter((each) => !shadowed.some(({ policy }) => isOf(each, policy)))
    .map((each) =>
      rules
        .filter(({ policy }) => isOf(each, policy))
        .map(({ rule }) => rule.at)
        .sort(byLastIndex)
        .reduce<Drawn>(
          (left, at) =>
            edited(left, { kind: 'remove', at, of: { kind: each.kind, name: each.metadata.name } }) as Drawn,
          each,
        ),
    );
}

const byLastIndex = (a: FieldPath, b: FieldPath) => Number(b.at(-1)) - Number(a.at(-1));

const answers = (reachability: Reachability) =>
  PROBES.flatMap(({ ask, words }) => {
    const isTcp = ask.port.endsWith('TCP');
    const requests = isTcp
      ? [{}, { http: { method: 'GET', path: '/a/b' } }, { http: { method: 'PUT', path: '/' } }]
      : [{}];
    return requests.map((request) => `${words}: ${reachability.verdict({ ...ask, ...request }).verdict}`);
  });

/** What is in doubt before and after may be in doubt for another reason. */
const changesBetween = (was: Reachability, is: Reachability) =>
  diffConnections(was, is)
    .map(({ change }) => change)
    .filter((change) => change !== 'unknown');

test.each<{ who: string; holdsToday: HoldsToday }>([
  { who: 'any pod', holdsToday: () => false },
  { who: 'the pods of today', holdsToday: () => true },
])(
  'policies without what is redundant for $who say the same',
  ({ who, holdsToday }) => {
    const found = new Map<string, number>();
    fc.assert(
      fc.property(repetitive, (drawn) => {
        const was = judge(drawn);
        const redundancies = factsOf(was).redundancies(holdsToday);
        const { rules, policies: shadowed } = redundancies;
        for (const what of [
          ...rules.map(({ rule }) => rule.action),
          ...shadowed.map(({ policy }) => policy.kind),
        ]) {
          found.set(what, (found.get(what) ?? 0) + 1);
        }
        if (rules.length + shadowed.length > 0) {
          const is = judge(without(redundancies, drawn));
          expect(answers(is)).toEqual(answers(was));
          expect([who === 'any pod' ? changesBetween(was, is) : [], filterChanges(was, is)]).toEqual([
            [],
            [],
          ]);
        }
      }),
      { numRuns: runs(150, 3000) },
    );
    expect(
      ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'NetworkPolicy', 'allow', 'deny'].filter(
        (what) => !found.has(what),
      ),
    ).toEqual([]);
  },
  600_000,
);
