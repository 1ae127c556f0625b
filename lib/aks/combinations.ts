import { placeOf, type Spot } from '../model/place';
import { NetworkPolicyError, type ProblemCode, type Problems, show } from '../model/problem';
import type { AksClusterProfile } from './cluster-profile';
import { ENGINES } from './engines';
import { aksDocs, type Source } from './fact-source';

/** Settings that the service refuses together. Fields that are not known break no rule. */
export interface Combination {
  readonly code: ProblemCode;
  /** The service's own name of the refusal, where one was seen. */
  readonly subCode?: string;
  /** The field to change. */
  readonly field: keyof AksClusterProfile;
  readonly problem: string;
  /** What to write instead. */
  readonly fix: string;
  readonly brokenBy: (profile: AksClusterProfile) => boolean;
  readonly source: Source;
}

const wants = (profile: AksClusterProfile) =>
  profile.engine === undefined ? undefined : ENGINES[profile.engine];

/** Every combination that is refused, the most telling first. */
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
      const networkPlugins = wants(profile)?.networkPlugins;
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
      (profile.windowsNodePools?.length ?? 0) > 0 && wants(profile)?.windowsNodePools === false,
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
      const plane = dataPlane ?? wants(profile)?.dataPlane;
      return acns !== undefined && acns !== 'None' && plane === 'azure';
    },
    source: aksDocs('container-network-security-fqdn-filtering-concepts.md'),
  },
];

/** The sentence of a refusal, with the service's own name of it. */
export function describeCombination({ problem, subCode }: Pick<Combination, 'problem' | 'subCode'>): string {
  return subCode === undefined ? problem : `${problem} (the service refuses it as ${subCode})`;
}

/** Reports every combination in a profile that the service refuses. */
export function checkCombinations(profile: AksClusterProfile, at: Spot, problems: Problems): void {
  for (const combination of COMBINATIONS.filter(({ brokenBy }) => brokenBy(profile))) {
    problems.push({
      code: combination.code,
      at: placeOf(at, combination.field),
      got: show(withoutUnknown(profile)),
      problem: describeCombination(combination),
      fix: combination.fix,
    });
  }
}

/** @throws NetworkPolicyError the first combination in a profile that the service refuses */
export function refuseCombinations(profile: AksClusterProfile, at: string): void {
  const problems: Problems = [];
  checkCombinations(profile, at, problems);
  const [first] = problems;
  if (first !== undefined) {
    throw new NetworkPolicyError(first);
  }
}

/** The fields that a combination can be about. */
function withoutUnknown({
  engine,
  dataPlane,
  networkPlugin,
  networkPluginMode,
  windowsNodePools,
  acns,
}: AksClusterProfile) {
  return { engine, dataPlane, networkPlugin, networkPluginMode, windowsNodePools, acns };
}
