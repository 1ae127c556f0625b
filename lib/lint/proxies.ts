import { PortSet } from '../model/port-set';
import type { LintContext } from './context';
import { oncePerContext } from './context';
import type { GroupReach } from './group-reach';

/** Where a forward proxy may listen. */
export const PROXY_PORTS = [80, 443, 3128, 8080, 8443]
  .map((port) => PortSet.range('TCP', port))
  .reduce((all, ports) => all.or(ports));

/** Words in names and labels of pods that carry requests out of the cluster. */
const PROXY = /proxy|squid|egress|gateway|envoy/i;

const proxies = oncePerContext(({ cluster, facts }: LintContext) =>
  facts.setOf(
    cluster.workloads.filter(({ namespace, name, labels }) =>
      PROXY.test(JSON.stringify([namespace, name, labels])),
    ),
  ),
);

/** Whether pods that may well be a forward proxy are open to some workloads. */
export function mayUseProxyPods(reach: GroupReach, context: LintContext): boolean {
  return (
    reach.openWith(proxies(context)).overlaps(PROXY_PORTS) ||
    reach.withPossible.some(({ set, ports }) => PROXY.test(set.key) && ports.possible.overlaps(PROXY_PORTS))
  );
}
