import { readManifests } from '../../lib/manifests/read-manifests';
import { Reachability } from '../../lib/reachability/reachability';
import { rollout, widget } from '../support/rollout';
import { deployment, policy } from '../support/shop';

/** Whether pods of a kind reach `shop/db`, and may be reached there, is known as far as their labels are. */

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
