import { typesOf, type WrittenRule, writtenRules } from '../lint/written-rules';
import { type PolicyEntry, qualifiedName } from '../model/cluster';
import type { PolicyType } from '../model/network-policy';
import { describePeer, describePort, such } from '../model/policy-text';

/** What a policy says, as sentences that a person reads; the same policy gives the same lines. */
export function policySentences(entry: PolicyEntry): string[] {
  const { namespace, policy } = entry;
  const types = typesOf(entry);
  const rules = writtenRules(entry);
  const scope = such('pods', 'every pod', policy.spec?.podSelector ?? {});
  return [
    `${qualifiedName(entry)} applies to ${scope} in namespace ${namespace}.`,
    ...types.flatMap((type) =>
      sectionOf(
        type,
        rules.filter(({ direction }) => direction === type),
        namespace,
      ),
    ),
    ...rules
      .filter(({ direction }) => !types.includes(direction))
      .map(({ at, direction }) => `${at} has no effect: policyTypes leaves ${direction} out.`),
  ];
}

function sectionOf(type: PolicyType, rules: readonly WrittenRule[], namespace: string): string[] {
  const direction = type.toLowerCase();
  return rules.length === 0
    ? [`It isolates them for ${direction} and allows nobody by itself.`]
    : [
        `It isolates them for ${direction} and allows, ${type === 'Ingress' ? 'from' : 'to'}:`,
        ...rules.flatMap((rule) => linesOf(rule, namespace)),
      ];
}

function linesOf({ peers, ports }: WrittenRule, namespace: string): string[] {
  const on =
    ports.length === 0 ? 'on every port' : `on ${ports.map(({ value }) => describePort(value)).join(', ')}`;
  return peers.length === 0
    ? [`  everybody ${on}`]
    : peers.map(({ value }) => `  ${describePeer(value, namespace)} ${on}`);
}
