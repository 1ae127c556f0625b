import { placeOf, type Spot } from '../model/place';
import { type ProblemCode, type Problems, show } from '../model/problem';
import type { AksClusterProfile } from './cluster-profile';
import { ENGINES } from './engines';
import { aksDocs, type FactSource } from './fact-source';

/** Settings that AKS refuses together. Unknown fields count as allowed. */
export interface Combination {
  readonly code: ProblemCode;
  /** AKS's own code for the refusal, if it is known. */
  readonly subCode?: string;
  /** The field to change. */
  readonly field: keyof AksClusterProfile;
  readonly problem: string;
  readonly fix: string;
  readonly brokenBy: (profile: AksClusterProfile) => boolean;
  readonly source: FactSource;
}

const engineFacts = (profile: AksClusterProfile) =>
  profile.engine === undefined ? undefined : ENGINES[profile.engine];

/** All refused combinations, the most specific first. */
export const COMBINATIONS: readonly Combination[] = [
  {
    code: 'cilium-data-plane-missing',
    subCode: 'NetworkPolicyCiliumRequiresCiliumDataplane',
    field: 'dataPlane',
    problem: 'the policy engine cilium needs the data plane cilium',
    fix: 'write the data plane cilium',
    brokenBy: ({ engine, dataPlane }) => engine === 'cilium' && dataPlane === 'azure',
    source: { from: 'AdminTurnedDevOps/DevOps-The-Hard-Way-Azure#1', read: '2026-11-22' },
  },
  {
    code: 'cilium-policy-missing',
    subCode: 'CiliumDataplaneRequiresNetworkPolicyCilium',
    field: 'engine',
    problem: 'the data plane cilium needs the policy engine cilium',
    fix: 'write the engine cilium, or the data plane azure',
    brokenBy: ({ engine, dataPlane }) =>
      dataPlane === 'cilium' && engine !== undefined && engine !== 'cilium',
    source: { from: 'Azure/AKS-Construction#535', read: '2026-11-22' },
  },
  {
    code: 'azure-policy-on-kubenet',
    subCode: 'NetworkPolicyAzureNotSupportedForKubenet',
    field: 'networkPlugin',
    problem: 'the policy engine azure does not run on the network plugin kubenet',
    fix: 'write the network plugin azure, or the engine calico',
    brokenBy: ({ engine, networkPlugin }) => engine === 'azure' && networkPlugin === 'kubenet',
    source: { from: 'coder/docs#1091', read: '2026-11-22' },
  },
  {
    code: 'plugin-not-for-engine',
    field: 'networkPlugin',
    problem: 'the policy engine does not run on this network plugin',
    fix: 'write the network plugin azure, or an engine of your own (byo-calico, byo-cilium) with the plugin none',
    brokenBy: (profile) => {
      const { networkPlugin } = profile;
      const networkPlugins = engineFacts(profile)?.networkPlugins;
      return networkPlugin !== undefined && networkPlugins?.includes(networkPlugin) === false;
    },
    source: aksDocs('use-network-policies.md'),
  },
  {
    code: 'cilium-data-plane-without-azure-cni',
    field: 'networkPlugin',
    problem: 'the data plane cilium needs the network plugin azure',
    fix: 'write the network plugin azure, with the mode overlay or a subnet for pods',
    brokenBy: ({ dataPlane, networkPlugin }) =>
      dataPlane === 'cilium' && networkPlugin !== undefined && networkPlugin !== 'azure',
    source: aksDocs('azure-cni-powered-by-cilium.md'),
  },
  {
    code: 'overlay-without-azure-cni',
    field: 'networkPluginMode',
    problem: 'the plugin mode overlay needs the network plugin azure',
    fix: 'write the network plugin azure, or leave the mode out',
    brokenBy: ({ networkPlugin, networkPluginMode }) =>
      networkPluginMode === 'overlay' && networkPlugin !== undefined && networkPlugin !== 'azure',
    source: aksDocs('azure-cni-overlay.md'),
  },
  {
    code: 'windows-not-for-engine',
    field: 'windowsNodePools',
    problem: 'the policy engine cilium runs on Linux nodes only',
    fix: 'leave the Windows node pools out, or write the engine calico with the data plane azure',
    brokenBy: (profile) =>
      (profile.windowsNodePools?.length ?? 0) > 0 && engineFacts(profile)?.windowsNodePools === false,
    source: aksDocs('azure-cni-powered-by-cilium.md'),
  },
  {
    code: 'windows-on-kubenet',
    field: 'windowsNodePools',
    problem: 'the network plugin kubenet has no Windows node pools',
    fix: 'leave the Windows node pools out, or write the network plugin azure',
    brokenBy: ({ networkPlugin, windowsNodePools }) =>
      networkPlugin === 'kubenet' && (windowsNodePools?.length ?? 0) > 0,
    source: aksDocs('configure-kubenet.md'),
  },
  {
    code: 'acns-without-cilium',
    field: 'acns',
    problem: 'the FQDN and L7 policies of Advanced Container Networking Services need the data plane cilium',
    fix: 'write acns None, or the engine and the data plane cilium',
    brokenBy: (profile) => {
      const { acns, dataPlane } = profile;
      const plane = dataPlane ?? engineFacts(profile)?.dataPlane;
      return acns !== undefined && acns !== 'None' && plane === 'azure';
    },
    source: aksDocs('container-network-security-fqdn-filtering-concepts.md'),
  },
];

/** The problem, with AKS's own code for it. */
export function describeCombination({ problem, subCode }: Pick<Combination, 'problem' | 'subCode'>): string {
  return subCode === undefined ? problem : `${problem} (AKS refuses it as ${subCode})`;
}

/** Reports every combination in a profile that AKS refuses. */
export function checkCombinations(profile: AksClusterProfile, at: Spot, problems: Problems): void {
  for (const combination of COMBINATIONS.filter(({ brokenBy }) => brokenBy(profile))) {
    problems.push({
      code: combination.code,
      at: placeOf(at, combination.field),
      got: show(lookedAt(profile)),
      problem: describeCombination(combination),
      fix: combination.fix,
    });
  }
}

function lookedAt({
  engine,
  dataPlane,
  networkPlugin,
  networkPluginMode,
  windowsNodePools,
  acns,
}: AksClusterProfile) {
  return { engine, dataPlane, networkPlugin, networkPluginMode, windowsNodePools, acns };
}
