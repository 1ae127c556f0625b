import { checkAllowsOnly } from '../../lib/testing/check-allows-only';
import { CROWDED } from '../support/crowded';
import { deployment, policy } from '../support/shop';

test('what is too much among hundreds takes a line for each fact', () => {
  const { message } = checkAllowsOnly(CROWDED, []);
  expect(message).toMatchSnapshot();
  expect(message.split('\n').length).toBeLessThan(35);
});

test('many lines are counted', () => {
  const apart = Array.from({ length: 30 }, (_, i) => [
    deployment(`app-${i}`),
    policy(`own-${i}`, {
      podSelector: { matchLabels: { app: `app-${i}` } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ ipBlock: { cidr: `203.0.113.${i}/32` } }] }],
    }),
  ]).flat();
  const lines = checkAllowsOnly(apart, []).message.split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([22, '  and 10 more']);
});
