import { type PolicyEntry, qualifiedName } from './cluster';
import { isOwned, labelsAppliedTo } from './ownership';
import { storedSpec } from './stored-spec';

/** What applying policies would do to a cluster, object by object. */
export interface PolicyPlan {
  /** In the order in which they are applied: what allows before what only denies, so that half a plan cuts nothing. */
  readonly steps: readonly PlannedPolicy[];
  /** Those that are in the cluster as they are wanted. */
  readonly unchanged: readonly PolicyEntry[];
  /** Policies of the cluster that code owns and that are not wanted any more, in the namespaces that are spoken of. */
  readonly surplus: readonly PolicyEntry[];
}

export interface PlannedPolicy {
  readonly action: 'create' | 'change';
  readonly policy: PolicyEntry;
  /**
   * What will be other: `spec.ingress`, `metadata.labels.team`, `owner` for a policy that code does not own yet;
   * empty for a new policy.
   */
  readonly fields: readonly string[];
}

/**
 * @param wanted as they should be
 * @param live as the cluster has them
 */
export function planPolicies(wanted: readonly PolicyEntry[], live: readonly PolicyEntry[]): PolicyPlan {
  const known = new Map(live.map((policy) => [qualifiedName(policy), policy]));
  const names = new Set(wanted.map(qualifiedName));
  const namespaces = new Set(wanted.map(({ namespace }) => namespace));
  const unchanged: PolicyEntry[] = [];
  const steps: PlannedPolicy[] = [];
  for (const policy of wanted) {
    const before = known.get(qualifiedName(policy));
    const fields = before === undefined ? [] : changedFields(policy, before);
    if (before !== undefined && fields.length === 0) {
      unchanged.push(policy);
    } else {
      steps.push({ action: before === undefined ? 'create' : 'change', policy, fields });
    }
  }
  return {
    steps: steps.sort((a, b) => Number(onlyDenies(a.policy)) - Number(onlyDenies(b.policy))),
    unchanged,
    surplus: live.filter(
      (policy) =>
        namespaces.has(policy.namespace) && !names.has(qualifiedName(policy)) && isOwned(policy.policy),
    ),
  };
}

function onlyDenies({ policy }: PolicyEntry): boolean {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  return (ingress ?? []).length === 0 && (egress ?? []).length === 0;
}

/** What a policy says otherwise than the cluster; labels and annotations that only the cluster has stay. */
function changedFields({ policy: wanted }: PolicyEntry, { policy: live }: PolicyEntry): string[] {
  const [is, was] = [storedSpec(wanted.spec), storedSpec(live.spec)];
  const spec = (['podSelector', 'policyTypes', 'ingress', 'egress'] as const)
    .filter((field) => canonical(is[field]) !== canonical(was[field]))
    .map((field) => `spec.${field}`);
  const metadata = (['labels', 'annotations'] as const).flatMap((field) =>
    Object.entries(wanted.metadata[field] ?? {})
      .filter(([key, value]) => live.metadata[field]?.[key] !== value)
      .map(([key]) => `metadata.${field}.${key}`),
  );
  // A label that code applied once and does not name any more goes with the next apply.
  const dropped = labelsAppliedTo(live)
    .filter((key) => wanted.metadata.labels?.[key] === undefined)
    .map((key) => `metadata.labels.${key}`);
  return [...(isOwned(live) ? [] : ['owner']), ...metadata, ...dropped, ...spec];
}

/** JSON with sorted keys: the same for values that mean the same. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
