import { type PolicyEntry, qualifiedName } from '../model/cluster';
import { fieldText } from '../model/field-path';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import { type DirectedRule, directedRules, sectionOf, type TrafficRule } from '../model/policy-rules';
import { describeNamespaces, describePeer, describePort, nounWith } from '../model/policy-text';

/** What a policy says, as sentences that a person reads; the same policy gives the same lines. */
export function policySentences(entry: PolicyEntry): string[] {
  const { subject } = entry.rules;
  const rules = directedRules(entry.rules);
  const scope = `${nounWith(subject.pods, 'pods', 'every pod')} in ${describeNamespaces(subject.namespaces)}`;
  return [
    `${qualifiedName(entry)} applies to ${scope}.`,
    ...POLICY_TYPES.flatMap((type) =>
      sectionLines(
        type,
        sectionOf(entry.rules, type).isolates,
        rules.filter(({ direction, isInForce }) => direction === type && isInForce),
      ),
    ),
    ...rules
      .filter(({ isInForce }) => !isInForce)
      .map(({ at, direction }) => `${fieldText(at)} has no effect: policyTypes leaves ${direction} out.`),
  ];
}

function sectionLines(type: PolicyType, isolates: boolean, rules: readonly DirectedRule[]): string[] {
  const direction = type.toLowerCase();
  const side = type === 'Ingress' ? 'from' : 'to';
  const of = (wanted: TrafficRule['action']) =>
    rules.filter(({ action }) => action === wanted).flatMap(linesOf);
  const saying = (start: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${start}, ${side}:`, ...lines];
  const allowed = of('allow');
  return [
    ...(isolates && allowed.length === 0
      ? [`It isolates them for ${direction} and allows nobody by itself.`]
      : saying(
          isolates ? `It isolates them for ${direction} and allows` : `It allows for ${direction}`,
          allowed,
        )),
    ...saying(`It denies for ${direction}`, of('deny')),
    ...saying(`It leaves to the policies of the next tier for ${direction}`, of('pass')),
  ];
}

function linesOf({ peers, ports }: DirectedRule): string[] {
  const on = ports === undefined ? 'on every port' : `on ${ports.map(describePort).join(', ')}`;
  return peers === undefined ? [`  everybody ${on}`] : peers.map((peer) => `  ${describePeer(peer)} ${on}`);
}
