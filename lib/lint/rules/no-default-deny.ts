import type { Workload } from '../../model/cluster';
import { append } from '../../model/collections';
import { POLICY_TYPES } from '../../model/network-policy';
import { listWords } from '../../model/word-list';
import { aboutNamespace } from '../context';
import { baselineFor, bringsItsOwn, openToNewcomers } from '../default-deny';
import type { LintRule } from '../lint-rule';

/** What no isolation means for one workload, and for several. */
const EFFECTS = {
  Ingress: ['everybody reaches every port of it', 'everybody reaches every port of them'],
  Egress: ['it reaches everybody', 'they reach everybody'],
} as const;

const SEVERITIES = { Ingress: 'warning', Egress: 'info' } as const;

export const noDefaultDeny: LintRule = {
  id: 'no-default-deny',
  severity: 'warning',
  summary: 'no policy isolates some workloads of a namespace',
  fix: {
    yaml: 'add a policy for every pod of the namespace, with podSelector: {} and both policyTypes, and what stays open as rules',
    code: "add new NamespaceBaseline(chart, 'baseline', { ingress: 'AllowSameNamespace', egress: 'DenyAll' })",
  },
  *check(context) {
    if (context.profile.engine === 'none') {
      return;
    }
    for (const direction of POLICY_TYPES) {
      const [ofOne, ofSeveral] = EFFECTS[direction];
      const open = new Map<string, Workload[]>();
      const held = new Set<string>();
      for (const { isolated, workloads } of context.reachesIn(direction)) {
        for (const workload of workloads.filter(({ helmHook }) => helmHook === undefined)) {
          if (isolated === 'no') {
            append(open, workload.namespace, workload);
          } else {
            held.add(workload.namespace);
          }
        }
      }
      for (const [name, workloads] of open) {
        if (bringsItsOwn(name, direction, context.profile)) {
          continue;
        }
        const names = [...new Set(workloads.map((workload) => workload.name))].sort();
        const which = held.has(name) ? listWords(names) : 'any workload';
        const effect = held.has(name) && names.length === 1 ? ofOne : ofSeveral;
        yield {
          ...aboutNamespace(name, context),
          severity: SEVERITIES[direction],
          message: `no policy isolates ${which} for ${direction.toLowerCase()}: ${effect}`,
          witness:
            direction === 'Ingress'
              ? `internet → ${name}/${names[0]} on every port is allowed`
              : `${name}/${names[0]} → internet on every port is allowed`,
          fix: baselineFor(name, direction, context),
        };
      }
      if (direction === 'Ingress') {
        for (const name of openToNewcomers(context, [...open.keys()])) {
          yield {
            ...aboutNamespace(name, context),
            severity: 'info',
            message: `no policy isolates every pod of namespace ${name} for ingress: everybody reaches every port of those that come with other labels`,
            fix: baselineFor(name, 'Ingress', context),
          };
        }
      }
    }
  },
};
