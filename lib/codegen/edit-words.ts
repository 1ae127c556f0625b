import { edited, type FieldEdit } from '../model/edit';
import type { NetworkPolicy, PolicyType } from '../model/network-policy';
import { peerSnippet, podSelectorSnippet, portSnippet, ruleSnippet } from './snippets';

const TYPES: Readonly<Record<string, PolicyType>> = { ingress: 'Ingress', egress: 'Egress' };

/** The lengths of the paths of a rule, and of an entry of a list in it. */
const RULE_DEPTH = 3;
const ENTRY_DEPTH = 5;

/**
 * A change of a policy in the words of constructs: `write Port.tcp(8080)`. It names the innermost pod selector, rule, peer
 * or port that changes; undefined if the change is in none of these.
 *
 * @param name of the policy, for an added rule
 * @param preset the code for a rule that a preset writes
 */
export function editWords(
  policy: NetworkPolicy,
  edit: FieldEdit,
  name: string,
  preset?: string,
): string | undefined {
  // An added entry is the last of its list.
  const [, part = '', index, list, entry] = edit.kind === 'add' ? [...edit.at, -1] : edit.at;
  const isRemoved = edit.kind === 'remove' && [RULE_DEPTH, ENTRY_DEPTH].includes(edit.at.length);
  const { spec = {} } = isRemoved ? policy : edited(policy, edit);
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
    return isRemoved
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
  return code && (isRemoved ? `take out ${code}` : isAdded ? `add ${code} to ${list}` : `write ${code}`);
}
