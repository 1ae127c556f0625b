import { aksDocs, type Source } from './source';

/**
 * What enforces network policies on a cluster. ARM knows the first four; it shows `none` for the two that
 * somebody installed in the cluster.
 */
export type Engine = 'none' | 'azure' | 'calico' | 'cilium' | 'byo-calico' | 'byo-cilium';

/** The engines that AKS installs and ARM shows. */
export type ManagedEngine = 'azure' | 'calico' | 'cilium';

export type DataPlane = 'azure' | 'cilium';
export type NetworkPlugin = 'azure' | 'kubenet' | 'none';

/** `overlay`: pods have addresses of their own; `none`: no mode set, pods get addresses from a subnet. */
export type NetworkPluginMode = 'overlay' | 'none';

/** What the service accepts beside an engine. */
export interface EngineFacts {
  /** Its name in a sentence. */
  readonly label: string;
  readonly managed: boolean;
  readonly networkPlugins: readonly NetworkPlugin[];
  readonly dataPlane: DataPlane;
  /** Whether the cluster may have Windows node pools. */
  readonly windowsNodePools: boolean;
  readonly sources: readonly Source[];
}

const ENGINE_TABLE = [aksDocs('use-network-policies.md'), aksDocs('azure-cni-powered-by-cilium.md')];
const BYO_CNI = [aksDocs('use-byo-cni.md'), aksDocs('support-policies.md')];

/** The engines of AKS and what each needs. */
export const ENGINES: Readonly<Record<Engine, EngineFacts>> = {
  none: {
    label: 'no network policy engine',
    managed: false,
    networkPlugins: ['azure', 'kubenet', 'none'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  azure: {
    label: 'Azure Network Policy Manager',
    managed: true,
    networkPlugins: ['azure'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  calico: {
    label: 'Calico',
    managed: true,
    networkPlugins: ['azure', 'kubenet'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  cilium: {
    label: 'Cilium',
    managed: true,
    networkPlugins: ['azure'],
    dataPlane: 'cilium',
    windowsNodePools: false,
    sources: ENGINE_TABLE,
  },
  'byo-calico': {
    label: 'Calico of your own',
    managed: false,
    networkPlugins: ['none', 'azure', 'kubenet'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: BYO_CNI,
  },
  'byo-cilium': {
    label: 'Cilium of your own',
    managed: false,
    networkPlugins: ['none', 'azure'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: BYO_CNI,
  },
};

export const ENGINE_NAMES = Object.keys(ENGINES) as readonly Engine[];
export const MANAGED_ENGINES: readonly ManagedEngine[] = ['azure', 'calico', 'cilium'];

/** Whether AKS itself installs the engine, so that ARM shows it. */
export function isManagedEngine(engine: Engine): engine is ManagedEngine {
  return ENGINES[engine].managed;
}
