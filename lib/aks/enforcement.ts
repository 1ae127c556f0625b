import type { UnjudgedPolicy } from '../model/cluster';
import { defined } from '../model/defined';
import type { EngineProfile } from '../model/engine-profile';
import { CILIUM_MINORS, type CiliumMinor, type Refusal } from '../model/refusal';
import { allOf, anyOf, type Tristate } from '../model/tristate';
import { ciliumMinors, hasOption } from './cilium-versions';

/** Whether a cluster's engine enforces a policy. @param profile has no engine if it is not known */
export function isEnforced(
  {
    engines,
    says,
    invalid,
    refusals = [],
  }: Pick<UnjudgedPolicy, 'engines' | 'says' | 'invalid' | 'refusals'>,
  profile: EngineProfile,
): Tristate {
  const { engine } = profile;
  if (engine !== undefined && engines !== undefined && !engines.includes(engine)) {
    return 'no';
  }
  if (engine === undefined) {
    return 'unknown';
  }
  const refused = isRefused(refusals, profile);
  if (refused === 'yes') {
    return 'no';
  }
  // What is invalid is not enforced, but its status may be about an earlier version of it.
  return refused === 'no' && says !== undefined && invalid === undefined ? 'yes' : 'unknown';
}

/** The refusal that keeps a cluster's engine from enforcing a policy, or may; undefined where there is none. */
export function refusalOn(
  { engines = [], refusals = [] }: Pick<UnjudgedPolicy, 'engines' | 'refusals'>,
  profile: EngineProfile,
): Refusal | undefined {
  const { engine } = profile;
  if (engine === undefined || !engines.includes(engine)) {
    return undefined;
  }
  const minors = ciliumMinors(profile);
  const states = refusals.map((refusal) => allOf(minors.map((minor) => refuses(refusal, minor, profile))));
  return (
    refusals[states.indexOf('yes')] ??
    refusals.find((refusal) => minors.some((minor) => refuses(refusal, minor, profile) !== 'no'))
  );
}

function isRefused(refusals: readonly Refusal[], profile: EngineProfile): Tristate {
  const states = ciliumMinors(profile).map((minor) =>
    anyOf(refusals.map((refusal) => refuses(refusal, minor, profile))),
  );
  const [first = 'no'] = states;
  return states.every((each) => each === first) ? first : 'unknown';
}

/** Whether agents of a version refuse a policy for a reason. */
function refuses({ from, to, unless }: Refusal, minor: CiliumMinor, profile: EngineProfile): Tristate {
  const place = CILIUM_MINORS.indexOf(minor);
  const isOfVersion =
    (from === undefined || place >= CILIUM_MINORS.indexOf(from)) &&
    (to === undefined || place <= CILIUM_MINORS.indexOf(to));
  if (!isOfVersion) {
    return 'no';
  }
  const takes = unless === undefined ? 'no' : hasOption(unless, profile);
  return takes === 'no' ? 'yes' : takes === 'yes' ? 'no' : 'unknown';
}

/** A policy that is not judged, as answers show it. */
export interface NotJudged extends Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name' | 'source'> {
  /** `none` if the engine does not enforce its kind, or refuses it; else verdicts that it could change are unknown. */
  readonly effect: 'unknown' | 'none';
}

/** The policies that are not judged, except for enforced ones whose rules are known. */
export function notJudged(policies: readonly UnjudgedPolicy[], profile: EngineProfile): readonly NotJudged[] {
  return policies.flatMap((policy) => {
    const { kind, group, namespace, name, source } = policy;
    const state = isEnforced(policy, profile);
    return state === 'yes'
      ? []
      : [
          {
            kind,
            group,
            ...defined({ namespace, name }),
            effect: state === 'no' ? ('none' as const) : ('unknown' as const),
            ...defined({ source }),
          },
        ];
  });
}

/** What a profile has to tell before it is known whether a policy is enforced; undefined where it cannot tell. */
export function missingIn(policy: UnjudgedPolicy, profile: EngineProfile): string | undefined {
  if (profile.engine === undefined) {
    return policy.says === undefined && policy.refusals === undefined ? undefined : 'the engine';
  }
  const option = refusalOn(policy, profile)?.unless;
  return profile.acns === undefined && (option === 'http-proxy' || option === 'dns-proxy')
    ? 'what acns enforces'
    : undefined;
}
