import { defined } from '../../model/defined';
import { about } from '../context';
import type { LintRule } from '../lint-rule';
import { missedBlocks } from '../missed-blocks';
import { CILIUM } from '../rule-engines';

export const ciliumIpBlockMissesPods: LintRule = {
  id: 'cilium-ip-block-misses-pods',
  severity: 'error',
  summary: 'on cilium, an IP block is to reach pods or nodes, which no IP block matches',
  engines: CILIUM,
  fix: {
    yaml:
      'select the pods by labels beside it; nodes need a CiliumNetworkPolicy with toEntities (fromEntities for ingress): ' +
      '[host, remote-node]',
    code:
      'add the pods as peers beside it, as Peer.sameNamespace(labels); nodes need a CiliumNetworkPolicy with toEntities ' +
      '(fromEntities for ingress): [host, remote-node]',
    cilium:
      'select the pods by labels: toEndpoints or fromEndpoints; nodes are the entities host and remote-node',
  },
  *check(context) {
    for (const { policy, cidr, field, isInside, fix, departure, change } of missedBlocks(context)) {
      if (departure !== undefined) {
        context.differences.told.add(departure);
      }
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
