import type { AcnsPolicies, AksClusterProfile } from '../aks/cluster-profile';
import { checkCombinations } from '../aks/combinations';
import {
  type DataPlane,
  ENGINE_NAMES,
  ENGINES,
  isManagedEngine,
  type NetworkPlugin,
  type NetworkPluginMode,
} from '../aks/engines';
import { ENDS_OF_SUPPORT } from '../aks/support-dates';
import type { EngineName } from '../model/engine-profile';
import { placeOf } from '../model/place';
import { NetworkPolicyError, refuseIf, show } from '../model/problem';
import type { EngineSettings } from './combination-assertions';

/** The properties of a new cluster that its engine depends on. */
export interface EngineChoice {
  readonly engine: Exclude<EngineName, 'none'>;
  readonly dataPlane?: DataPlane;
  readonly networkPlugin?: NetworkPlugin;
  readonly networkPluginMode?: NetworkPluginMode;
  readonly windowsNodePools: readonly string[];
  readonly acns: AcnsPolicies;
}

/** The profile for an engine, with the plugin, mode and data plane that AKS accepts for it. */
export function profileFor(choice: EngineChoice, at: string): AksClusterProfile {
  checkOffered(choice, at);
  const { engine, windowsNodePools, acns } = choice;
  const networkPlugin = choice.networkPlugin ?? (isManagedEngine(engine) ? 'azure' : 'none');
  const profile: AksClusterProfile = {
    engine,
    dataPlane: choice.dataPlane ?? ENGINES[engine].dataPlane,
    networkPlugin,
    networkPluginMode: choice.networkPluginMode ?? (networkPlugin === 'azure' ? 'overlay' : 'none'),
    windowsNodePools,
    acns,
  };
  refuseIf((problems) => checkCombinations(profile, at, problems));
  return profile;
}

/** The attributes of `network_profile` for a profile. */
export function settingsFor(profile: AksClusterProfile): EngineSettings {
  const { engine, networkPlugin, networkPluginMode, dataPlane } = profile;
  return {
    network_policy: engine !== undefined && isManagedEngine(engine) ? engine : null,
    network_plugin: networkPlugin ?? null,
    network_plugin_mode: networkPluginMode === 'overlay' ? 'overlay' : null,
    network_data_plane: networkPlugin === 'none' ? null : (dataPlane ?? null),
  };
}

function checkOffered({ engine, windowsNodePools, acns }: EngineChoice, at: string): void {
  const offered = ENGINE_NAMES.filter((name) => name !== 'none');
  if (!(offered as readonly string[]).includes(engine)) {
    throw new NetworkPolicyError({
      code: 'engine-not-offered',
      at: placeOf(at, 'engine'),
      got: show(engine),
      problem: 'AksCluster only makes clusters that enforce network policies',
      fix: `write one of ${offered.join(', ')}`,
    });
  }
  const retired = ENDS_OF_SUPPORT.find(
    (part) => part.windows === true && part.engine === engine && part.ends <= part.source.read,
  );
  if (retired !== undefined && windowsNodePools.length > 0) {
    throw new NetworkPolicyError({
      code: 'engine-not-offered',
      at: placeOf(at, 'engine'),
      got: show(engine),
      problem: `the support of ${retired.subject} ended on ${retired.ends}`,
      fix: `write the engine ${retired.successor}`,
    });
  }
  if (acns === 'L7') {
    throw new NetworkPolicyError({
      code: 'not-in-provider',
      at: placeOf(at, 'acns'),
      got: show(acns),
      problem: 'the azurerm provider has no field for L7 policies in any release',
      fix: 'write FQDN, and afterwards run: az aks update --acns-advanced-networkpolicies L7 (or use azapi_update_resource)',
    });
  }
}
