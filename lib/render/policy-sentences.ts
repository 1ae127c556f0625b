import type { PolicyEntry } from '../model/cluster';
import { fieldText } from '../model/field-path';
import { POLICY_TYPES, type PolicyType } from '../model/network-policy';
import {
  type DirectedRule,
  directedRules,
  type PolicyRules,
  sectionOf,
  type TrafficRule,
} from '../model/policy-rules';
import { describeNamespaces, describePeer, describePort, nounWith } from '../model/policy-text';
import { policyName } from '../plan/any-policy';

/** How rules of a kind of policies are told. */
export interface RuleWords {
  /** What a rule is called. */
  name(rule: DirectedRule): string;
  /** `on 80/TCP, 443/TCP`; for a rule that has ports. */
  ports(rule: DirectedRule): string;
}

export const RULE_WORDS: RuleWords = {
  name: ({ direction, index }) => `${direction} rule ${index}`,
  ports: ({ ports = [] }) => `on ${ports.map(describePort).join(', ')}`,
};

/** What a policy says, as sentences that a person reads; the same policy gives the same lines. */
export function policySentences(entry: PolicyEntry): string[] {
  return rulesSentences(policyName(entry), entry.rules);
}

/** @param name of the policy, or of a part of it */
export function rulesSentences(name: string, policy: PolicyRules, words = RULE_WORDS): string[] {
  const { subject } = policy;
  const rules = directedRules(policy);
  const scope = `${nounWith(subject.pods, 'pods', 'every pod')} in ${describeNamespaces(subject.namespaces)}`;
  const isSilent = POLICY_TYPES.every((type) => {
    const { isolates, rules: own } = sectionOf(policy, type);
    return !isolates && own.length === 0;
  });
  return [
    `${name} applies to ${scope}.`,
    ...(isSilent ? ['It isolates them for nothing, and neither allows nor denies anything.'] : []),
    ...POLICY_TYPES.flatMap((type) =>
      sectionLines(
        type,
        sectionOf(policy, type).isolates,
        rules.filter(({ direction, isInForce }) => direction === type && isInForce),
        words,
      ),
    ),
    ...rules
      .filter(({ isInForce }) => !isInForce)
      .map(({ at, direction }) => `${fieldText(at)} has no effect: policyTypes leaves ${direction} out.`),
  ];
}

function sectionLines(
  type: PolicyType,
  isolates: boolean,
  rules: readonly DirectedRule[],
  words: RuleWords,
): string[] {
  const direction = type.toLowerCase();
  const side = type === 'Ingress' ? 'from' : 'to';
  const of = (wanted: TrafficRule['action']) =>
    rules.filter(({ action }) => action === wanted).flatMap((rule) => linesOf(rule, words));
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

function linesOf(rule: DirectedRule, words: RuleWords): string[] {
  const { peers, ports } = rule;
  const on = ports === undefined ? 'on every port' : words.ports(rule);
  return peers === undefined ? [`  everybody ${on}`] : peers.map((peer) => `  ${describePeer(peer)} ${on}`);
}
