import type { ManagedEngine } from './engines';
import { aksDocs, type FactSource } from './fact-source';

/** How to turn on an engine in a cluster that has none. */
export interface EngineStart {
  /** The options of `az aks update --resource-group … --name …`. */
  readonly options: string;
  readonly needs: string;
  readonly source: FactSource;
}

/** Every change of engine restarts every node on a new image. */
export const ENGINE_CHANGE_COST = 'all node pools are reimaged at once';

export const ENGINE_STARTS: Readonly<Record<ManagedEngine, EngineStart>> = {
  cilium: {
    options: '--network-dataplane cilium',
    needs: 'Azure CNI and no Windows node pools',
    source: aksDocs('update-azure-cni.md'),
  },
  calico: {
    options: '--network-policy calico',
    needs: 'Kubernetes 1.30 or later',
    source: aksDocs('use-network-policies.md'),
  },
  azure: {
    options: '--network-policy azure',
    needs: 'Azure CNI and Kubernetes 1.30 or later',
    source: aksDocs('use-network-policies.md'),
  },
};

export function startCommand(engine: ManagedEngine, resourceGroupName: string, clusterName: string): string {
  const { options } = ENGINE_STARTS[engine];
  return `az aks update --resource-group ${resourceGroupName} --name ${clusterName} ${options}`;
}
