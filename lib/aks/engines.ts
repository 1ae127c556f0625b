import type { EngineName } from '../model/engine-profile';
import { aksDocs, type FactSource } from './fact-source';

/** The engines that AKS installs and ARM shows. */
export const MANAGED_ENGINES = ['azure', 'calico', 'cilium'] as const satisfies readonly EngineName[];
export type ManagedEngine = (typeof MANAGED_ENGINES)[number];

export const DATA_PLANES = ['azure', 'cilium'] as const;
export type DataPlane = (typeof DATA_PLANES)[number];

export const NETWORK_PLUGINS = ['azure', 'kubenet', 'none'] as const;
export type NetworkPlugin = (typeof NETWORK_PLUGINS)[number];

/** `overlay`: pods have addresses from a private range; `none`: no mode set, pods have addresses from a subnet. */
export const NETWORK_PLUGIN_MODES = ['overlay', 'none'] as const;
export type NetworkPluginMode = (typeof NETWORK_PLUGIN_MODES)[number];

/** An engine, and what AKS accepts together with it. */
export interface EngineFacts {
  /** Its name in sentences. */
  readonly label: string;
  readonly networkPlugins: readonly NetworkPlugin[];
  readonly dataPlane: DataPlane;
  /** Whether the cluster may have Windows node pools. */
  readonly windowsNodePools: boolean;
  readonly sources: readonly FactSource[];
}

const ENGINE_TABLE = [aksDocs('use-network-policies.md'), aksDocs('azure-cni-powered-by-cilium.md')];
const BYO_CNI = [aksDocs('use-byo-cni.md'), aksDocs('support-policies.md')];

export const ENGINES: Readonly<Record<EngineName, EngineFacts>> = {
  none: {
    label: 'no network policy engine',
    networkPlugins: ['azure', 'kubenet', 'none'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  azure: {
    label: 'Azure Network Policy Manager',
    networkPlugins: ['azure'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  calico: {
    label: 'Calico',
    networkPlugins: ['azure', 'kubenet'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: ENGINE_TABLE,
  },
  cilium: {
    label: 'Cilium',
    networkPlugins: ['azure'],
    dataPlane: 'cilium',
    windowsNodePools: false,
    sources: ENGINE_TABLE,
  },
  'byo-calico': {
    label: 'Calico of your own',
    networkPlugins: ['none', 'azure', 'kubenet'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: BYO_CNI,
  },
  'byo-cilium': {
    label: 'Cilium of your own',
    networkPlugins: ['none', 'azure'],
    dataPlane: 'azure',
    windowsNodePools: true,
    sources: BYO_CNI,
  },
};

export const ENGINE_NAMES = Object.keys(ENGINES) as readonly EngineName[];

/** Whether AKS itself installs the engine, so that ARM shows it. */
export function isManagedEngine(engine: EngineName): engine is ManagedEngine {
  return (MANAGED_ENGINES as readonly EngineName[]).includes(engine);
}

/** Whether the engine is Cilium, installed by AKS or by somebody else. */
export function isCiliumEngine(engine: EngineName | undefined): boolean {
  return engine === 'cilium' || engine === 'byo-cilium';
}
