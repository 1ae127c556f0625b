import fc from 'fast-check';
import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { rollout, widget } from '../support/rollout';
import { deployment, policy } from '../support/shop';

/** What pods of a kind reach is as sure as their labels are. */

const selecting = (key: string, more: object = {}) => ({
  podSelector: { matchLabels: { [key]: 'x' } },
  ...more,
});
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });

const verdict = (objects: readonly object[], from: string, to: string) => {
  const { verdict, doubts } = Reachability.of(readManifests([...objects]).cluster).verdict({
    from,
    to,
    port: 80,
  });
  return [verdict, ...doubts.map(({ code }) => code)].join(' ');
};

test.each([
  {
    who: rollout('batch'),
    from: selecting('tier'),
    is: 'denied',
    why: 'a Rollout has the labels of its template',
  },
  {
    who: rollout('batch'),
    from: selecting('rollouts-pod-template-hash'),
    is: 'unknown pod-labels-unknown',
    why: 'and a hash that its template does not tell',
  },
  { who: rollout('batch'), from: app('batch'), is: 'allowed', why: 'which a rule may ask for' },
  {
    who: widget('batch'),
    from: selecting('tier'),
    is: 'unknown pod-labels-unknown',
    why: 'the controller of any other kind may add a label',
  },
  {
    who: widget('batch'),
    from: app('batch'),
    is: 'allowed',
    why: 'beside those of the template, which are there',
  },
  { who: widget('batch'), from: app('other'), is: 'denied', why: 'and are no others' },
  {
    who: widget('batch'),
    from: { podSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } },
    is: 'unknown pod-labels-unknown',
    why: 'so nobody knows that it has none',
  },
  {
    who: widget('batch'),
    from: { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] } },
    is: 'allowed',
    why: 'or another value than it has',
  },
])('$why', ({ who, from, is }) => {
  const db = policy('db', { ...app('db'), policyTypes: ['Ingress'], ingress: [{ from: [from] }] });
  expect(verdict([who, deployment('db'), db], 'shop/batch', 'shop/db')).toBe(is);
});

test.each([
  { who: rollout('batch'), is: 'allowed', why: 'a policy for other labels leaves a Rollout open' },
  {
    who: widget('batch'),
    is: 'unknown pod-labels-unknown',
    why: 'and may be about pods whose labels may be more',
  },
])('$why', ({ who, is }) => {
  const shut = policy('shut', { ...selecting('tier'), policyTypes: ['Ingress'] });
  expect(verdict([who, deployment('web'), shut], 'shop/web', 'shop/batch')).toBe(is);
});

describe('whatever labels a controller adds', () => {
  const VALUES = ['x', 'batch'];
  const requirement = fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.subarray(VALUES, { minLength: 1 }),
  });
  const presence = fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
  });
  const selector = fc.record({
    matchExpressions: fc.array(fc.oneof(requirement, presence), { maxLength: 2 }),
  });
  const spec = fc.record({
    podSelector: selector,
    policyTypes: fc.constant(['Ingress' as const]),
    ingress: fc.array(
      fc.record({ from: fc.array(fc.record({ podSelector: selector }), { minLength: 1, maxLength: 2 }) }),
      {
        maxLength: 2,
      },
    ),
  });

  test('a verdict that is no doubt holds', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), fc.boolean(), (specs, isSender) => {
        const policies = specs.map((each, i) => policy(`p${i}`, each));
        const ends = isSender ? ['shop/batch', 'shop/web'] : ['shop/web', 'shop/batch'];
        const said = (kind: 'Widget' | 'Rollout', labels: object) => {
          const batch = kind === 'Widget' ? widget('batch') : rollout('batch');
          batch.spec.template.metadata.labels = { app: 'batch', ...labels };
          return verdict([batch, deployment('web'), ...policies], ends[0] as string, ends[1] as string);
        };
        const open = said('Widget', {});
        const exact = [{}, ...VALUES.map((tier) => ({ tier }))].map((labels) => said('Rollout', labels));
        expect(open.startsWith('unknown') || exact.every((each) => each === open)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
