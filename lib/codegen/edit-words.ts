import { edited, type FieldEdit } from '../model/edit';
import type { NetworkPolicy, PolicyType } from '../model/network-policy';
import { peerSnippet, podSelectorSnippet, portSnippet, ruleSnippet } from './snippets';

const TYPES: Readonly<Record<string, PolicyType>> = { ingress: 'Ingress', egress: 'Egress' };

/** How deep the fields of a policy lie that are a rule, and an entry of a list in one. */
const RULE_DEPTH = 3;
const ENTRY_DEPTH = 5;

/**
 * A change of a policy in the words of constructs: `write Port.tcp(8080)`. They have a word for a pod selector, a rule, a
 * peer and a port, so the smallest of these is told that the change is in; undefined where it is in none.
 *
 * @param name of the policy, for a rule that is added
 * @param preset for a rule, where a preset writes it
 */
export function editWords(
  policy: NetworkPolicy,
  edit: FieldEdit,
  name: string,
  preset?: string,
): string | undefined {
  // What is added is the last one of its list.
  const [, part = '', index, list, entry] = edit.kind === 'add' ? [...edit.at, -1] : edit.at;
  const isTaken = edit.kind === 'remove' && [RULE_DEPTH, ENTRY_DEPTH].includes(edit.at.length);
  const { spec = {} } = isTaken ? policy : edited(policy, edit);
  if (part === 'podSelector') {
    return `write podSelector: ${podSelectorSnippet(spec.podSelector ?? {})}`;
  }
  const type = TYPES[part];
  const rule = (spec[part as 'ingress' | 'egress'] ?? []).at(Number(index ?? Number.NaN));
  if (type === undefined || rule === undefined) {
    return undefined;
  }
  const isAdded = edit.kind === 'add';
  if (entry === undefined) {
    const code = preset ?? ruleSnippet(type, rule);
    return isTaken
      ? `take out ${code}`
      : isAdded && edit.at.length < RULE_DEPTH
        ? `add to the rules of ${name}: ${code}`
        : `write ${code}`;
  }
  const at = Number(entry);
  const { from, to, ports } = rule as Partial<Record<'from' | 'to', readonly object[]>> & typeof rule;
  const peer = (from ?? to)?.at(at);
  const port = ports?.at(at);
  const code = list === 'ports' ? port && portSnippet(port) : peer && peerSnippet(peer);
  return code && (isTaken ? `take out ${code}` : isAdded ? `add ${code} to ${list}` : `write ${code}`);
}
