import { dump, loadAll } from 'js-yaml';
import { readManifests } from '../../lib/manifests/read-manifests';
import { cpuSeconds, ratios } from './measure';

const [WORKLOADS, POLICIES, NAMESPACES] = [10_000, 5_000, 200];

/** A cluster of Deployments and policies as YAML, one file for each kind. */
function manifests(): string[] {
  const deployments = Array.from({ length: WORKLOADS }, (_, i) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${i}`, namespace: `ns-${i % NAMESPACES}`, labels: { app: `app-${i}` } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: `app-${i}` } },
      template: {
        metadata: { labels: { app: `app-${i}`, tier: `tier-${i % 5}`, ver: `v${i % 3}` } },
        spec: {
          containers: [
            {
              name: 'main',
              image: `example.azurecr.io/app-${i}:1.2.3`,
              ports: [
                { name: 'http', containerPort: 8080 },
                { name: 'metrics', containerPort: 9090 },
              ],
            },
          ],
        },
      },
    },
  }));
  const policies = Array.from({ length: POLICIES }, (_, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${i}`, namespace: `ns-${i % NAMESPACES}` },
    spec: {
      podSelector: { matchLabels: { app: `app-${i}` } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: { tier: `tier-${i % 5}` } } },
            {
              namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] },
            },
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          ],
          ports: [{ protocol: 'TCP', port: 8080 }, { port: 'metrics' }],
        },
      ],
    },
  }));
  return [deployments, policies].map((objects) => objects.map((object) => dump(object)).join('---\n'));
}

/** CPU time of reading a large cluster, by that of js-yaml alone. */
export function benchReading(): void {
  console.log(`\nreading ${WORKLOADS} workloads and ${POLICIES} policies, CPU time by that of js-yaml alone`);
  const texts = manifests();
  const sources = texts.map((text, i) => ({ file: `${i}.yaml`, text }));
  const found = ratios(
    {
      'js-yaml': () => cpuSeconds(() => texts.map((text) => loadAll(text))),
      'readManifests of YAML': () => cpuSeconds(() => readManifests(sources)),
    },
    7,
  );
  for (const [name, ratio] of Object.entries(found)) {
    console.log(`  ${name.padEnd(22)} ${ratio.toFixed(2)}`);
  }
}
