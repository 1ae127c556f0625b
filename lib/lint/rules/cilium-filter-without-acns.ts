import { allRulesIn, type CiliumSpec, ciliumSpecs, eachCiliumSpec, filtersIn } from '../cilium-specs';
import { hostLists } from '../dns-lists';
import type { LintRule } from '../lint-rule';

export const ciliumFilterWithoutAcns: LintRule = {
  id: 'cilium-filter-without-acns',
  severity: 'error',
  summary: 'on cilium, a policy looks into requests or names hosts, and the cluster has no ACNS that does it',
  engines: ['cilium'],
  fix:
    'turn it on: az aks update --enable-acns --acns-advanced-networkpolicies L7 (FQDN is enough for names of hosts); ' +
    'without it, write addresses and ports',
  needs: (context) =>
    context.profile.acns === undefined && ciliumSpecs(context).some(needsProxy)
      ? 'the profile does not tell what acns enforces'
      : undefined,
  check: eachCiliumSpec(function* (spec, { profile }) {
    if (profile.acns !== 'None') {
      return;
    }
    const [filter] = allRulesIn(spec).flatMap(filtersIn);
    if (filter !== undefined) {
      yield {
        field: filter.at,
        message:
          'without Advanced Container Networking Services Cilium has no proxy and refuses the whole policy, so that ' +
          'pods that it alone isolates are open; according to Microsoft it blocks instead',
      };
      return;
    }
    for (const { at } of hostLists(spec)) {
      yield {
        field: [...at, 'toFQDNs'],
        message:
          'without Advanced Container Networking Services Cilium learns no addresses of names, so this rule opens nothing',
      };
    }
  }),
};

function needsProxy(spec: CiliumSpec): boolean {
  return hostLists(spec).length > 0 || allRulesIn(spec).some((rule) => filtersIn(rule).length > 0);
}
