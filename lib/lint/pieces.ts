import type { SystemPods } from '../aks/system-pods';
import { isBlankSelector, type LabelSelector } from '../model/label-selector';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Protocol } from '../model/network-policy';
import type { PodSelection } from '../model/policy-rules';
import type { PortSet } from '../model/port-set';

/** Pieces of a NetworkPolicy as a person writes them: what fixes are made of. */

/** The selector of namespaces by their names. */
export function namespacesCalled(names: readonly string[]): LabelSelector {
  const [name] = names;
  return name !== undefined && names.length === 1
    ? { matchLabels: { [NAMESPACE_NAME_LABEL]: name } }
    : { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] };
}

/** Pods of the platform as an entry of `from` or `to`. */
export function systemPeer({ namespace, labels = {} }: Pick<SystemPods, 'namespace' | 'labels'>) {
  return podsPeer({ namespaces: namespace, pods: { matchLabels: labels } });
}

/**
 * Pods as an entry of `from` or `to`.
 *
 * @param home the namespace of the policy
 */
export function podsPeer({ namespaces, pods }: PodSelection, home?: string) {
  if (namespaces === home) {
    return { podSelector: withoutEmptyLists(pods) };
  }
  const isEveryPod = isBlankSelector(pods);
  return {
    namespaceSelector: typeof namespaces === 'string' ? namespacesCalled([namespaces]) : namespaces,
    ...(isEveryPod ? {} : { podSelector: pods }),
  };
}

/** A selector of everything without empty lists, which look like a slip. */
export function withoutEmptyLists(selector: LabelSelector): LabelSelector {
  return isBlankSelector(selector) ? {} : selector;
}

/** Each range as an entry of `from` or `to`. */
export function blockPeers(cidrs: readonly string[]) {
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}

/** `ports` of a rule; left out for every port. */
export function portsPart(ports: PortSet): { readonly ports?: ReturnType<typeof portEntries> } {
  return ports.isAll ? {} : { ports: portEntries(ports) };
}

/** The entries of `ports`. */
export function portEntries(ports: PortSet) {
  return ports.ranges().map(({ protocol, first, last }) => ({
    ...protocolPart(protocol),
    ...(first === 1 && last === 65535 ? {} : { port: first, ...(first === last ? {} : { endPort: last }) }),
  }));
}

/** TCP goes without saying. */
function protocolPart(protocol: Protocol): { readonly protocol?: Protocol } {
  return protocol === 'TCP' ? {} : { protocol };
}

/** A piece of a manifest as YAML in one line: `{ podSelector: { matchLabels: { app: web } } }`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flow).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    return fields.length === 0
      ? '{}'
      : `{ ${fields.map(([key, each]) => `${word(key)}: ${flow(each)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? word(value) : String(value);
}

/** Plain where YAML 1.1 and 1.2 both read a text, else in quotes. */
function word(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  const isBlock = /^[\d.]+\/\d+$/.test(text);
  return isPlain || isBlock ? text : JSON.stringify(text);
}
