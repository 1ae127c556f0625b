import { type FieldPath, fieldIn } from '../model/field-path';
import { isPlainObject, type Problem } from '../model/problem';
import { SERVICE_ACCOUNT_LABEL } from '../model/service-account';
import { type ConversionNote, type Manifest, noTwin } from './conversion';

/** What a NetworkPolicy cannot say, and what to do about it. */
interface Unsaid {
  readonly problem: string;
  readonly fix: string;
}

const NODES: Unsaid = {
  problem: 'a NetworkPolicy is about pods and has no rule for nodes',
  fix: 'keep the Cilium policy',
};
const FILTER: Unsaid = {
  problem: 'a NetworkPolicy allows whole connections, and filters nothing in them',
  fix: 'keep the Cilium policy, or take the filter away if whole connections may pass',
};
const NAMES: Unsaid = {
  problem: 'a NetworkPolicy has no rule for host names',
  fix: 'keep the Cilium policy, or name the addresses in toCIDR if they never change',
};
const SERVICES: Unsaid = {
  problem: 'a NetworkPolicy has no rule for services',
  fix: 'name the pods behind the service in toEndpoints',
};
const GROUPS: Unsaid = {
  problem: 'a NetworkPolicy refers to no group of addresses',
  fix: 'list the addresses in toCIDRSet or fromCIDRSet',
};
const DENIALS: Unsaid = {
  problem: 'a NetworkPolicy only allows, and denies nothing that another policy allows',
  fix: 'keep the Cilium policy, or take what it denies out of what others allow',
};

const ACCOUNTS: Unsaid = {
  problem: 'a NetworkPolicy selects pods by their labels, and not by their service accounts',
  fix: 'keep the Cilium policy, or give the pods of the account a label',
};

/** Fields of a rule that have no twin. */
const RULE_FIELDS: Readonly<Record<string, Unsaid>> = {
  toFQDNs: NAMES,
  toServices: SERVICES,
  fromNodes: NODES,
  toNodes: NODES,
  fromGroups: GROUPS,
  toGroups: GROUPS,
  icmps: {
    problem: 'a NetworkPolicy has no rule for ICMP alone',
    fix: 'keep the Cilium policy, or leave icmps and toPorts out so that all may pass',
  },
  authentication: {
    problem: 'a NetworkPolicy asks for no authentication',
    fix: 'keep the Cilium policy',
  },
};

/** Fields beside the ports of a rule. */
const PORT_FIELDS: readonly string[] = [
  'rules',
  'terminatingTLS',
  'originatingTLS',
  'serverNames',
  'listener',
];

/** Everything in one part of a policy of Cilium's that has no twin, whatever else it says. */
export function unsaidIn(spec: Manifest, at: FieldPath): Problem[] {
  const problems: Problem[] = [];
  const report = (field: FieldPath, got: unknown, { problem, fix }: Unsaid) =>
    problems.push(noTwin(field, got, problem, fix));
  if (spec.nodeSelector !== undefined) {
    report(fieldIn(at, 'nodeSelector'), spec.nodeSelector, NODES);
  }
  const reportAccount = (selector: unknown, field: FieldPath) => {
    if (asksForAccount(selector)) {
      report(field, selector, ACCOUNTS);
    }
  };
  reportAccount(spec.endpointSelector, fieldIn(at, 'endpointSelector'));
  for (const direction of ['ingress', 'egress']) {
    const denials = spec[`${direction}Deny`];
    if (Array.isArray(denials) && denials.length > 0) {
      report(fieldIn(at, `${direction}Deny`), denials, DENIALS);
    }
    for (const { value: rule, at: here } of entriesIn(spec[direction], fieldIn(at, direction))) {
      for (const [field, unsaid] of Object.entries(RULE_FIELDS)) {
        if (rule[field] !== undefined) {
          report(fieldIn(here, field), rule[field], unsaid);
        }
      }
      for (const way of ['fromEndpoints', 'toEndpoints']) {
        for (const { value: selector, at: there } of entriesIn(rule[way], fieldIn(here, way))) {
          reportAccount(selector, there);
        }
      }
      for (const set of ['fromCIDRSet', 'toCIDRSet']) {
        for (const { value: block, at: there } of entriesIn(rule[set], fieldIn(here, set))) {
          for (const field of ['cidrGroupRef', 'cidrGroupSelector'].filter(
            (key) => block[key] !== undefined,
          )) {
            report(fieldIn(there, field), block[field], GROUPS);
          }
        }
      }
      for (const { value: entry, at: there } of entriesIn(rule.toPorts, fieldIn(here, 'toPorts'))) {
        for (const field of PORT_FIELDS.filter((key) => entry[key] !== undefined)) {
          report(fieldIn(there, field), entry[field], FILTER);
        }
      }
    }
  }
  return problems;
}

/** Whether a selector has the label that Cilium makes of a service account, with or without its source. */
function asksForAccount(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = isPlainObject(selector) ? selector : {};
  const keys = [
    ...(isPlainObject(matchLabels) ? Object.keys(matchLabels) : []),
    ...entriesIn(matchExpressions, []).map(({ value: { key } }) => key),
  ];
  return keys.some((key) => typeof key === 'string' && key.split(':').at(-1) === SERVICE_ACCOUNT_LABEL);
}

/** What a policy of Cilium's says that is not about traffic. */
export function uncarriedIn(spec: Manifest, at: FieldPath): ConversionNote[] {
  return ['description', 'labels', 'log']
    .filter((field) => spec[field] !== undefined)
    .map((field) => ({
      at: fieldIn(at, field),
      says: 'a NetworkPolicy has no such field, and it is not carried over',
    }));
}

function entriesIn(
  value: unknown,
  at: FieldPath,
): readonly { readonly value: Manifest; readonly at: FieldPath }[] {
  return Array.isArray(value)
    ? value.flatMap((each, i) => (isPlainObject(each) ? [{ value: each, at: fieldIn(at, i) }] : []))
    : [];
}
