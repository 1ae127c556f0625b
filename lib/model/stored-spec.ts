import { defined, filled } from './defined';
import type { LabelSelector } from './label-selector';
import {
  type NetworkPolicyEgressRule,
  type NetworkPolicyIngressRule,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
  POLICY_TYPES,
  type PolicyType,
  type Protocol,
} from './network-policy';
import { specWithoutNulls } from './nulls';

/** A spec as the API server stores it: without null, and with all defaults written out. */
export interface StoredSpec {
  readonly podSelector: LabelSelector;
  readonly ingress?: readonly StoredRule[];
  readonly egress?: readonly StoredRule[];
  readonly policyTypes: readonly PolicyType[];
}

/** An entry of `ingress` has `from`, one of `egress` has `to`. */
export interface StoredRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly StoredPort[];
}

export interface StoredPort extends NetworkPolicyPort {
  readonly protocol: Protocol;
}

/**
 * What the API server stores for a spec that it accepts: it leaves out empty lists, gives a port without protocol TCP,
 * and adds missing policy types: Ingress, and Egress if `egress` has an entry.
 *
 * @see kubernetes pkg/apis/networking/v1, SetDefaults_NetworkPolicy and SetDefaults_NetworkPolicyPort;
 *   `test/corpus/api-server-answers.json` has specs that a server stored
 */
export function storedSpec(spec: NetworkPolicySpec | null | undefined): StoredSpec {
  const { podSelector = {}, policyTypes = [], ingress = [], egress = [] } = specWithoutNulls(spec);
  const unsaid: readonly PolicyType[] = egress.length > 0 ? POLICY_TYPES : ['Ingress'];
  return {
    podSelector: storedSelector(podSelector),
    ...filled({ ingress: ingress.map(storedRule), egress: egress.map(storedRule) }),
    policyTypes: [...(policyTypes.length > 0 ? policyTypes : unsaid)],
  };
}

function storedRule({
  ports = [],
  from = [],
  to = [],
}: NetworkPolicyIngressRule & NetworkPolicyEgressRule): StoredRule {
  return filled({ ports: ports.map(storedPort), from: from.map(storedPeer), to: to.map(storedPeer) });
}

function storedPort({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): StoredPort {
  return { protocol, ...defined({ port, endPort }) };
}

function storedPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): NetworkPolicyPeer {
  return defined({
    podSelector: podSelector && storedSelector(podSelector),
    namespaceSelector: namespaceSelector && storedSelector(namespaceSelector),
    ipBlock: ipBlock && { cidr: ipBlock.cidr, ...filled({ except: ipBlock.except ?? [] }) },
  });
}

function storedSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels: { ...matchLabels } } : {}),
    ...filled({
      matchExpressions: matchExpressions.map(({ key, operator, values = [] }) => ({
        key,
        operator,
        ...filled({ values }),
      })),
    }),
  };
}
