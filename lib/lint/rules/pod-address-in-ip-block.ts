import type { Cidr } from '../../model/cidr';
import { FINDINGS } from '../../model/finding';
import { IpSet } from '../../model/ip-set';
import { constructFindings, policiesToJudge } from '../construct-findings';
import { about, type LintContext } from '../context';
import { ipBlocksOf, nodeRange, podRange, podsByAddress, serviceAddresses } from '../ip-blocks';
import type { LintRule } from '../lint-rule';
import { isMissedBlock } from '../missed-blocks';

const ID = 'pod-address-in-ip-block';
const { problem, fix } = FINDINGS[ID];

const example = (peer: string) => `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web }] }
status: { podIP: 10.244.0.7 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${peer}] }] }
`;

export const podAddressInIpBlock: LintRule = {
  id: ID,
  severity: 'warning',
  summary: problem,
  why:
    'The portal says so beside its form. A pod has another address after each restart, and the old one may soon ' +
    'be that of a stranger.',
  fix,
  sources: [
    { from: 'the Azure portal, AKS network policies, the form of a custom rule', read: '2026-11-22' },
    { from: 'kubernetes.io, docs/concepts/services-networking/network-policies', read: '2026-11-22' },
    { from: 'cilium 1.19.5, its policy packages, run', read: '2026-11-22' },
  ],
  misses:
    'A manifest’s private address that is no known pod’s and in no known range of pods: it may be a machine. ' +
    'A range that pods and nodes share. On cilium, addresses that cut somebody off: cilium-ip-block-misses-pods ' +
    'speaks of those.',
  bad: { manifests: example('{ ipBlock: { cidr: 10.244.0.7/32 } }') },
  good: { manifests: example('{ podSelector: { matchLabels: { app: web } } }') },
  *check(context) {
    yield* constructFindings(context, ID);
    for (const policy of policiesToJudge(context, ID)) {
      for (const { peer, cidrAt, range } of ipBlocksOf(context, policy)) {
        const whose = ownerOf(range, context);
        if (whose !== undefined && !isMissedBlock(context, policy, cidrAt)) {
          yield {
            ...about(policy),
            field: cidrAt,
            message: `${peer.cidr}, ${whose}: ${problem}`,
          };
        }
      }
    }
  },
};

/** Whose the one address of a CIDR is; undefined for a larger range, and for what may be no pod's. */
function ownerOf(range: Cidr | undefined, context: LintContext): string | undefined {
  if (range === undefined || range.first !== range.last) {
    return undefined;
  }
  const set = IpSet.of(range);
  const [position] = set.boundaries;
  const owner = podsByAddress(context).get(position as bigint);
  if (owner !== undefined) {
    return `the address of pod ${owner.workload.namespace}/${owner.pod.name}`;
  }
  const isOther = serviceAddresses(context).has(position as bigint) || nodeRange(context).overlaps(set);
  return !isOther && podRange(context).covers(set) ? 'in the range of pods' : undefined;
}
