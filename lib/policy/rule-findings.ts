import { isPrivate, readCidr } from '../model/cidr';
import type { FieldPath } from '../model/field-path';
import type { ConstructFindingCode } from '../model/finding';
import { type IpBlock, POLICY_TYPES } from '../model/network-policy';
import type { Peer } from './peer';
import type { PodSelector } from './pod-selector';
import type { Rule } from './rule';

/** A finding without its construct and line. */
export interface Suspicion {
  readonly code: ConstructFindingCode;
  readonly at: FieldPath;
  /** The value, for the message. */
  readonly subject: string;
  /** The index of the rule; undefined for the policy's own props. */
  readonly rule?: number;
}

/** The findings about a policy's selector, about each rule, and about rules beside each other. */
export function suspicions(podSelector: PodSelector, rules: readonly Rule[]): Suspicion[] {
  return [
    ...(podSelector.isBlank
      ? [{ code: 'blank-selector', at: ['podSelector'], subject: 'every pod' } as const]
      : []),
    ...rules.flatMap((rule, i) =>
      suspicionsAboutRule(rule, ['rules', i]).map((found) => ({ ...found, rule: i })),
    ),
    ...voidDenies(rules),
  ];
}

/** Whether a rule may have a finding, alone or beside another rule. */
export function mayBeSuspicious(rule: Rule): boolean {
  return rule.preset === 'deny-all' || suspicionsAboutRule(rule, []).length > 0;
}

function suspicionsAboutRule(rule: Rule, at: FieldPath): Suspicion[] {
  const { peers, type } = rule;
  if (peers === undefined) {
    return [];
  }
  const side = type === 'Ingress' ? 'from' : 'to';
  if (peers.length === 0) {
    return [{ code: 'custom-rule-without-peers', at, subject: `${side}: []` }];
  }
  return peers.flatMap((peer, i) => suspicionsAboutPeer(peer, [...at, side, i]));
}

function suspicionsAboutPeer(peer: Peer, at: FieldPath): Suspicion[] {
  const parts = peer.toParts();
  if (parts.kind === 'ip-blocks') {
    return (parts.fixed === true ? [] : parts.ipBlocks)
      .filter(isOnePrivateAddress)
      .map(({ cidr }) => ({ code: 'pod-address-in-ip-block', at, subject: cidr }));
  }
  if (parts.kind !== 'pods') {
    return [];
  }
  const found: Suspicion[] = [];
  if (parts.pods?.isBlank === true) {
    found.push({ code: 'blank-selector', at, subject: 'pods: every pod' });
  }
  if (parts.namespaces?.isBlank === true) {
    found.push({ code: 'blank-selector', at, subject: 'namespaces: every namespace' });
  }
  if (parts.namespaces?.isAll === true) {
    found.push({ code: 'all-namespaces-include-own', at, subject: 'all namespaces' });
  }
  return found;
}

function isOnePrivateAddress({ cidr }: IpBlock): boolean {
  const range = readCidr(cidr);
  return range !== undefined && range.first === range.last && isPrivate(range);
}

/** The deny presets beside a rule of the same type that allows something. */
function voidDenies(rules: readonly Rule[]): Suspicion[] {
  const open = POLICY_TYPES.filter((type) => rules.some((rule) => rule.type === type && allows(rule)));
  return rules.flatMap(({ preset, type }, i) =>
    preset === 'deny-all' && open.includes(type)
      ? [{ code: 'deny-preset-void', at: ['rules', i], subject: type, rule: i } as const]
      : [],
  );
}

function allows({ preset, action, peers = [] }: Rule): boolean {
  return preset === 'allow-all' || (action === 'allow' && peers.length > 0);
}
