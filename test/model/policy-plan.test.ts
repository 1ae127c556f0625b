import type { PolicyEntry } from '../../lib/model/cluster';
import { FIELD_MANAGER } from '../../lib/model/ownership';
import { planPolicies } from '../../lib/model/policy-plan';

const OURS = [{ manager: FIELD_MANAGER, operation: 'Apply' }];

function entry(name: string, spec: object, metadata: object = {}, namespace = 'shop'): PolicyEntry {
  return {
    namespace,
    name,
    policy: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace, ...metadata },
      spec,
    },
  };
}
const denied = { podSelector: {}, policyTypes: ['Ingress'] };
const open = { ...denied, ingress: [{}] };

test.each([
  { why: 'a policy that is not there is created', live: [], steps: ['create shop/a '] },
  {
    why: 'one that differs is changed',
    live: [entry('a', open, { managedFields: OURS })],
    steps: ['change shop/a spec.ingress'],
  },
  {
    why: 'one that differs in what the server writes by default is as wanted',
    live: [entry('a', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] }, { managedFields: OURS })],
    steps: [],
  },
  { why: 'one that nobody owns is taken over', live: [entry('a', denied)], steps: ['change shop/a owner'] },
])('$why', ({ live, steps }) => {
  const plan = planPolicies([entry('a', denied)], live);
  expect(
    plan.steps.map(({ action, policy, fields }) => `${action} ${policy.namespace}/${policy.name} ${fields}`),
  ).toEqual(steps);
});

test('what allows comes before what only denies, so that half a plan cuts nothing', () => {
  const { steps } = planPolicies([entry('a', denied), entry('b', open)], []);
  expect(steps.map(({ policy }) => policy.name)).toEqual(['b', 'a']);
});

test('surplus is what code owns in the namespaces that are spoken of', () => {
  const { surplus } = planPolicies(
    [entry('a', denied)],
    [
      entry('gone', denied, { managedFields: OURS }),
      entry('foreign', denied),
      entry('elsewhere', denied, { managedFields: OURS }, 'other'),
    ],
  );
  expect(surplus.map(({ name }) => name)).toEqual(['gone']);
});
