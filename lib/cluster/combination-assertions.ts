import { COMBINATIONS, describeCombination } from '../aks/combinations';
import { ENGINES, MANAGED_ENGINES } from '../aks/engines';
import type { EngineName } from '../model/engine-profile';
import type { ProblemCode } from '../model/problem';
import { type Assertion, hclLiteral } from './hcl';

// The rules of lib/aks/combinations.ts in Terraform's language, for values that only a plan knows. The provider documents
// most of them, but checks none before it calls Azure.

/** The attributes of `network_profile` that determine the engine. */
export const ENGINE_ATTRIBUTES = [
  'network_policy',
  'network_data_plane',
  'network_plugin',
  'network_plugin_mode',
] as const;

type EngineAttribute = (typeof ENGINE_ATTRIBUTES)[number];

/** The attributes of `network_profile` for an engine; null if not set. */
export type EngineSettings = Readonly<Record<EngineAttribute, string | null>>;

type Conditions = Partial<Record<ProblemCode, (profile: string) => string>>;

/** Conditions that are true if AKS accepts the combination; `profile` is the address of the settings. */
const CONDITIONS: Conditions = {
  'cilium-data-plane-missing': (p) =>
    `${p}.network_policy != "cilium" || ${p}.network_data_plane == "cilium"`,
  'cilium-policy-missing': (p) => `${p}.network_data_plane != "cilium" || ${p}.network_policy == "cilium"`,
  'azure-policy-on-kubenet': (p) => `${p}.network_policy != "azure" || ${p}.network_plugin != "kubenet"`,
  'plugin-not-for-engine': (p) =>
    MANAGED_ENGINES.map(
      (engine) =>
        `(${p}.network_policy != ${hclLiteral(engine)} || contains(${hclLiteral(ENGINES[engine].networkPlugins)}, ${p}.network_plugin))`,
    ).join(' && '),
  'cilium-data-plane-without-azure-cni': (p) =>
    `${p}.network_data_plane != "cilium" || ${p}.network_plugin == "azure"`,
  'overlay-without-azure-cni': (p) =>
    `${p}.network_plugin_mode != "overlay" || ${p}.network_plugin == "azure"`,
};

/** The rules for the settings at an address. */
export function combinationAssertions(profile: string, clusterName: string): readonly Assertion[] {
  return COMBINATIONS.flatMap((combination) => {
    const condition = CONDITIONS[combination.code];
    return condition === undefined
      ? []
      : [
          {
            condition: condition(profile),
            errorMessage: `The cluster ${clusterName}: ${describeCombination(combination)}; ${combination.fix}.`,
          },
        ];
  });
}

/** The settings at an address must be those of the chosen engine. */
export function engineKeptAssertion(
  profile: string,
  clusterName: string,
  engine: EngineName,
  settings: EngineSettings,
): Assertion {
  return {
    condition: ENGINE_ATTRIBUTES.map(
      // An unset attribute may be null or "".
      (name) => `try(coalesce(${profile}.${name}), "") == ${hclLiteral(settings[name] ?? '')}`,
    ).join(' && '),
    errorMessage: engineUndone(clusterName, engine),
  };
}

/** The message for an override that changes the engine. */
export function engineUndone(clusterName: string, engine: EngineName): string {
  return `The cluster ${clusterName} should run the network policy engine ${engine}, but its network_profile differs: an override changes ${ENGINE_ATTRIBUTES.join(', ')}. Change the property engine instead.`;
}
