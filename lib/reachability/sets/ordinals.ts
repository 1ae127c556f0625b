import { ORDINAL_LABELS, ordinalLabelsOf } from '../../model/added-labels';
import type { Pod, PolicyEntry, Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import type { LabelSelector } from '../../model/label-selector';
import { requirementsOf } from '../../model/selector-match';

/** The values of the labels by which the pods of a StatefulSet differ that policies ask for: by their keys. */
export type AskedOrdinals = ReadonlyMap<string, readonly string[]>;

/** So many pods of a StatefulSet are told apart; of more nothing is said one by one. */
const MANY = 1000;

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

/** The pods of a workload: those that run, or those that a StatefulSet makes, where policies ask for some of them. */
export function podsOf(workload: Workload, asked: AskedOrdinals): readonly Pod[] {
  const { name, pods, ordinals } = workload;
  if (pods.length > 0 || asked.size === 0 || ordinals === undefined || ordinals.count > MANY) {
    return pods;
  }
  return Array.from({ length: ordinals.count }, (_, i) => ({
    name: `${name}-${ordinals.first + i}`,
    addresses: [],
  }));
}

/** What policies ask for of what a pod alone has; the same for pods that none of them tells apart. */
export function ordinalKey(workload: Workload, pod: Pod, asked: AskedOrdinals): string {
  const own = asked.size === 0 ? undefined : ordinalLabelsOf(workload, pod.name);
  return own === undefined
    ? ''
    : Object.entries(own)
        .filter(([key, value]) => asked.get(key)?.includes(value))
        .join(' ');
}
