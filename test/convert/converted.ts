import type { Conversion, Manifest, TwinKind } from '../../lib/convert/conversion';
import { convertPolicies } from '../../lib/convert/convert-policies';

export const netpol = (spec: object, metadata: object = { name: 'a', namespace: 'shop' }): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec,
});

export const cnp = (spec: object, more: object = {}): Manifest => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'a', namespace: 'shop' },
  spec,
  ...more,
});

export const ccnp = (spec: object): Manifest =>
  cnp(spec, { kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'a' } });

/** What one policy becomes where nothing else is known. */
export function converted(policy: Manifest, to: TwinKind): Conversion {
  return convertPolicies([policy], { to })[0] as Conversion;
}

/** The specs of its twins; expects that it has some. */
export function specsOf(policy: Manifest, to: TwinKind): readonly unknown[] {
  const { twins, problems } = converted(policy, to);
  expect(problems).toEqual([]);
  return twins.map(({ spec }) => spec);
}
