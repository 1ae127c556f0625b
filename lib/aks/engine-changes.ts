import type { ManagedEngine } from './engines';
import { aksDocs, type Source } from './fact-source';

/** How an engine is turned on in a cluster that runs without one, and what it costs. */
export interface EngineStart {
  /** What follows `az aks update --resource-group … --name …`. */
  readonly options: string;
  /** What must hold before. */
  readonly needs: string;
  readonly source: Source;
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

/** The command that turns an engine on. */
export function startCommand(engine: ManagedEngine, resourceGroupName: string, clusterName: string): string {
  const { options } = ENGINE_STARTS[engine];
  return `az aks update --resource-group ${resourceGroupName} --name ${clusterName} ${options}`;
}
