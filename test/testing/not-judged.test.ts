import { checkAllows, checkDenies, checkIsolates, withProfile } from '../../lib/analysis';
import { cilium } from '../support/other-policies';
import { SHOP } from '../support/shop';

/** A CiliumNetworkPolicy about the pods of each. */
const BOTH = [...SHOP, cilium('db'), cilium('web')];
const SAYS = {
  policy:
    'CiliumNetworkPolicy shop/db-cilium is not judged (spec.endpointSelector is not understood) and may decide this',
};

test.each([
  { why: 'to allow', check: checkAllows, port: 5432 },
  { why: 'to deny', check: checkDenies, port: 80 },
])('a claim $why fails and is not certain beside a policy that nobody judges', ({ check, port }) => {
  const beside = check(BOTH, 'shop/web', 'shop/db', port);
  expect(beside).toMatchObject({ pass: false, certain: false });
  expect(beside.message).toContain(SAYS.policy);
  const enforcing = withProfile(BOTH, { engine: 'azure' });
  expect(check(enforcing, 'shop/web', 'shop/db', port)).toMatchObject({ pass: true, certain: true });
});

test.each([
  {
    why: 'is certain where a policy isolates that is judged, which alone is named',
    workload: 'shop/db',
    check: {
      pass: true,
      certain: true,
      message: 'shop/db is isolated for ingress by policy shop/db-ingress.',
    },
  },
  {
    why: 'is not known where only the other may',
    workload: 'shop/web',
    check: {
      pass: false,
      certain: false,
      message:
        'It is not known whether shop/web is isolated for ingress: that depends on CiliumNetworkPolicy shop/web-cilium.',
    },
  },
])('isolation $why', ({ workload, check }) => {
  expect(checkIsolates(BOTH, workload, 'Ingress')).toEqual(check);
});
