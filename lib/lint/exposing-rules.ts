import { isCiliumKind } from '../model/cilium-kind';
import { type PolicyEntry, qualifiedName, type Workload } from '../model/cluster';
import type { Severity } from '../model/finding';
import { IpSet } from '../model/ip-set';
import type { DirectedRule } from '../model/policy-rules';
import { PortSet } from '../model/port-set';
import { count } from '../model/word-list';
import { INTERNET_IPV4, INTERNET_IPV6 } from '../reachability/sets/internet';
import { about, type LintContext, oncePerContext } from './context';
import { undenied } from './denials';
import { type Fix, write } from './fix';
import { withoutZeros } from './flawed-cidrs';
import { fromWebhookCallers } from './lifelines';
import type { Observation } from './lint-rule';
import { safeNamespaceSelector } from './mended-selector';
import { isCalico } from './rule-engines';
import type { RuleOpening } from './rule-openings';
import { describePorts } from './words';

/** Whom an ingress rule lets in: every pod, with every address or without, or every address of the internet. */
export type Audience = 'everywhere' | 'internet';

/** A workload, and the ports that a rule opens on it although nothing shows that this is meant. */
interface Exposed {
  readonly workload: Workload;
  readonly ports: PortSet;
}

/** The ingress rules that open their pods to all of an audience, where nothing shows that this is meant. */
export function* exposingRules(context: LintContext, audience: Audience): Generator<Observation> {
  for (const policy of context.policies) {
    for (const rule of context.rulesOf(policy)) {
      const opening = mayExpose(rule) ? context.facts.opening(policy, 'Ingress', rule.index) : undefined;
      if (opening === undefined) {
        continue;
      }
      const who = whoComesIn(rule, opening, context);
      if (who === undefined || WORDS[who].audience !== audience) {
        continue;
      }
      const exposed = context.facts
        .held(policy)
        .list()
        .map((workload) => ({ workload, ports: unexpected(workload, opening, who, context) }))
        .filter(({ workload, ports }) => !workload.hostNetwork && !ports.isEmpty);
      if (exposed.length > 0) {
        yield {
          ...observe(policy, rule, who, exposed, context),
          ...fixOf(policy, rule, opening, exposed, context),
        };
      }
    }
  }
}

/** Saves to ask the evaluator about other rules. A namespace selector counts, because an engine may misread it. */
function mayExpose({ direction, peers }: DirectedRule): boolean {
  return (
    direction === 'Ingress' &&
    (peers === undefined || peers.some((peer) => peer.kind !== 'pods' || typeof peer.namespaces !== 'string'))
  );
}

/** Addresses with IPv6 count where the cluster is known to have some. */
function whoComesIn(
  rule: DirectedRule,
  opening: RuleOpening,
  context: LintContext,
): keyof typeof WORDS | undefined {
  const { peers } = opening;
  if (peers === undefined) {
    return 'everywhere';
  }
  // Whether an IP block means pods depends on the engine.
  const meansAnyPod = (rule.peers ?? []).some(
    ({ kind }, i) => (kind === 'pods' || context.profile.engine !== undefined) && opening.meansAnyPod(i),
  );
  const addresses = IpSet.union(peers.map((peer) => peer.addresses));
  if (!addresses.covers(INTERNET_IPV4)) {
    const isIpv6 = context.facts.isDualStack && addresses.covers(INTERNET_IPV6);
    return isIpv6 ? 'ipv6' : meansAnyPod ? 'pods' : undefined;
  }
  const blocks = IpSet.union(
    (rule.peers ?? []).flatMap(({ kind }, i) => (kind === 'pods' ? [] : (peers[i]?.addresses ?? []))),
  );
  return blocks.covers(IpSet.IPV4) && meansAnyPod ? 'everywhere' : 'internet';
}

/**
 * What a rule opens on a workload beyond the ports on which a load balancer, an ingress or a gateway stands in
 * front of it. Of a workload that declares its ports only those count.
 */
