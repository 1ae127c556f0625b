import fc from 'fast-check';
import { AZURE_CLOUDS } from '../../lib/aks/clouds';
import type { AksClusterProfile } from '../../lib/aks/cluster-profile';
import { COMBINATIONS } from '../../lib/aks/combinations';
import { ENGINE_NAMES } from '../../lib/aks/engines';
import { formatAddress, formatCidr } from '../../lib/model/cidr';

const known = <T>(values: readonly T[]) => fc.constantFrom(...values);

const address = fc.nat({ max: 0xffffffff }).map((value) => formatAddress(4, BigInt(value)));
const cidr = fc.oneof(
  fc
    .tuple(fc.nat({ max: 0xffff }), fc.integer({ min: 16, max: 32 }))
    .map(([net, prefixLength]) => formatCidr({ family: 4, first: BigInt(net) << 16n, prefixLength })),
  fc
    .nat({ max: 0xffff })
    .map((net) => formatCidr({ family: 6, first: BigInt(net) << 112n, prefixLength: 48 })),
);
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const managedPolicy = known(['AllowAll', 'AllowSameNamespace', 'DenyAll'] as const);

/** Every profile that can be written down, with any of its fields unknown. */
export const profiles: fc.Arbitrary<AksClusterProfile> = fc
  .record(
    {
      engine: known(ENGINE_NAMES),
      dataPlane: known(['azure', 'cilium'] as const),
      networkPlugin: known(['azure', 'kubenet', 'none'] as const),
      networkPluginMode: known(['overlay', 'none'] as const),
      kubernetesVersion: fc
        .tuple(fc.integer({ min: 20, max: 49 }), fc.option(fc.nat({ max: 20 })))
        .map(([minor, patch]) => (patch === null ? `1.${minor}` : `1.${minor}.${patch}`)),
      windowsNodePools: fc.array(name, { maxLength: 3 }),
      localDns: fc.boolean(),
      podCidrs: fc.array(cidr, { maxLength: 2 }),
      serviceCidrs: fc.array(cidr, { maxLength: 2 }),
      nodeCidrs: fc.array(cidr, { maxLength: 2 }),
      apiServerAddresses: fc.array(address, { maxLength: 2 }),
      cloud: known(AZURE_CLOUDS),
      acns: known(['None', 'FQDN', 'L7'] as const),
      managedNamespaces: fc.array(
        fc.record({ name, ingress: managedPolicy, egress: managedPolicy }, { requiredKeys: ['name'] }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .filter((profile) => COMBINATIONS.every(({ brokenBy }) => !brokenBy(profile)));
