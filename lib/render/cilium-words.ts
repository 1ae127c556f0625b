import { describeRequest } from '../model/asked-request';
import { type FieldPath, fieldText, valueAt } from '../model/field-path';
import type { LabelSelectorRequirement } from '../model/label-selector';
import type { PolicyRules, TrafficFilter, TrafficPort } from '../model/policy-rules';
import { describePort, describeSelector } from '../model/policy-text';
import { isPlainObject } from '../model/problem';
import type { CiliumEntry, CiliumObject } from '../plan/any-policy';
import type { RuleWords } from './policy-sentences';

type Fields = Readonly<Record<string, unknown>>;

/** The parts that a policy of Cilium's kinds is written in, as far as they are objects: its `spec` and its `specs`. */
export function writtenParts({ spec, specs }: CiliumObject): readonly Fields[] {
  return [spec, ...(Array.isArray(specs) ? specs : [])].filter(isPlainObject);
}

/** The pods that parts select, as written: `k8s:app=web`; `''` for every pod. */
export function selectorsOf(policy: CiliumEntry): string {
  const texts = writtenParts(policy.written).map(({ endpointSelector, nodeSelector }) =>
    endpointSelector == null && nodeSelector != null
      ? `nodes ${selectorText(nodeSelector)}`.trim()
      : selectorText(endpointSelector),
  );
  return [...new Set(texts)].join(' or ');
}

/** What is written is not checked: what is no requirement is left out. */
function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = isPlainObject(selector) ? selector : ({} as Fields);
  const labels = isPlainObject(matchLabels) ? Object.entries(matchLabels) : [];
  const lines = Array.isArray(matchExpressions) ? matchExpressions.filter(isPlainObject) : [];
  return describeSelector({
    matchExpressions: [
      ...labels.map(([key, value]) => ({ key, operator: 'In' as const, values: [String(value)] })),
      ...lines.map(
        ({ key, operator, values }) =>
          ({
            key: String(key),
            operator,
            values: Array.isArray(values) ? values.map(String) : [],
          }) as LabelSelectorRequirement,
      ),
    ],
  });
}

/** Whether a part is about pods: Cilium has endpoints that are none, and policies for nodes. */
export function isAboutPods({ at }: PolicyRules, { written }: CiliumEntry): boolean {
  const { endpointSelector, nodeSelector } = fieldsAt(written, at);
  const { matchLabels } = isPlainObject(endpointSelector) ? endpointSelector : ({} as Fields);
  const keys = isPlainObject(matchLabels) ? Object.keys(matchLabels) : [];
  return nodeSelector == null && !keys.some((key) => key.startsWith('reserved'));
}

/** How rules of a policy of Cilium's kinds are told: with what a proxy lets through, and with ICMP. */
export function ciliumWords({ written }: CiliumEntry): RuleWords {
  return {
    name: ({ at }) => fieldText(at),
    ports: ({ ports = [], at }) => {
      if (ports.length === 0) {
        const { icmps } = fieldsAt(written, at);
        return icmps == null ? 'on no port' : `with ICMP alone: ${messages(icmps)}`;
      }
      const entries = new Map<string, TrafficPort[]>();
      for (const port of ports) {
        const entry = fieldText(port.at.slice(0, -2));
        entries.set(entry, [...(entries.get(entry) ?? []), port]);
      }
      const told = [...entries.values()].map((each) => {
        const text = each.map(describePort).join(', ');
        const filter = (each[0] as TrafficPort).filter;
        return filter === undefined ? text : `${text} filtered: ${describeFilter(filter)}`;
      });
      return `on ${told.join(told.some((text) => text.includes(' filtered: ')) ? '; ' : ', ')}`;
    },
  };
}

/** `GET /orders, POST /cart`, `DNS for *.example.com`. */
function describeFilter(filter: TrafficFilter): string {
  return filter.kind === 'http'
    ? filter.requests.map(describeRequest).join(', ')
    : `DNS for ${filter.names.join(', ')}`;
}

function messages(icmps: unknown): string {
  const entries = Array.isArray(icmps) ? icmps.filter(isPlainObject) : [];
  const fields = entries.flatMap(({ fields: list }) =>
    Array.isArray(list) ? list.filter(isPlainObject) : [],
  );
  return fields.map(({ type, family = 'IPv4' }) => `${type} (${family})`).join(', ') || 'nothing';
}

/** The object at a path; empty where there is none. */
function fieldsAt(root: object, path: FieldPath): Fields {
  const found = valueAt(root, path);
  return isPlainObject(found) ? found : {};
}
