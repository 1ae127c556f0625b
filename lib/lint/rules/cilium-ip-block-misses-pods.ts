import { aksDocs } from '../../aks/source';
import { isPrivate, readCidr } from '../../model/cidr';
import { IpSet } from '../../model/ip-set';
import type { PartDeparture } from '../../reachability/policy-departures';
import { about, type LintContext } from '../context';
import { needsEngine } from '../engine-words';
import { deployment, networkPolicy } from '../example-manifests';
import type { Rule } from '../rule';
import { peerAt } from '../written-rules';

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

export const ciliumIpBlockMissesPods: Rule = {
  id: 'cilium-ip-block-misses-pods',
  severity: 'error',
  summary: 'on cilium, an IP block is to reach pods or nodes, which no IP block matches',
  why:
    'Cilium knows pods and nodes by their identity and never by their address, so an IP block matches neither, not ' +
    'even 0.0.0.0/0. On azure and calico it does.',
  fix:
    'add selectors for the pods beside it: { namespaceSelector: {} } is every pod; nodes need a CiliumNetworkPolicy ' +
    'with toEntities: [host, remote-node]',
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
    const { cluster, differences, profile } = context;
    const { podCidrs = [], nodeCidrs = [], engine } = profile;
    const podRange = IpSet.ofCidrs(podCidrs);
    // A subnet of nodes may hold other things, but who writes it as it is means the nodes. Whether Cilium of your
    // own lets IP blocks match them is a setting of it.
    const subnets = engine === 'cilium' ? nodeCidrs.map((each) => IpSet.ofCidrs([each]).key) : [];
    for (const policy of cluster.policies) {
      for (const departure of differences.by(policy, 'ip-block-never-pods', 'ip-block-never-nodes')) {
        const ipBlock = peerAt(policy, departure)?.ipBlock;
        const cidr = readCidr(ipBlock?.cidr ?? '');
        if (ipBlock == null || cidr === undefined) {
          continue;
        }
        const change = differences.change(policy, departure);
        const isCutOff = change !== undefined && change.specified !== 'denied' && change.actual === 'denied';
        // One address that is cut off is that of a known pod or node.
        const isOne = isCutOff && cidr.first === cidr.last;
        const block = IpSet.ofBlock(ipBlock);
        const isRange = !block.isEmpty && (podRange.covers(block) || subnets.includes(block.key));
        const isInside = isOne || isRange;
        const isMeant = isInside || isPrivate(cidr) || change?.isBetweenPods;
        if (isCutOff ? isMeant : isRange && change === undefined && isNobodyKnown(context, departure)) {
          differences.told.add(departure);
          yield {
            ...about(policy),
            severity: isInside ? 'error' : 'warning',
            field: `${departure.at}.ipBlock.cidr`,
            message: isInside
              ? `${ipBlock.cidr} lies where the pods and nodes of the cluster are, and matches none of them on Cilium`
              : `${ipBlock.cidr} includes pods or nodes by the specification, and none of them on Cilium`,
            ...(change === undefined ? {} : { witness: change.text }),
          };
        }
      }
    }
  },
};

/** Whether nothing is known of the cluster that could show what the block is to reach. */
function isNobodyKnown({ survey }: LintContext, { concerned, nodes }: PartDeparture): boolean {
  return concerned.isEmpty && survey.nodesIn(nodes, 1).length === 0;
}
