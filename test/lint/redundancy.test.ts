import fc from 'fast-check';
import { factsOf } from '../../lib/lint/cluster-facts';
import type { HoldsToday, Redundancies } from '../../lib/lint/redundancy';
import type { Cluster, PolicyEntry } from '../../lib/model/cluster';
import type { EngineProfile } from '../../lib/model/engine-profile';
import { networkPoliciesIn, networkPolicyEntry } from '../../lib/model/network-policy-entry';
import { sectionOf } from '../../lib/model/policy-rules';
import { Reachability } from '../../lib/reachability/reachability';
import {
  cluster,
  DUAL_STACK,
  entriesOf,
  namespacedSpec,
  OUTSIDE,
  partlyKnown,
} from '../reachability/arbitrary';
import { podsOf } from '../reachability/reference';
import { type Guard, guard, pods, tcp } from '../support/guard';
import { read } from '../support/shop-cluster';

/** A cluster in which much is said twice: some of the specs stand there again, whole or with a rule less. */
const repetitive = fc
  .record({
    of: cluster,
    specs: fc.array(namespacedSpec, { minLength: 1, maxLength: 3 }),
    again: fc.array(fc.record({ of: fc.nat(), isWhole: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ of, specs, again }) => {
    const repeated = again.map(({ of: i, isWhole }) => {
      const { namespace, spec } = specs[i % specs.length] as (typeof specs)[number];
      return { namespace, spec: isWhole ? spec : { ...spec, ingress: (spec.ingress ?? []).slice(1) } };
    });
    return { ...of, policies: entriesOf([...specs, ...repeated]) };
  });

/** All rules, or some of them, may rest on the pods of today. */
const someHoldToday = fc.constantFrom<HoldsToday>(
  () => true,
  ({ rule }) => (rule.at.at(-1) as number) % 2 === 0,
);

/** The cluster without its redundant policies and rules, all of them at once. */
function without({ policies: shadowed, rules }: Redundancies, of: Cluster): Cluster {
  const isGone = (entry: PolicyEntry) => shadowed.some(({ policy }) => policy === entry);
  return {
    ...of,
    policies: networkPoliciesIn(of)
      .filter((entry) => !isGone(entry))
      .map((entry) => {
        const { spec = {} } = entry.written;
        const stays = (direction: 'Ingress' | 'Egress') => (_: unknown, i: number) =>
          !rules.some(
            (each) => each.policy === entry && each.rule === sectionOf(entry.rules, direction).rules[i],
          );
        const left = {
          ...spec,
          ...(spec.ingress == null ? {} : { ingress: spec.ingress.filter(stays('Ingress')) }),
          ...(spec.egress == null ? {} : { egress: spec.egress.filter(stays('Egress')) }),
        };
        return networkPolicyEntry({ ...entry.written, spec: left });
      }),
  };
}

function answers(of: Cluster, profile: EngineProfile): string[] {
  const reachability = Reachability.of(of, { profile });
  const ends = [...podsOf(of), ...OUTSIDE].map(({ name }) => name);
  return ends.flatMap((from) =>
    ends.map((to) => {
      const { ports, possiblePorts } = reachability.verdict({ from, to });
      return `${from} to ${to}: ${ports}, perhaps ${possiblePorts}`;
    }),
  );
}

test.each(['specification', 'azure', 'calico', 'cilium'] as const)(
  'what is redundant can be taken out together without any connection changing: %s',
  (name) => {
    const profile = { ...DUAL_STACK.profile, ...(name === 'specification' ? {} : { engine: name }) };
    let found = 0;
    fc.assert(
      fc.property(repetitive, fc.boolean(), someHoldToday, (whole, isPartly, holdsToday) => {
        const of = isPartly ? partlyKnown(whole) : whole;
        const redundancies = factsOf(Reachability.of(of, { profile })).redundancies(holdsToday);
        found += redundancies.policies.length + redundancies.rules.length;
        expect(answers(without(redundancies, of), profile)).toEqual(answers(of, profile));
      }),
      { numRuns: 100 },
    );
    expect(found).toBeGreaterThan(50);
  },
);

describe('of two policies that say the same', () => {
  const shop = { namespaces: 'shop', pods: { matchLabels: { app: 'db' } } };
  const web = pods({ app: 'web' }, 'shop');
  const plain: Omit<Guard, 'name'> = {
    subject: shop,
    isolates: ['Ingress'],
    ingress: [{ action: 'allow', peers: [web], ports: [tcp(5432)] }],
  };
  const found = (a: Omit<Guard, 'name'>, b: Omit<Guard, 'name'>) => {
    const policies = [guard({ ...a, name: 'a' }), guard({ ...b, name: 'b' })].map((entry) => ({
      ...entry,
      namespace: 'shop',
    }));
    const facts = factsOf(Reachability.of({ ...read(), policies }));
    const { policies: shadowed, rules } = facts.redundancies(() => false);
    return {
      policies: shadowed.map(({ policy, by }) => [policy.name, ...by.map(({ name }) => name)]),
      rules: rules.map(({ policy, by }) => [policy.name, ...by.map((place) => place.policy.name)]),
    };
  };
  const none = { policies: [], rules: [] };

  test('the later one is redundant', () => {
    expect(found(plain, plain)).toEqual({ policies: [['b', 'a']], rules: [] });
  });

  test('the later one is redundant also where the other means more, whether or not its pods are there', () => {
    const more = {
      ...plain,
      ingress: [{ action: 'allow' as const, peers: [pods({ app: 'new' }, 'mon'), web] }],
    };
    expect(found(more, plain)).toEqual({ policies: [['b', 'a']], rules: [] });
  });

  test.each<{ why: string; are: Omit<Guard, 'name'> }>([
    { why: 'are about the whole cluster', are: { ...plain, subject: { ...shop, namespaces: {} } } },
    { why: 'deny', are: { ...plain, ingress: [{ action: 'deny', peers: [web], ports: [tcp(5432)] }] } },
    { why: 'allow without a default deny', are: { ...plain, isolates: [] } },
  ])('the later one is redundant when they $why', ({ are }) => {
    expect(found(are, are)).toEqual({ policies: [['b', 'a']], rules: [] });
  });

  test('one that is about fewer pods, or does not isolate, is redundant beside one that says more', () => {
    const everywhere = { ...plain, subject: { ...shop, namespaces: {} } };
    const open = { ...plain, isolates: [] };
    const isShadowed = { policies: [['b', 'a']], rules: [] };
    expect([found(everywhere, plain), found(plain, open)]).toEqual([isShadowed, isShadowed]);
    // The rule of the later one is, but not its isolation.
    expect(found(open, plain)).toEqual({ policies: [['a', 'b']], rules: [] });
  });

  test('one that denies is not redundant beside one that allows, nor the other way round', () => {
    const denying = {
      ...plain,
      ingress: [{ action: 'deny' as const, peers: [web], ports: [tcp(5432)] }],
    };
    expect([found(plain, denying), found(denying, plain)]).toEqual([none, none]);
  });

  test.each<{ why: string; are: Omit<Guard, 'name'> }>([
    { why: 'stand in another tier', are: { ...plain, tier: 'admin' } },
    { why: 'are asked after others', are: { ...plain, tier: 'baseline' } },
    { why: 'have a priority', are: { ...plain, priority: 1 } },
    { why: 'pass on', are: { ...plain, ingress: [{ action: 'pass', peers: [web], ports: [tcp(5432)] }] } },
  ])('neither is when they $why, nor beside one that does not', ({ are }) => {
    expect([found(are, are), found(plain, are), found(are, plain)]).toEqual([none, none, none]);
  });

  test('neither is when they mean the same labels in two namespaces', () => {
    const ofMon = { ...plain, ingress: [{ action: 'allow' as const, peers: [pods({ app: 'web' }, 'mon')] }] };
    const ofShop = { ...plain, ingress: [{ action: 'allow' as const, peers: [web] }] };
    expect([found(ofMon, ofShop), found(ofShop, ofMon)]).toEqual([none, none]);
  });
});
