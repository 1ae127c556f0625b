import { AksCluster, AksClusterProfile, type AksClusterProps } from '../../../lib/cluster';
import { diagnostics } from '../tools/messages';
import { planAgainst } from './plan';
import { type AzureStandIn, azureStandIn } from './stand-in';

let azure: AzureStandIn;
beforeAll(async () => {
  azure = await azureStandIn(() => ({}));
});
afterAll(() => azure.close());

test.each<{ why: string; props: Partial<AksClusterProps> }>([
  { why: 'cilium', props: { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.1.0.0/16'], acns: 'FQDN' } },
  {
    why: 'calico with Windows nodes',
    props: {
      engine: 'calico',
      nodePools: { win1: { vmSize: 'Standard_D4ds_v5', osType: 'Windows', nodeCount: 2 } },
    },
  },
  { why: 'calico on kubenet', props: { engine: 'calico', networkPlugin: 'kubenet' } },
  { why: 'azure', props: { engine: 'azure' } },
])(
  'the provider’s own checks let a cluster with $why be planned, which has the profile that was foretold',
  async ({ props }) => {
    let foretold: AksClusterProfile = {};
    await planAgainst(
      azure,
      (stack) => {
        const cluster = new AksCluster(stack, 'aks', {
          name: 'shop',
          location: 'westeurope',
          resourceGroupName: 'shop-rg',
          kubernetesVersion: '1.33',
          ...props,
        });
        cluster.resource.addOverride('node_provisioning_profile', [{ mode: 'Manual' }]);
        foretold = cluster.profile;
      },
      (place, { status, stdout }) => {
        expect({ status, diagnostics: diagnostics(stdout) }).toEqual({ status: 0, diagnostics: [] });
        const { acns, windowsNodePools, ...planned } = AksClusterProfile.fromTerraform(
          place.terraform('show', '-json', 'saved').stdout,
        );
        expect(foretold).toMatchObject(planned);
        expect(windowsNodePools ?? []).toEqual(foretold.windowsNodePools);
        // The provider cannot tell FQDN from L7.
        expect(acns).toBe(foretold.acns === 'None' ? 'None' : undefined);
      },
    );
  },
);
