import { qualifiedName, type SourcePosition } from './cluster';
import { defined } from './defined';
import type { EngineName } from './engine-profile';
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
  /** What it says, where that is known without reading its rules: of a policy that AKS writes. */
  readonly says?: PolicyRules;
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

/** Whether an engine enforces a policy. @param engine left out: not known which it is */
export function isEnforced(
  { engines, says }: Pick<UnjudgedPolicy, 'engines' | 'says'>,
  engine: EngineName | undefined,
): Tristate {
  if (engine !== undefined && engines !== undefined && !engines.includes(engine)) {
    return 'no';
  }
  return says !== undefined && engine !== undefined ? 'yes' : 'unknown';
}

/** A policy that is not judged, as answers tell of it. */
export interface NotJudged extends Pick<UnjudgedPolicy, 'kind' | 'group' | 'namespace' | 'name' | 'source'> {
  /** `none` where the engine does not enforce its kind; else a verdict that it could change is unknown. */
  readonly effect: 'unknown' | 'none';
}

/** The policies that are not judged, and what they do to answers; those that do what is known are left out. */
export function notJudged(
  policies: readonly UnjudgedPolicy[],
  engine: EngineName | undefined,
): readonly NotJudged[] {
  return policies.flatMap((policy) => {
    const { kind, group, namespace, name, source } = policy;
    const state = isEnforced(policy, engine);
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
