import { allRulesIn, type CiliumSpec, eachCiliumSpec, filtersIn } from '../cilium-specs';
import { hostLists, writtenNamesIn } from '../dns-lists';
import { type EditFix, together, write } from '../fix';
import type { LintRule } from '../lint-rule';

export const ciliumRefusedByAks: LintRule = {
  id: 'cilium-refused-by-aks',
  severity: 'error',
  summary: 'on cilium, AKS refuses a policy that Cilium itself would take',
  engines: ['cilium'],
  fix: 'write HTTP rules into policies of namespaces, with acns L7, and list the names in rules.dns',
  check: eachCiliumSpec(function* (spec, { profile: { acns } }) {
    const filters = allRulesIn(spec).flatMap(filtersIn);
    const ofRequests = filters.find(({ kind }) => kind !== 'dns');
    const isClusterwide = spec.policy.namespace === undefined;
    if (ofRequests !== undefined && (isClusterwide || acns === 'FQDN')) {
      yield {
        field: ofRequests.at,
        message: isClusterwide
          ? 'AKS has filters of requests in policies of namespaces alone, and refuses them in a clusterwide one'
          : 'AKS refuses filters of requests while ACNS enforces names of hosts alone (acns: FQDN)',
        fix: isClusterwide
          ? 'write a CiliumNetworkPolicy in each namespace'
          : 'set it first: az aks update --enable-acns --acns-advanced-networkpolicies L7',
      };
    }
    for (const { at, list, kind } of acns === 'None' ? [] : filters) {
      const names = kind === 'dns' ? (writtenNamesIn(list) ?? []) : [];
      const place = names.findIndex(({ key, text }) => key === 'matchPattern' && text === '*');
      if (place !== -1) {
        const fix = names.length === 1 ? namesInstead(spec, at) : undefined;
        yield {
          field: [...at, place, 'matchPattern'],
          message:
            'AKS refuses every name at once: its admission policy advanced-networking-validating-policy takes no "*" here',
          fix: fix ?? 'list the names that the pods look up',
        };
      }
    }
  }),
};

/** The names of hosts in the policy, and those of Services, in place of all names. */
function namesInstead(spec: CiliumSpec, at: readonly (string | number)[]): EditFix | undefined {
  const names = hostLists(spec).flatMap(({ fields }) => writtenNamesIn(fields.toFQDNs) ?? []);
  const known = new Map(
    names.filter(({ text }) => text !== '*').map(({ key, text }) => [text, { [key]: text }]),
  );
  return known.size === 0
    ? undefined
    : together(write(spec.policy, at, [...known.values(), { matchPattern: '*.*.svc.cluster.local' }]));
}
