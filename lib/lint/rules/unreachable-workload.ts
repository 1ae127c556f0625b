import { qualifiedName, type Service } from '../../model/cluster';
import type { Target } from '../../model/service-targets';
import type { Reach } from '../../reachability/reach';
import { about, type LintContext } from '../context';
import type { Rule } from '../rule';
import { portsCode, whatPoliciesDo } from '../words';

const example = (port: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: ${port} }] }]
`;

export const unreachableWorkload: Rule = {
  id: 'unreachable-workload',
  severity: 'warning',
  summary: 'no policy lets anybody in on the port to which a service sends',
  why:
    'The policies that isolate the pods open no such port to anybody, so nobody can use the service. Often a rule ' +
    "names the service's port: policies judge the pods' own, the targetPort.",
  fix: "open the pods' port: IngressRule.allow({ from, ports: [Port.tcp(targetPort)] })",
  sources: [
    {
      from: 'ahmetb/kubernetes-network-policy-recipes, 09-allow-traffic-only-to-a-port.md',
      read: '2026-11-22',
    },
  ],
  misses:
    'A port that is open to peers which do not exist: they may stand in other manifests. Target ports by a name that ' +
    'the pods do not declare. On azure, services that take traffic on nodes, part of which that engine does not filter.',
  bad: { manifests: example(80) },
  good: { manifests: example(8080) },
  *check(context) {
    for (const service of context.cluster.services) {
      for (const target of isPartlyUnfiltered(service, context) ? [] : context.targets.of(service)) {
        const reach = shutFor(target, context);
        if (reach === undefined) {
          continue;
        }
        const { workload, ports } = target;
        yield {
          ...about(workload),
          message: `${whatPoliciesDo(reach.policies, 'isolates', 'isolate')} it and no rule opens ${ports}, where service ${qualifiedName(service)} sends`,
          witness: `anybody → ${qualifiedName(workload)} on ${ports} is denied`,
          fix: fixOf(target, reach),
        };
      }
    }
  },
};

/** What the workload's pods exchange, if none of them lets anybody in on the port. */
function shutFor({ workload, ports }: Target, { survey }: LintContext): Reach | undefined {
  const reaches = survey.reachesOf('Ingress', survey.setOf([workload]));
  return reaches.every(({ opened }) => !opened.overlaps(ports)) ? reaches[0] : undefined;
}

/** The likely mistake is a rule for the service's port, unless the pods listen on that one, too. */
function fixOf({ service, workload, port, ports }: Target, { opened }: Reach): string {
  const own = service.ports.find(
    (each) =>
      each.port !== port &&
      opened.has(each.protocol, each.port) &&
      !workload.ports.some((other) => other.port === each.port && other.protocol === each.protocol),
  );
  return own === undefined
    ? `open the pods' port: IngressRule.allow({ from, ports: ${portsCode(ports)} })`
    : `write the pods' port ${ports} where a rule opens the service's port ${own.port}`;
}

/** Azure NPM lets traffic in that comes through the pod's own node by a port of nodes. */
function isPartlyUnfiltered({ type, externalTrafficPolicy }: Service, { profile }: LintContext): boolean {
  return (
    profile.engine === 'azure' &&
    (type === 'LoadBalancer' || type === 'NodePort') &&
    externalTrafficPolicy !== 'Local'
  );
}
