import { readAddress, readCidr } from '../model/cidr';
import { type FieldPath, fieldIn } from '../model/field-path';
import { checkLabelSelector, type LabelSelectorRequirement } from '../model/label-selector';
import type { Labels } from '../model/labels';
import type { Problem } from '../model/problem';
import { isForEveryAgent, type Refusal } from '../model/refusal';
import { inFilters, inPorts, listIn, type Values } from './agent-port-checks';

/**
 * Why Cilium's agent refuses a policy that the schema lets through, in the order in which it looks: an agent that several
 * concern tells the first. The last one concerns every agent, unless no such one is known.
 *
 * @param namespace the policy's own; left out for a clusterwide one
 * @see cilium v1.16.19, v1.17.0, v1.18.6 and v1.19.5, pkg/policy/api/rule_validation.go and
 *   pkg/k8s/apis/cilium.io/v2, Parse, read 2026-11-30
 */
export function agentRefusals(policy: Values, namespace: string | undefined): readonly Refusal[] {
  const found = new Map<string, Refusal>();
  for (const refusal of inPolicy(policy, namespace)) {
    const { from, to, unless } = refusal;
    const key = JSON.stringify([from, to, unless]);
    if (!found.has(key)) {
      found.set(key, refusal);
    }
    if (isForEveryAgent(refusal)) {
      break;
    }
  }
  return [...found.values()];
}

function* inPolicy({ spec, specs }: Values, namespace: string | undefined): Generator<Refusal> {
  if (spec === undefined && specs === undefined) {
    yield { message: 'empty policy', at: ['spec'], fix: 'write what the policy allows into spec' };
  }
  if (spec !== undefined) {
    yield* inSpec(spec as Values, ['spec'], namespace);
  }
  for (const [i, each] of listIn({ specs }, 'specs').entries()) {
    yield* inSpec(each, ['specs', i], namespace);
  }
}

const SECTIONS = [
  { key: 'ingress', direction: 'From', denies: false },
  { key: 'ingressDeny', direction: 'From', denies: true },
  { key: 'egress', direction: 'To', denies: false },
  { key: 'egressDeny', direction: 'To', denies: true },
] as const;

type RuleSection = (typeof SECTIONS)[number];

function* inSpec(spec: Values, at: FieldPath, namespace: string | undefined): Generator<Refusal> {
  if (SECTIONS.every(({ key }) => listIn(spec, key).length === 0)) {
    const empty = SECTIONS.find(({ key }) => spec[key] !== undefined)?.key ?? 'ingress';
    yield {
      message: 'rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny',
      at: fieldIn(at, empty),
      fix: `write ${empty}: [{}] to deny everything in this direction, or leave the policy out`,
      from: '1.17',
    };
  }
  for (const key of ['endpointSelector', 'nodeSelector']) {
    if (spec[key] !== undefined) {
      yield* inSelector(spec[key] as Values, fieldIn(at, key));
    }
  }
  const isOfNodes = spec.nodeSelector !== undefined;
  for (const section of SECTIONS) {
    for (const [i, rule] of listIn(spec, section.key).entries()) {
      yield* inRule(rule, fieldIn(fieldIn(at, section.key), i), section, isOfNodes);
    }
  }
  if (isOfNodes && namespace !== undefined) {
    yield {
      message: 'rule cannot have NodeSelector',
      at: fieldIn(at, 'nodeSelector'),
      fix: 'write it as a CiliumClusterwideNetworkPolicy, or select pods with endpointSelector',
    };
  }
}

function* inSelector({ matchLabels = {}, matchExpressions = [] }: Values, at: FieldPath): Generator<Refusal> {
  const problems: Problem[] = [];
  const labels = Object.entries(matchLabels as Labels).map(([key, value]) => [extended(key), value]);
  const requirements = (matchExpressions as readonly LabelSelectorRequirement[]).map(
    ({ key, operator, values = [] }) => ({ key: extended(key), operator, values }),
  );
  checkLabelSelector(
    { matchLabels: Object.fromEntries(labels), matchExpressions: requirements },
    [],
    problems,
  );
  const [first] = problems;
  if (first !== undefined) {
    yield { message: 'invalid label selector', at, fix: `${first.problem}; got ${first.got}: ${first.fix}` };
  }
}

/** A key as Cilium gives it to Kubernetes' own check: with the source of its label in front, so it may be too long. */
function extended(key: string): string {
  const [, source = '', rest = ''] = /^\$/.test(key)
    ? [key, 'reserved', key.slice(1)]
    : (/^([^:]*):(.*)$/s.exec(key) ?? [key, '', key]);
  return `${source === '' ? 'any' : source}.${rest.replace(/=.*$/s, '')}`;
}

/** The ways to name the other end, of which a rule may use one. */
const WAYS = ['Endpoints', 'CIDR', 'CIDRSet', 'Entities', 'Nodes', 'Groups'] as const;

