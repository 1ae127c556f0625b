import type { SourcePosition } from './cluster';
import { defined } from './defined';
import type { EngineName, EngineProfile } from './engine-profile';
import type { FieldPath } from './field-path';
import type { PolicyType } from './network-policy';
import type { PodSelection, PolicyRules, Tier } from './policy-rules';
import type { Tristate } from './tristate';

/** A policy of a kind whose rules are not read. A verdict that it may change is unknown. */
export interface UnjudgedPolicy {
  readonly kind: string;
  /** The API group: kinds of several groups share a name. */
  readonly group: string;
  readonly namespace?: string;
  /** Left out for policies that may exist but could not be listed. */
  readonly name?: string;
  /** The pods that it selects, and perhaps others. */
  readonly subject: PodSelection;
  /** The directions that it may change. */
  readonly directions: readonly PolicyType[];
  /** Whether it may allow what other policies deny. */
  readonly opens: boolean;
  /** Whether it may deny what other policies allow. */
  readonly closes: boolean;
  /** Left out: the tier of NetworkPolicies. */
  readonly tier?: Tier;
  /** Its rules, part by part, if all of them are understood: verdicts then follow them. */
  readonly says?: readonly PolicyRules[];
  /** If the kind is understood: the first field that is not. */
  readonly unread?: FieldPath;
  /** The engines that may enforce its kind. Left out: something other than the engine enforces it. */
  readonly engines?: readonly EngineName[];
  /** Everything that it says, as text: equal for policies that say the same. */
  readonly content: string;
  readonly source?: SourcePosition;
}

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
      .flatMap(({ filter }) => filter ?? []),
  );
  // AKS runs the proxy that filters with these services alone. Without it Cilium refuses the whole policy, and Microsoft
  // says that the policy blocks.
  return filters.size === 0 || acns === 'L7' || (acns === 'FQDN' && !filters.has('http')) ? 'yes' : 'unknown';
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
