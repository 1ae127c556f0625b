import { CIDR_FLAWS, canonicalCidr } from '../../model/ip-block';
import { about } from '../context';
import { write } from '../fix';
import { engineReadingOf, flawedCidrs, isToldByEngine } from '../flawed-cidrs';
import type { LintRule } from '../lint-rule';

const example = (cidr: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }] }
`;

const PROFILE = { kubernetesVersion: '1.35' };

export const cidrNotCanonical: LintRule = {
  id: 'cidr-not-canonical',
  severity: 'warning',
  summary: 'a CIDR is written as Kubernetes 1.36 refuses it',
  why:
    'Host bits, leading zeros and IPv4 addresses in the form of IPv6 are taken by older API servers, which mask or ' +
    'reinterpret them. An upgrade to 1.36 refuses the manifest, and engines read such forms each in its own way.',
  fix: 'write the range in its canonical form',
  sources: [
    {
      from: 'kubernetes pkg/features, StrictIPCIDRValidation, and kube-apiserver 1.36.3, run',
      read: '2026-11-22',
    },
  ],
  misses:
    'Manifests read without a Kubernetes version, or for 1.36 and later: the reader refuses them itself, with the ' +
    'canonical form. What an engine makes of it alone, where npm-policy-skipped or calico-leading-zeros tells more.',
  bad: { manifests: example('10.1.2.3/8'), profile: PROFILE },
  good: { manifests: example('10.0.0.0/8'), profile: PROFILE },
  *check(context) {
    for (const policy of context.cluster.policies) {
      for (const flawed of flawedCidrs(context, policy)) {
        if (isToldByEngine(context, policy, flawed)) {
          continue;
        }
        const { cidr, text, field } = flawed;
        const reading = engineReadingOf(context, policy, flawed);
        yield {
          ...about(policy),
          field,
          message: `${text}: ${CIDR_FLAWS[cidr.flaw]}${reading === undefined ? '' : `; ${reading.text}`}`,
          ...(reading === undefined ? {} : { witness: reading.witness }),
          fix: write(policy, field, canonicalCidr(cidr)),
        };
      }
    }
  },
};
