import type { UnjudgedPolicy } from './cluster';
import { defined } from './defined';
import type { EngineProfile } from './engine-profile';
import type { Tristate } from './tristate';

/** Unique among the policies of a cluster. Names are not checked, so the key is JSON. */
export function unjudgedKey({
  kind,
  group,
  namespace,
  name,
}: Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name'>): string {
  return JSON.stringify([kind, group, namespace, name]);
}

/** Whether a cluster's engine enforces a policy. @param profile has no engine if it is not known */
export function isEnforced(
  { engines, says }: Pick<UnjudgedPolicy, 'engines' | 'says'>,
  { engine, acns }: EngineProfile,
): Tristate {
  if (engine !== undefined && engines !== undefined && !engines.includes(engine)) {
    return 'no';
  }
  if (says === undefined || engine === undefined) {
    return 'unknown';
  }
  const filters = new Set(
    says
      .flatMap(({ ingress, egress }) => [...ingress.rules, ...egress.rules])
      .flatMap(({ ports = [] }) => ports)
      .flatMap(({ filter }) => filter?.kind ?? []),
  );
  // AKS runs the proxies that filter only with Advanced Container Networking Services. Without them Cilium refuses the
  // whole policy, but according to Microsoft it blocks.
  return filters.size === 0 || acns === 'L7' || (acns === 'FQDN' && !filters.has('http')) ? 'yes' : 'unknown';
}

/** What a profile has to tell before policies are judged whose rules are understood. */
export function missingIn({ engine }: EngineProfile): string {
  return engine === undefined ? 'the engine' : 'what acns enforces';
}

/** A policy that is not judged, as answers show it. */
export interface NotJudged extends Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name' | 'source'> {
  /** `none` if the engine does not enforce its kind; else verdicts that it could change are unknown. */
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
