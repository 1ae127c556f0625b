import type { AksClusterProfile } from '../../aks/cluster-profile';
import { aksDocs } from '../../aks/source';
import { isSystemNamespace } from '../../aks/system-namespaces';
import { append } from '../../model/append';
import type { Workload } from '../../model/cluster';
import { POLICY_TYPES, type PolicyType } from '../../model/network-policy';
import { aboutNamespace } from '../context';
import type { Rule } from '../rule';
import { listWords } from '../words';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`;

/** What it means for one workload, and for several. */
const EFFECTS = {
  Ingress: ['everybody reaches every port of it', 'everybody reaches every port of them'],
  Egress: ['it reaches everybody', 'they reach everybody'],
} as const;

const DIRECTIONS = {
  Ingress: { severity: 'warning', ask: 'AllowSameNamespace' },
  Egress: { severity: 'info', ask: 'DenyAll' },
} as const;

export const noDefaultDeny: Rule = {
  id: 'no-default-deny',
  severity: 'warning',
  summary: 'no policy isolates some workloads of a namespace',
  why:
    'Policies only allow; what none of them selects is open to everybody. Only a policy for every pod of the ' +
    'namespace also holds the pods that come tomorrow. For egress this is only worth knowing: it is the usual state.',
  fix: "write new NamespaceBaseline(chart, 'baseline', { ingress: 'AllowSameNamespace', egress: 'DenyAll' })",
  sources: [aksDocs('network-policy-best-practices.md')],
  misses:
    'Namespaces of AKS itself, those whose default policy is an Azure resource, and clusters without an engine. ' +
    'A namespace whose workloads are each isolated by a policy of their own has no finding: all of them are held today.',
  bad: { manifests: WEB },
  good: {
    manifests: `${WEB}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  },
  *check(context) {
    if (context.profile.engine === 'none') {
      return;
    }
    for (const direction of POLICY_TYPES) {
      const { severity, ask } = DIRECTIONS[direction];
      const [ofOne, ofSeveral] = EFFECTS[direction];
      const open = new Map<string, Workload[]>();
      const held = new Set<string>();
      for (const { isolated, workloads } of context.reachesIn(direction)) {
        for (const workload of workloads) {
          if (isolated === 'no') {
            append(open, workload.namespace, workload);
          } else {
            held.add(workload.namespace);
          }
        }
      }
      for (const [name, workloads] of open) {
        if (isSystemNamespace(name) || isManaged(name, direction, context.profile)) {
          continue;
        }
        const names = [...new Set(workloads.map((workload) => workload.name))].sort();
        const which = held.has(name) ? listWords(names) : 'any workload';
        const effect = held.has(name) && names.length === 1 ? ofOne : ofSeveral;
        const namespace = context.namespace(name) ?? { name, labels: {}, declared: false };
        yield {
          ...aboutNamespace(namespace),
          severity,
          message: `no policy isolates ${which} for ${direction.toLowerCase()}: ${effect}`,
          witness:
            direction === 'Ingress'
              ? `internet → ${name}/${names[0]} on every port is allowed`
              : `${name}/${names[0]} → internet on every port is allowed`,
          fix: `write new NamespaceBaseline(chart, 'baseline', { namespace: '${name}', ${direction.toLowerCase()}: '${ask}' })`,
        };
      }
    }
  },
};

/** Whether the namespace may bring a default policy of its own, which no manifest holds. */
function isManaged(
  name: string,
  direction: PolicyType,
  { managedNamespaces = [] }: AksClusterProfile,
): boolean {
  const managed = managedNamespaces.find((each) => each.name === name);
  const policy = direction === 'Ingress' ? managed?.ingress : managed?.egress;
  return managed !== undefined && policy !== 'AllowAll';
}