function unexpected(
  workload: Workload,
  opening: RuleOpening,
  who: keyof typeof WORDS,
  context: LintContext,
): PortSet {
  const opened = opening.ports(context.facts.setOf([workload]));
  const addresses = who === 'ipv6' ? INTERNET_IPV6 : INTERNET_IPV4;
  const ports = who === 'pods' ? opened : undenied(context, 'Ingress', workload, addresses, opened);
  const wanted = context.wantedFromOutside(workload);
  if (wanted.isEmpty) {
    return ports;
  }
  const declared = PortSet.union(workload.ports.map(({ port, protocol }) => PortSet.range(protocol, port)));
  return ports.and(declared).without(wanted);
}

/** The ports of workloads on which the API server calls them. */
const calledPorts = oncePerContext((context: LintContext) => {
  const found = new Map<Workload, PortSet>();
  for (const { service } of context.cluster.apiServerCalls ?? []) {
    for (const { workload, ports } of context.targets.behind(service.namespace, service.name, service.port)) {
      found.set(workload, (found.get(workload) ?? PortSet.NONE).or(ports));
    }
  }
  return found;
});

/** What to write where addresses in place of the rule's peers would be a mistake. */
function fixOf(
  policy: PolicyEntry,
  { peers = [], at }: DirectedRule,
  opening: RuleOpening,
  exposed: readonly Exposed[],
  context: LintContext,
): { readonly fix?: Fix } {
  if (isCiliumKind(policy)) {
    return {};
  }
  const isOfBlocks = peers.some(({ kind }) => kind === 'addresses');
  const misread = peers.find((_, i) => opening.peers?.[i]?.addresses.overlaps(INTERNET_IPV4));
  if (!isOfBlocks && misread?.kind === 'pods' && typeof misread.namespaces !== 'string') {
    const field = misread.namespacesAt ?? misread.at;
    return { fix: write(policy, field, safeNamespaceSelector(misread.namespaces)) };
  }
  // Calico reads an address with leading zeros as everybody.
  const zeros = isCalico(context) ? withoutZeros(context, policy, at) : undefined;
  if (zeros !== undefined) {
    return { fix: zeros };
  }
  // A rule that opens to everybody what the API server calls is meant for the API server.
  const called = exposed.map(({ workload, ports }) =>
    ports.and(calledPorts(context).get(workload) ?? PortSet.NONE),
  );
  if (called.some((ports) => ports.isEmpty)) {
    return {};
  }
  const { rule, preset } = fromWebhookCallers(PortSet.union(called), context.profile);
  return { fix: write(policy, at, rule, preset) };
}

const WORDS = {
  everywhere: {
    audience: 'everywhere',
    who: 'everybody, every pod and every address,',
    from: 'anybody',
  },
  pods: { audience: 'everywhere', who: 'any pod of the cluster', from: 'any', severity: 'info' },
  internet: { audience: 'internet', who: 'every address of the internet', from: 'internet' },
  ipv6: { audience: 'internet', who: 'every IPv6 address of the internet', from: '2000::/3' },
} as const satisfies Readonly<
  Record<string, { audience: Audience; who: string; from: string; severity?: Severity }>
>;

function observe(
  policy: PolicyEntry,
  rule: DirectedRule,
  audience: keyof typeof WORDS,
  exposed: readonly Exposed[],
  context: LintContext,
): Observation {
  const [first] = exposed as [Exposed];
  const ports = PortSet.union(exposed.map((each) => each.ports));
  const { who, from, ...more } = WORDS[audience];
  const severity = 'severity' in more ? { severity: more.severity } : {};
  const workloads = exposed.map(({ workload }) => workload);
  return {
    ...about(policy),
    ...severity,
    field: rule.at,
    message: `ingress rule ${rule.index} lets ${who} reach ${context.words.workloads(workloads)} on ${describePorts(ports)}, and no load balancer or ingress stands in front of ${exposed.length === 1 ? 'it' : `these ${count(exposed.length, 'workload')}`} there`,
    witness: `${from} → ${qualifiedName(first.workload)} on ${describePorts(first.ports)} is allowed by ${qualifiedName(policy)}`,
  };
}
