import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App as Cdk8sApp } from 'cdk8s';
import {
  AksCluster,
  KubernetesProvider,
  NetworkPolicyEngineCheck,
  PolicyManifests,
} from 'cdk8s-aks-network-policy/cluster';
import { type App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AksStore } from '../aks-store/aks-store';

const STORE = { clusterName: 'aks-store', resourceGroupName: 'aks-store-rg' };

/** The cluster, with an engine that enforces network policies. */
export class ClusterStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    new AksCluster(this, 'aks', {
      name: STORE.clusterName,
      resourceGroupName: STORE.resourceGroupName,
      location: 'westeurope',
      kubernetesVersion: '1.33',
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.0.0.0/16'],
      nodePools: { user: { vmSize: 'Standard_D4ds_v5', nodeCount: 3 } },
      tags: { workload: 'aks-store' },
    });
  }
}

/** The store with its policies, in a cluster that is there and has an engine. */
export class PolicyStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const engine = new NetworkPolicyEngineCheck(this, 'engine', STORE);
    KubernetesProvider.forCluster(this, 'kubernetes', engine);
    new PolicyManifests(this, 'policies', { chart: new AksStore(new Cdk8sApp(), 'aks-store'), engine });
  }
}

/** Both stacks, the policies after the cluster. */
export function addStacks(app: App): { readonly cluster: ClusterStack; readonly policies: PolicyStack } {
  const cluster = new ClusterStack(app, 'cluster');
  const policies = new PolicyStack(app, 'policies');
  policies.addDependency(cluster);
  return { cluster, policies };
}
