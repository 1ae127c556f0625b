import { LOCAL_DNS } from '../../aks/fixed-addresses';
import { CORE_DNS } from '../../aks/system-pods';
import { listWords } from '../../model/word-list';
import { ciliumSelector } from '../cilium-pieces';
import { type CiliumSpec, eachCiliumSpec } from '../cilium-specs';
import type { LintContext } from '../context';
import {
  type DnsList,
  dnsListsFor,
  hostLists,
  isCovered,
  type WrittenName,
  writtenNamesIn,
} from '../dns-lists';
import { add, type EditFix, together } from '../fix';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

export const ciliumNameWithoutDnsRule: LintRule = {
  id: 'cilium-name-without-dns-rule',
  severity: 'error',
  summary: 'on cilium, a rule names hosts of which no rule for DNS lets Cilium learn the addresses',
  engines: CILIUM,
  fix: 'add a rule to the name servers with rules: { dns: [...] } that lists the same names, in the same policy',
  check: eachCiliumSpec(function* (spec, context) {
    // Without the proxy no name matches anyway, and cilium-filter-without-acns says so.
    const rules = context.profile.acns === 'None' ? [] : hostLists(spec);
    const lists = rules.length === 0 ? [] : dnsListsFor(spec, context);
    if (lists.some(({ names }) => names === undefined)) {
      return;
    }
    const learnt = lists.flatMap(({ names = [] }) => names);
    for (const { at, fields } of rules) {
      const lost = (writtenNamesIn(fields.toFQDNs) ?? []).filter((name) => !isCovered(name, learnt));
      if (lost.length > 0) {
        const names = listWords(lost.map(({ text }) => text));
        const why =
          lists.length === 0
            ? 'no policy of these pods has a rule for DNS with rules.dns'
            : 'no rules.dns of these pods has it';
        yield {
          field: [...at, 'toFQDNs'],
          message: `${why}, so Cilium never learns the addresses of ${names}, and this rule opens nothing for ${lost.length === 1 ? 'it' : 'them'}`,
          fix: dnsFix(spec, lists, lost, context),
        };
      }
    }
  }),
};

/** The names in the list that the policy has already, or in a rule of its own. */
function dnsFix(
  spec: CiliumSpec,
  lists: readonly DnsList[],
  lost: readonly WrittenName[],
  { profile }: LintContext,
): EditFix {
  const entries = lost.map(({ key, text }) => ({ [key]: text }));
  const own = lists.filter((each) => each.spec === spec);
  if (own.length > 0) {
    return together(...own.flatMap(({ at }) => entries.map((entry) => add(spec.policy, at, entry))));
  }
  const { namespace, labels = {}, ports } = CORE_DNS;
  const toPorts = [
    {
      ports: (ports ?? []).map(({ port, protocol }) => ({ port: String(port), protocol })),
      rules: { dns: entries },
    },
  ];
  const pods = ciliumSelector(
    { namespaces: namespace, pods: { matchLabels: labels } },
    spec.policy.namespace,
  );
  const servers = [
    { toEndpoints: [pods] },
    ...(profile.localDns === true ? [{ toCIDR: LOCAL_DNS.cidrs }, { toEntities: ['host'] }] : []),
  ];
  return together(...servers.map((peers) => add(spec.policy, [...spec.at, 'egress'], { ...peers, toPorts })));
}
