import { qualifiedName, type SourcePosition } from './cluster';
import { defined } from './defined';
import type { EngineName, EngineProfile } from './engine-profile';
import type { FieldPath } from './field-path';
import type { PolicyType } from './network-policy';
import type { PodSelection, PolicyRules, Tier } from './policy-rules';
import type { Tristate } from './tristate';

/** A policy of a kind whose rules nothing here reads. What it may change of the others' verdicts is unknown. */
export interface UnjudgedPolicy {
  readonly kind: string;
  /** The API group: kinds of several groups share a name. */
  readonly group: string;
  readonly namespace?: string;
  /** Left out for policies that may be there and could not be listed. */
  readonly name?: string;
  /** The pods that it is about, or more. */
  readonly subject: PodSelection;
  /** The directions in which it may change something. */
  readonly directions: readonly PolicyType[];
  /** Whether it may open what other policies deny. */
  readonly opens: boolean;
  /** Whether it may close what other policies allow. */
  readonly closes: boolean;
  /** When it is asked; left out: with NetworkPolicies. */
  readonly tier?: Tier;
  /** What it says, part by part, where all of that is understood: verdicts then follow it. */
  readonly says?: readonly PolicyRules[];
  /** Of a kind that is understood, the first field that is not. */
  readonly unread?: FieldPath;
  /** The engines that enforce its kind, or may. Left out: something else does, whatever the engine. */
  readonly engines?: readonly EngineName[];
  /** Everything that it says: the same text for two policies that say the same. */
  readonly content: string;
  readonly source?: SourcePosition;
}

/** `CiliumNetworkPolicy.cilium.io shop/db`: by which a policy is known; those that could not be listed have no name. */
export function unjudgedIdentity({
  kind,
  group,
  namespace,
  name = '',
}: Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name'>): string {
  return `${kind}.${group} ${qualifiedName({ ...defined({ namespace }), name })}`;
}

/** Whether a cluster's engine enforces a policy. @param profile without an engine it is not known */
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

/** A policy that is not judged, as answers tell of it. */
export interface NotJudged extends Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name' | 'source'> {
  /** `none` where the engine does not enforce its kind; else a verdict that it could change is unknown. */
  readonly effect: 'unknown' | 'none';
}

/** The policies that are not judged, and what they do to answers; those that do what is known are left out. */
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
