import type { AksClusterProfile } from '../../../lib/aks/cluster-profile';
import { lint } from '../../../lib/lint/lint-cluster';
import { readManifests } from '../../../lib/manifests/read-manifests';
import { describeObject, type FindingCode, type LintFinding } from '../../../lib/model/finding';
import type { NetworkPolicyPeer, NetworkPolicySpec } from '../../../lib/model/network-policy';
import { deployment, networkPolicy } from '../example-manifests';

/** One case of a rule: a sentence, and only what is special about it. */
export interface EngineCase {
  readonly why: string;
  readonly profile: AksClusterProfile;
  readonly manifests: readonly string[];
  readonly today?: string;
  /** Each as `severity object field: message (witness)`; empty where the rule is silent. */
  readonly finds: readonly string[];
}

/** What a rule finds, as text. */
export function findingsOf(
  rule: FindingCode,
  { manifests, profile, today = '2026-11-22' }: EngineCase,
): string[] {
  const { cluster } = readManifests([{ text: manifests.join(''), file: 'case.yaml' }], profile);
  return lint(cluster, { profile, today })
    .findings.filter((finding) => finding.rule === rule)
    .map(describeFinding);
}

export function describeFinding({ severity, object, field, message, witness }: LintFinding): string {
  const where = field === undefined ? '' : ` ${field}`;
  return `${severity} ${describeObject(object)}${where}: ${message}${witness === undefined ? '' : ` (${witness})`}`;
}

export const WEB = deployment('web', { ports: [{ name: 'http', containerPort: 8080 }] });
export const DB = deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] });

/** A DaemonSet on its node's network. */
export const AGENT = deployment('agent', {
  kind: 'DaemonSet',
  pod: { hostNetwork: true },
  ports: [{ containerPort: 8125, protocol: 'UDP' }],
});

export const onWeb = (spec: NetworkPolicySpec, name = 'web') =>
  networkPolicy(name, { podSelector: { matchLabels: { app: 'web' } }, ...spec });
export const ingressFrom = (...from: NetworkPolicyPeer[]) => onWeb({ ingress: [{ from }] });
export const egressTo = (...to: NetworkPolicyPeer[]) => onWeb({ policyTypes: ['Egress'], egress: [{ to }] });
export const block = (cidr: string, ...except: string[]): NetworkPolicyPeer => ({
  ipBlock: { cidr, ...(except.length === 0 ? {} : { except }) },
});
export const pods = (app: string): NetworkPolicyPeer => ({ podSelector: { matchLabels: { app } } });
export const namespaces = (
  key: string,
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist',
  ...values: string[]
) => ({
  namespaceSelector: { matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }] },
});

/** A Service before `web`. */
export const service = (spec: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }\n`;

export const node = (name: string, address: string) =>
  `---\n{ apiVersion: v1, kind: Node, metadata: { name: ${name} }, status: { addresses: [{ type: InternalIP, address: ${address} }] } }\n`;

export const namespace = (name: string) =>
  `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: ${name} } }\n`;

/** A Deployment of any namespace with one named port. */
export const deploymentIn = (namespace: string, name: string, port: string, containerPort: number) =>
  deployment(name, { namespace, ports: [{ name: port, containerPort }] });

export const CILIUM = { engine: 'cilium' } as const;
export const CALICO = { engine: 'calico' } as const;
export const NPM = { engine: 'azure' } as const;
export const RANGES = { podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.224.0.0/16'] };
export const DENY = networkPolicy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

/** The cases of some rules. */
export type EngineCases = Partial<Record<FindingCode, readonly EngineCase[]>>;
