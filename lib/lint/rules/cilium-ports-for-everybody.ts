import type { Service } from '../../model/cluster';
import { isPlainObject } from '../../model/problem';
import { ciliumSelector } from '../cilium-pieces';
import {
  allRulesIn,
  type CiliumRule,
  eachCiliumSpec,
  hasEntries,
  type Part,
  partsUnder,
} from '../cilium-specs';
import type { LintContext } from '../context';
import { type Fix, write } from '../fix';
import type { LintRule } from '../lint-rule';
import { CILIUM } from '../rule-engines';

/** What may come out empty and then means everybody, where ports stand beside it. */
const OPEN_WHEN_EMPTY = ['toFQDNs', 'toServices', 'toGroups'];

export const ciliumPortsForEverybody: LintRule = {
  id: 'cilium-ports-for-everybody',
  severity: 'error',
  summary: 'on cilium, ports beside services that nobody finds, or beside an empty list, are for everybody',
  engines: CILIUM,
  fix: 'select the pods behind the service by labels: toEndpoints, with the ports of the pods',
  check: eachCiliumSpec(function* (spec, context) {
    for (const rule of allRulesIn(spec)) {
      const hasPorts = hasEntries(rule.fields.toPorts) || hasEntries(rule.fields.icmps);
      const empty = OPEN_WHEN_EMPTY.find(
        (key) => Array.isArray(rule.fields[key]) && !hasEntries(rule.fields[key]),
      );
      const does = rule.action === 'deny' ? 'denies' : 'opens';
      if (hasPorts && empty !== undefined) {
        yield {
          field: [...rule.at, empty],
          message: `an empty ${empty} beside ports names nobody, and Cilium ${does} the ports for everybody`,
          fix: 'name those who are meant, or take the rule out',
        };
      } else if (hasPorts && hasEntries(rule.fields.toServices)) {
        const services = partsUnder(rule, 'toServices').map((each) => serviceOf(each, context));
        const isMissing = services.every((each) => each === 'missing');
        const why =
          rule.action === 'deny'
            ? 'Cilium looks for no services of what it denies, and'
            : isMissing
              ? 'no manifest has such a service, and Cilium'
              : 'for as long as Cilium finds no such service, it';
        yield {
          severity: isMissing || rule.action === 'deny' ? 'error' : 'warning',
          field: [...rule.at, 'toServices'],
          message: `${why} ${does} the ports for everybody`,
          ...fixOf(spec, rule, services),
        };
      }
    }
  }),
};

type Found = Service | 'missing' | undefined;

/** The service that an entry names; undefined where nobody can tell. */
function serviceOf({ fields }: Part, context: LintContext): Found {
  const { serviceName, namespace } = isPlainObject(fields.k8sService) ? fields.k8sService : {};
  // Without a namespace it is any service of the name.
  if (typeof namespace !== 'string' || typeof serviceName !== 'string') {
    return undefined;
  }
  const known = context.servicesIn(namespace);
  return known.find(({ name }) => name === serviceName) ?? (known.length > 0 ? 'missing' : undefined);
}

/** The pods behind the services in their place, where all of them are known. */
function fixOf(
  { policy }: Pick<Parameters<Parameters<typeof eachCiliumSpec>[0]>[0], 'policy'>,
  { at, fields }: CiliumRule,
  services: readonly Found[],
): { readonly fix?: Fix } {
  const toEndpoints = services.flatMap((each) =>
    typeof each === 'object' && Object.keys(each.selector ?? {}).length > 0
      ? [
          ciliumSelector(
            { namespaces: each.namespace, pods: { matchLabels: each.selector ?? {} } },
            policy.namespace,
          ),
        ]
      : [],
  );
  const { toServices, ...others } = fields;
  return toEndpoints.length === services.length ? { fix: write(policy, at, { toEndpoints, ...others }) } : {};
}
