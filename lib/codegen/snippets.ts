import type { LabelSelector } from '../model/label-selector';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  PolicyType,
} from '../model/network-policy';
import { storedSpec } from '../model/stored-spec';
import { type CodePart, call, list, object, printInOneLine } from './code';
import { quoted } from './literals';
import { peersCode, portCode } from './peer-code';
import { PlacedComments } from './placed-comments';
import { rulesCode } from './rule-code';
import { podSelectorCode } from './selectors';

/* Parts of a policy as code on one line, for messages. */

const NO_COMMENTS = new PlacedComments([]);

/** `IngressRule.allow({ from: [Peer.sameNamespace()], ports: [Port.tcp(80)] })` */
export function ruleSnippet(
  type: PolicyType,
  rule: NetworkPolicyIngressRule & NetworkPolicyEgressRule,
): string {
  const list = type === 'Ingress' ? 'ingress' : 'egress';
  return only(rulesOf({ policyTypes: [type], [list]: [rule] }));
}

/** `Peer.ipBlock('10.0.0.0/8')` */
export function peerSnippet(peer: NetworkPolicyPeer): string {
  return only(peersCode([peer]));
}

/** `Port.tcp(80)` */
export function portSnippet(port: NetworkPolicyPort): string {
  return printInOneLine(portCode({ protocol: 'TCP', ...port }));
}

/** `PodSelector.labels({ app: 'web' })` */
export function podSelectorSnippet(selector: LabelSelector): string {
  return printInOneLine(podSelectorCode(selector));
}

/**
 * `new AksNetworkPolicy(chart, 'web', { namespace: 'shop', rules: […] })`
 *
 * @param rules as code. @default those of the policy
 */
export function policySnippet(
  { metadata: { name, namespace }, spec = {} }: NetworkPolicy,
  rules?: readonly string[],
): string {
  const { podSelector = {} } = spec;
  const isEveryPod = Object.keys(podSelector).length === 0;
  const props = [
    ...(namespace === undefined ? [] : [{ name: 'namespace', code: quoted(namespace) }]),
    ...(isEveryPod ? [] : [{ name: 'podSelector', code: podSelectorCode(podSelector) }]),
    { name: 'rules', code: list(rules?.map((code) => ({ code })) ?? rulesOf(spec)) },
  ];
  return printInOneLine(call('new AksNetworkPolicy', 'chart', quoted(name), object(props)));
}

function only([part]: readonly CodePart[]): string {
  return printInOneLine((part as CodePart).code);
}

function rulesOf(spec: NonNullable<NetworkPolicy['spec']>) {
  return rulesCode(storedSpec(spec), undefined, NO_COMMENTS);
}
