import type { IConstruct } from 'constructs';
import type { LabelSelector } from '../model/label-selector';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { impliesSelector } from '../model/selector-match';
import { Shared } from '../model/shared';
import { isKind } from './kind';
import type { PodSelector } from './pod-selector';
import type { Suspicion } from './rule-findings';
import { SourceLine } from './source-line';

/** The line that asked for a policy which stands for one side of a connection. */
const CONNECTION = new Shared<SourceLine>('connection');

/** The part of a policy that tells whom it isolates. */
interface IsolatingPolicy extends IConstruct {
  readonly podSelector: PodSelector;
  /** Undefined for a policy of the whole cluster. */
  readonly home: string | undefined;
  isolates(type: PolicyType): boolean;
}

/** Notes that a policy was written for one side of a connection, and not in order to isolate its pods. */
export function noteConnection(policy: IsolatingPolicy): void {
  CONNECTION.set(policy, SourceLine.above(noteConnection));
}

/**
 * The findings about pods that nothing in the app but connections isolates: each is told at the first policy of the pods.
 * Silent where another policy surely selects all of them, or may do so across namespaces.
 */
export function isolatedByConnections(
  root: IConstruct,
): ReadonlyMap<IConstruct, readonly (Suspicion & { readonly source: string | undefined })[]> {
  const policies = root.node.findAll().filter((each) => isKind(each, 'policy')) as IsolatingPolicy[];
  const others = policies.filter((each) => CONNECTION.of(each) === undefined);
  const told = new Set<string>();
  const found = new Map<IConstruct, readonly (Suspicion & { source: string | undefined })[]>();
  for (const policy of policies) {
    const line = CONNECTION.of(policy);
    const type = POLICY_TYPES.find((each) => policy.isolates(each));
    if (line === undefined || type === undefined) {
      continue;
    }
    const pods = policy.podSelector.toLabelSelector();
    const key = JSON.stringify([policy.home, type, pods]);
    if (told.has(key) || others.some((other) => alsoIsolates(other, policy.home, type, pods))) {
      continue;
    }
    told.add(key);
    const subject = `${type.toLowerCase()} of ${describePods(pods)}`;
    const source = line.toString();
    found.set(policy, [{ code: 'connection-isolates', at: ['rules', 0], subject, rule: 0, source }]);
  }
  return found;
}

function alsoIsolates(
  other: IsolatingPolicy,
  home: string | undefined,
  type: PolicyType,
  pods: LabelSelector,
): boolean {
  return (
    (other.home === undefined || other.home === home) &&
    other.isolates(type) &&
    impliesSelector(pods, other.podSelector.toLabelSelector())
  );
}

/** `pods with app=web`; `these pods` where a selector has expressions. */
function describePods({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  if (matchExpressions.length > 0) {
    return 'these pods';
  }
  return labels.length === 0 ? 'every pod' : `pods with ${labels.join(', ')}`;
}
