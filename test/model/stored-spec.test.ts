import type { NetworkPolicy } from '../../lib/model/network-policy';
import { storedSpec } from '../../lib/model/stored-spec';
import answers from '../corpus/api-server-answers.json';

const accepted = answers.cases.filter(({ status }) => status === 201);

test.each(accepted)('$name is stored as a real server stored it', ({ policy, storedSpec: stored }) => {
  expect(storedSpec((policy as NetworkPolicy).spec)).toEqual(stored);
});

test.each([
  { why: 'no spec at all', spec: undefined, stored: { podSelector: {}, policyTypes: ['Ingress'] } },
  {
    why: 'nulls everywhere the server takes them',
    spec: {
      podSelector: { matchLabels: { app: null }, matchExpressions: null },
      ingress: [null, { ports: [null], from: null }],
      egress: null,
      policyTypes: null,
    },
    stored: {
      podSelector: { matchLabels: { app: '' } },
      ingress: [{}, { ports: [{ protocol: 'TCP' }] }],
      policyTypes: ['Ingress'],
    },
  },
])('$why reads as Go reads it', ({ spec, stored }) => {
  expect(storedSpec(spec as never)).toEqual(stored);
});
