import type { PolicyEntry } from '../../lib/model/cluster';
import type { FieldPath } from '../../lib/model/field-path';
import { POLICY_TYPES, type PolicyType } from '../../lib/model/network-policy';
import type { PodSelection, PolicyRules, Section, TrafficRule } from '../../lib/model/policy-rules';

/** A rule of a Guard. */
export type GuardRule = Omit<TrafficRule, 'at'>;

export interface Guard {
  readonly name: string;
  readonly subject?: Partial<PodSelection>;
  readonly tier?: PolicyRules['tier'];
  readonly priority?: number;
  readonly isolates?: readonly PolicyType[];
  readonly ingress?: readonly GuardRule[];
  readonly egress?: readonly GuardRule[];
}

/**
 * A policy of a kind that no cluster has and `lib` has never heard of: it denies, passes on, knows entities, stands in no
 * namespace and in tiers. What judges it right judges by rules and not by kinds.
 */
export function guard({ name, subject, tier, priority, isolates = [], ...rules }: Guard): PolicyEntry {
  const section = (direction: PolicyType, own: readonly GuardRule[] = []): Section => {
    const at: FieldPath = ['guards', direction.toLowerCase()];
    return {
      isolates: isolates.includes(direction),
      rules: own.map((rule, i) => ({ ...rule, at: [...at, i] })),
      at,
    };
  };
  const [Ingress, Egress] = POLICY_TYPES;
  return {
    kind: 'Guard',
    name,
    rules: {
      subject: { namespaces: {}, pods: {}, ...subject, at: ['guards', 'subject'] },
      ...(tier === undefined ? {} : { tier }),
      ...(priority === undefined ? {} : { priority }),
      ingress: section(Ingress as PolicyType, rules.ingress),
      egress: section(Egress as PolicyType, rules.egress),
      at: ['guards'],
    },
    written: { apiVersion: 'example.com/v1', kind: 'Guard', metadata: { name } },
    source: { file: `guards/${name}.yaml`, line: 1 },
  };
}

/** Pods with these labels, of every namespace or of some. */
export function pods(matchLabels: Readonly<Record<string, string>>, namespaces: string | object = {}) {
  return { kind: 'pods' as const, namespaces, pods: { matchLabels }, at: [] };
}

/** Who is meant by what they are. */
export const entity = (name: 'cluster' | 'world') => ({ kind: 'entity' as const, entity: name, at: [] });

/** A TCP port. */
export const tcp = (port: number) => ({ protocol: 'TCP' as const, port, at: [] });
