import { AksClusterProfile } from '../aks/cluster-profile';
import { ENGINE_NAMES } from '../aks/engines';
import { readProfile } from '../aks/read-profile';
import { type LintConfig, readLintConfigs } from '../manifests/lint-config';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import { FAIL_ON, type FailOn } from '../model/finding';
import { inside, placeOf, type Spot } from '../model/place';
import { checkFields, isMap, isString, type Problems, refuseIf, show } from '../model/problem';

/** The plugin's `properties` in `cdk8s.yaml`. Paths are relative to the folder in which `cdk8s synth` runs. */
export interface NetworkPolicyValidationProps {
  /**
   * What is known of the cluster: the path of a profile, or the profile itself.
   * @default nothing: verdicts follow the Kubernetes specification, and rules about an engine say that they do not apply
   */
  readonly profile?: string | AksClusterProfile;
  /**
   * The cluster's engine; takes precedence over the profile.
   * @default the profile's
   */
  readonly engine?: EngineName;
  /**
   * The path of an `aks-netpol.yaml`, or the paths of several. They add to what the program accepts and expects.
   * @default none
   */
  readonly config?: string | readonly string[];
  /**
   * From which severity on a finding fails the synth; with `never` none does.
   * @default `failOn` of `config`, else `error`
   */
  readonly failOn?: FailOn;
}

const AT = 'NetworkPolicyValidation properties';

export interface Settings {
  readonly profile: AksClusterProfile;
  readonly config: LintConfig;
  readonly failOn: FailOn;
}

export function readProperties(properties: NetworkPolicyValidationProps): Settings {
  refuseIf((problems) => check(properties, problems));
  const { profile = {}, engine, config: files = [], failOn } = properties;
  const named = defined({ engine });
  const config = readLintConfigs(typeof files === 'string' ? [files] : files);
  return {
    profile:
      typeof profile === 'string'
        ? readProfile({ profile, ...named }, `${AT}.profile`)
        : AksClusterProfile.of({ ...profile, ...named }),
    config,
    failOn: failOn ?? config.failOn ?? 'error',
  };
}

function check(properties: unknown, problems: Problems): void {
  if (!isMap(properties, AT, problems)) {
    return;
  }
  checkFields(properties, ['profile', 'engine', 'config', 'failOn'], AT, problems);
  const { profile, engine, config, failOn } = properties;
  if (profile !== undefined && typeof profile !== 'string') {
    isMap(profile, inside(AT, 'profile'), problems);
  }
  const at = inside(AT, 'config');
  if (Array.isArray(config)) {
    for (const [i, file] of config.entries()) {
      isString(file, inside(at, i), problems);
    }
  } else if (config !== undefined) {
    isString(config, at, problems);
  }
  checkChoice(engine, ENGINE_NAMES, inside(AT, 'engine'), problems);
  checkChoice(failOn, FAIL_ON, inside(AT, 'failOn'), problems);
}

function checkChoice(value: unknown, choices: readonly string[], at: Spot, problems: Problems): void {
  if (value !== undefined && !choices.includes(value as string)) {
    problems.push({
      code: 'value-unknown',
      at: placeOf(at),
      got: show(value),
      problem: 'there is no such value',
      fix: `write one of ${choices.join(', ')}`,
    });
  }
}
