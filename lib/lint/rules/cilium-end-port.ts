import { departureText } from '../../aks/engine-departures';
import { eachDeparture, type LintRule } from '../lint-rule';

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
  check: eachDeparture(['end-port-ignored'], ({ at, effect }) => ({
    field: [...at, 'endPort'],
    message: `${effect().ports} may stay shut: ${departureText('end-port-ignored')}`,
  })),
};
