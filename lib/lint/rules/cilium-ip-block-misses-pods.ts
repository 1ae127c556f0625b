import { aksDocs } from '../../aks/fact-source';
import { defined } from '../../model/defined';
import { about } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { LintRule } from '../lint-rule';
import { missedBlocks } from '../missed-blocks';

const example = (...to: object[]) =>
  deployment('db', { ports: [{ containerPort: 5432 }] }) +
  deployment('web') +
  networkPolicy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to, ports: [{ port: 5432 }] }],
  });
const PODS = { ipBlock: { cidr: '10.244.0.0/16' } };
const profile = { engine: 'cilium', podCidrs: ['10.244.0.0/16'] } as const;

export const ciliumIpBlockMissesPods: LintRule = {
  id: 'cilium-ip-block-misses-pods',
  severity: 'error',
  summary: 'on cilium, an IP block is to reach pods or nodes, which no IP block matches',
  why:
    'Cilium knows pods and nodes by their identity and never by their address, so an IP block matches neither, not ' +
    'even 0.0.0.0/0. On azure and calico it does.',
  fix: {
    yaml:
      'select the pods by labels beside it; nodes need a CiliumNetworkPolicy with toEntities (fromEntities for ingress): ' +
      '[host, remote-node]',
    code:
      'add the pods as peers beside it, as Peer.sameNamespace(labels); nodes need a CiliumNetworkPolicy with toEntities ' +
      '(fromEntities for ingress): [host, remote-node]',
  },
  sources: [
    aksDocs('azure-cni-powered-by-cilium.md'),
    aksDocs('migrate-from-npm-to-cilium-network-policy.md'),
  ],
  misses:
    'A private range in which pods or nodes may lie, when neither the profile nor the cluster tells where they do. A ' +
    'range as wide as 0.0.0.0/0 counts when a known workload declares a port of the rule and is cut off.',
  bad: { manifests: example(PODS), profile },
  good: { manifests: example({ podSelector: { matchLabels: { app: 'db' } } }), profile },
  needs: needsEngine,
  *check(context) {
    for (const { policy, cidr, field, isInside, fix, departure, change } of missedBlocks(context)) {
      context.differences.told.add(departure);
      yield {
        ...about(policy),
        severity: isInside ? 'error' : 'warning',
        field,
        message: isInside
          ? `${cidr} lies where the pods and nodes of the cluster are, and matches none of them on Cilium`
          : `${cidr} includes pods or nodes by the specification, and none of them on Cilium`,
        ...(change === undefined ? {} : { witness: change.text }),
        ...defined({ fix }),
      };
    }
  },
};
