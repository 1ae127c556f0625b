import { IMDS, LINK_LOCAL } from '../../aks/fixed-addresses';
import { aksDocs } from '../../aks/source';
import { qualifiedName } from '../../model/cluster';
import { IpSet } from '../../model/ip-set';
import { about, type LintContext } from '../context';
import type { Rule } from '../rule';
import { listWorkloads } from '../words';
import type { WrittenRule } from '../written-rules';

const example = (block: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0${block} } }] }]
`;

const SERVICE = IpSet.ofCidrs([IMDS.cidr]);
const LINK_LOCALS = IpSet.ofCidrs([LINK_LOCAL]);
const ADDRESS = IMDS.cidr.replace('/32', '');

/** What is known of engines and this address, beyond that an IP block matches it or does not. */
const ON_ENGINE: Readonly<Record<string, string>> = {
  azure: '; Azure NPM translates the exception, though in 2020 users saw the address stay open, so try it',
  calico: '; Calico was seen to honour such exceptions',
  cilium: '; on Cilium the block matches no pod or node, so the exception costs nothing inside the cluster',
};

export const wideEgressIncludesImds: Rule = {
  id: 'wide-egress-includes-imds',
  severity: 'warning',
  summary: 'a wide egress rule includes the instance metadata service',
  why:
    'At 169.254.169.254 every pod that can reach it gets tokens of the identities of its node. Who isolates egress ' +
    'and then allows "everything" seldom means that.',
  fix: "leave it out: Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] })",
  sources: [
    aksDocs('operator-best-practices-cluster-security.md'),
    aksDocs('imds-restriction.md'),
    { from: 'MicrosoftDocs/azure-docs#63362', read: '2026-11-22' },
  ],
  misses:
    'Pods whose egress nothing isolates: they reach it too, and no-default-deny speaks of them. Blocks within ' +
    '169.254.0.0/16, which mean it. Whether the service is restricted on the nodes.',
  bad: { manifests: example('') },
  good: { manifests: example(', except: [169.254.169.254/32]') },
  *check(context) {
    for (const policy of context.cluster.policies) {
      const rules = context.rulesOf(policy).filter(({ direction }) => direction === 'Egress');
      for (const opening of rules.some(isWide) ? context.survey.openings(policy, 'Egress') : []) {
        const rule = rules[opening.index] as WrittenRule;
        const peers = opening.peers ?? [{ addresses: IpSet.ALL }];
        const at = peers.findIndex(
          ({ addresses }) => addresses.covers(SERVICE) && !LINK_LOCALS.covers(addresses),
        );
        const workloads = held(policy, context);
        if (at === -1 || !opening.ports().has('TCP', IMDS.port) || workloads.length === 0) {
          continue;
        }
        const block = rule.peers[at]?.value.ipBlock;
        const what = block == null ? 'no peers, which means everybody' : `the block ${block.cidr}`;
        yield {
          ...about(policy),
          field: block == null ? rule.at : `${rule.peers[at]?.at}.ipBlock`,
          message: `egress rule ${rule.index} has ${what}, and so lets ${listWorkloads(workloads)} ask the instance metadata service for tokens of the node${block == null ? '' : (ON_ENGINE[context.profile.engine ?? ''] ?? '')}`,
          witness: `${workloads[0] === undefined ? policy.namespace : qualifiedName(workloads[0])} → ${ADDRESS} ${IMDS.port}/TCP is allowed by ${qualifiedName(policy)}`,
          ...(block == null
            ? {
                fix: "name the peers, and for addresses Peer.ipBlock('0.0.0.0/0', { except: ['169.254.169.254/32'] })",
              }
            : { fix: `write except: [${[...(block.except ?? []), IMDS.cidr].join(', ')}]` }),
        };
      }
    }
  },
};

/** Saves to ask the evaluator about rules that name pods. */
function isWide({ peers }: WrittenRule): boolean {
  return (
    peers.length === 0 || peers.some(({ value }) => value.ipBlock != null || value.namespaceSelector != null)
  );
}

function held(policy: Parameters<LintContext['rulesOf']>[0], { survey }: LintContext) {
  return survey
    .held(policy)
    .list()
    .filter(({ hostNetwork }) => !hostNetwork);
}