function* inRule(
  rule: Values,
  at: FieldPath,
  { direction, denies }: RuleSection,
  isOfNodes: boolean,
): Generator<Refusal> {
  const ways = [
    ...WAYS,
    ...(direction === 'To' ? ['Services'] : []),
    ...(direction === 'To' && !denies ? ['FQDNs'] : []),
  ].map((way) => ({ name: `${direction}${way}`, list: listIn(rule, `${direction.toLowerCase()}${way}`) }));
  yield* inPeers(rule, at, direction, ways);
  const ports = listIn(rule, 'toPorts');
  if (ways.some(({ name, list }) => name === 'ToServices' && list.length > 0) && ports.length > 0) {
    yield {
      message: 'combining ToServices and ToPorts is not supported yet',
      at: fieldIn(at, 'toPorts'),
      fix: 'leave toPorts out: a service opens its own ports',
      to: '1.16',
    };
  }
  if (!denies) {
    yield* inFilters(ports, fieldIn(at, 'toPorts'), direction, isOfNodes);
  }
  if (listIn(rule, 'icmps').length > 0 && ports.length > 0) {
    yield {
      message: 'the ICMPs block may only be present without ToPorts. Define a separate rule to use ToPorts',
      at: fieldIn(at, 'icmps'),
      fix: 'write a rule of its own for icmps, with the same peers',
    };
  }
  for (const [i, each] of ports.entries()) {
    yield* inPorts(each, fieldIn(fieldIn(at, 'toPorts'), i), direction, denies);
  }
}

function* inPeers(
  rule: Values,
  at: FieldPath,
  direction: RuleSection['direction'],
  ways: readonly { readonly name: string; readonly list: readonly unknown[] }[],
): Generator<Refusal> {
  const [first, second] = ways.filter(({ list }) => list.length > 0);
  if (first !== undefined && second !== undefined) {
    yield {
      message: `combining ${first.name} and ${second.name} is not supported yet`,
      at,
      fix: 'write a rule for each of them: rules add up',
    };
  }
  const prefix = direction.toLowerCase();
  for (const key of [`${prefix}Endpoints`, `${prefix}Nodes`]) {
    for (const [i, each] of listIn(rule, key).entries()) {
      yield* inSelector(each, fieldIn(fieldIn(at, key), i));
    }
  }
  yield* inBlocks(rule, at, prefix);
  if (listIn(rule, `${prefix}Nodes`).length > 0) {
    yield {
      message:
        'FromNodes/ToNodes rules can only be applied when the "enable-node-selector-labels" flag is set',
      at: fieldIn(at, `${prefix}Nodes`),
      fix: `name nodes with ${prefix}Entities: [host, remote-node]`,
      unless: 'node-selectors',
    };
  }
}

function* inBlocks(rule: Values, at: FieldPath, prefix: string): Generator<Refusal> {
  for (const [i, text] of ((rule[`${prefix}CIDR`] ?? []) as readonly string[]).entries()) {
    if (hasLeadingZeros(text)) {
      yield {
        message: 'unable to parse CIDR',
        at: fieldIn(fieldIn(at, `${prefix}CIDR`), i),
        fix: WITHOUT_ZEROS,
      };
    }
  }
  for (const [i, set] of listIn(rule, `${prefix}CIDRSet`).entries()) {
    const here = fieldIn(fieldIn(at, `${prefix}CIDRSet`), i);
    const { cidr, except = [] } = set as { readonly cidr?: string; readonly except?: readonly string[] };
    if (cidr !== undefined) {
      yield* inBlock(cidr, except, here);
    }
  }
}

const WITHOUT_ZEROS = 'write the numbers of the CIDR without leading zeros';

function* inBlock(cidr: string, except: readonly string[], at: FieldPath): Generator<Refusal> {
  if (hasLeadingZeros(cidr)) {
    yield {
      message: `unable to parse CIDRRule ${JSON.stringify(cidr)}`,
      at: fieldIn(at, 'cidr'),
      fix: WITHOUT_ZEROS,
    };
  }
  for (const [i, each] of except.entries()) {
    const there = fieldIn(fieldIn(at, 'except'), i);
    if (hasLeadingZeros(each)) {
      yield { message: `netip.ParsePrefix(${JSON.stringify(each)})`, at: there, fix: WITHOUT_ZEROS };
    }
    if (beginsIn(each, cidr) === false) {
      yield {
        message: `allow CIDR prefix ${cidr} does not contain exclude CIDR prefix ${each}`,
        at: there,
        fix: `leave it out, or write one that lies in ${cidr}`,
      };
    }
  }
}

function hasLeadingZeros(cidr: string): boolean {
  return readCidr(cidr)?.flaw === 'leading-zeros';
}

/** Whether the address of a CIDR, host bits included, lies in another one; undefined where that is not known for sure. */
function beginsIn(inner: string, outer: string): boolean | undefined {
  const address = readAddress(inner.slice(0, inner.indexOf('/')));
  const [around, own] = [readCidr(outer), readCidr(inner)];
  const isMapped = own?.flaw === 'ipv4-mapped' || around?.flaw === 'ipv4-mapped';
  return address === undefined || around === undefined || isMapped
    ? undefined
    : address.family === around.family && around.first <= address.value && address.value <= around.last;
}
