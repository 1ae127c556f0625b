import { departureText } from '../../aks/engine-departures';
import { about } from '../context';
import type { LintRule } from '../lint-rule';

export const ciliumEndPort: LintRule = {
  id: 'cilium-end-port',
  severity: 'warning',
  summary: 'on cilium before Kubernetes 1.32, a range of ports may be its first port only',
  engines: ['cilium'],
  fix: 'list the ports one by one, or upgrade to Kubernetes 1.32',
  needs: ({ profile }) =>
    profile.kubernetesVersion === undefined
      ? 'the profile does not tell the Kubernetes version, and Cilium comes with it'
      : undefined,
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
