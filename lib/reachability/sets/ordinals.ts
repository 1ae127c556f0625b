import { ORDINAL_LABELS, ordinalLabelsOf } from '../../model/added-labels';
import type { Pod, PolicyEntry, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import type { LabelSelector } from '../../model/label-selector';
import { requirementsOf } from '../../model/selector-match';

/** The labels by which policies tell pods of a StatefulSet apart: the values that they ask for, by the key. */
export type AskedOrdinals = ReadonlyMap<string, readonly string[]>;

/** Pods of a larger StatefulSet are not told apart. */
const MOST_PODS = 1000;

export function askedOrdinals(policies: readonly PolicyEntry[]): AskedOrdinals {
  const asked = new Map<string, string[]>();
  const note = (selector: LabelSelector) => {
    for (const { key, values = [] } of requirementsOf(selector)) {
      if (ORDINAL_LABELS.includes(key)) {
        for (const value of values) {
          append(asked, key, value);
        }
      }
    }
  };
  for (const { rules } of policies) {
    note(rules.subject.pods);
    for (const peer of [rules.ingress, rules.egress].flatMap((section) =>
      section.rules.flatMap(({ peers = [] }) => peers),
    )) {
      if (peer.kind === 'pods') {
        note(peer.pods);
      }
    }
  }
  return asked;
}

/** The live pods of a workload, or those that a StatefulSet makes if policies ask for some of them. */
export function podsOf(workload: Workload, asked: AskedOrdinals): readonly Pod[] {
  const { name, pods, ordinals } = workload;
  if (pods.length > 0 || asked.size === 0 || ordinals === undefined || ordinals.count > MOST_PODS) {
    return pods;
  }
  return Array.from({ length: ordinals.count }, (_, i) => ({
    name: `${name}-${ordinals.first + i}`,
    addresses: [],
  }));
}

/** The labels of one pod that policies ask for; equal for pods that no policy tells apart by them. */
export function ordinalKey(workload: Workload, pod: Pod, asked: AskedOrdinals): string {
  const own = asked.size === 0 ? undefined : ordinalLabelsOf(workload, pod.name);
  return own === undefined
    ? ''
    : Object.entries(own)
        .filter(([key, value]) => asked.get(key)?.includes(value))
        .join(' ');
}
