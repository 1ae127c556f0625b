import type { TrafficPeer } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import type { Reach } from '../reachability/reach';
import type { LintContext } from './context';
import { oncePerContext } from './once';
import { portsOf } from './strangers';

/** Where a forward proxy may listen. */
export const PROXY_PORTS = [80, 443, 3128, 8080, 8443]
  .map((port) => PortSet.range('TCP', port))
  .reduce((all, ports) => all.or(ports));

/** Words in names and labels of pods that carry requests out of the cluster. */
const PROXY = /proxy|squid|egress|gateway|envoy/i;

const proxies = oncePerContext(({ cluster, survey }: LintContext) =>
  survey.setOf(cluster.workloads.filter(({ name }) => PROXY.test(name))),
);

/** Whether pods that may well be a forward proxy are open to some workloads. */
export function mayUseProxyPods(reach: Reach, context: LintContext): boolean {
  return (
    reach.openWith(proxies(context)).overlaps(PROXY_PORTS) ||
    reach.policies.some((policy) =>
      context
        .allowing(policy, 'Egress')
        .some(
          (rule) =>
            rule.peers?.some((peer) => PROXY.test(wordsOf(peer))) === true &&
            portsOf(rule, undefined).overlaps(PROXY_PORTS),
        ),
    )
  );
}

/** All that a peer says, as one text. */
function wordsOf(peer: TrafficPeer): string {
  return peer.kind === 'pods' ? JSON.stringify([peer.namespaces, peer.pods]) : '';
}
