import { departureText } from '../../aks/engine-departures';
import { aksDocs } from '../../aks/fact-source';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';

const MANIFESTS =
  deployment('web') +
  networkPolicy('web', { podSelector: {}, ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] });

export const ciliumEndPort: LintRule = {
  id: 'cilium-end-port',
  severity: 'warning',
  summary: 'on cilium before Kubernetes 1.32, a range of ports may be its first port only',
  why:
    'AKS documents that Cilium before 1.17, which runs up to Kubernetes 1.31, opens only the first port of a range. ' +
    'The source of Cilium 1.16 reads ranges as it should. Nobody tried it on AKS.',
  fix: 'list the ports one by one, or upgrade to Kubernetes 1.32',
  sources: [
    aksDocs('azure-cni-powered-by-cilium.md'),
    { from: 'cilium 1.16.19 and 1.15.19, parsePorts', read: '2026-11-22' },
  ],
  misses: 'Cilium of your own, whose version the profile does not tell.',
  bad: { manifests: MANIFESTS, profile: { engine: 'cilium', kubernetesVersion: '1.31' } },
  good: { manifests: MANIFESTS, profile: { engine: 'cilium', kubernetesVersion: '1.32' } },
  needs: (context) =>
    needsEngine(context) ??
    (context.profile.engine === 'cilium' && context.profile.kubernetesVersion === undefined
      ? 'the profile does not tell the Kubernetes version, and Cilium comes with it'
      : undefined),
  *check({ cluster, differences }) {
    for (const policy of cluster.policies) {
      for (const departure of differences.by(policy, 'end-port-ignored')) {
        differences.told.add(departure);
        yield {
          ...about(policy),
          field: [...departure.at, 'endPort'],
          message: `${departure.effect().ports} may stay shut: ${departureText('end-port-ignored')}`,
        };
      }
    }
  },
};
