import { MOST_IN_A_LIST } from '../model/cilium-limits';
import { fieldIn } from '../model/field-path';
import type { NetworkPolicy, PolicyType } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import type { PolicyRules, Section, TrafficPort, TrafficRule } from '../model/policy-rules';
import type { Problem } from '../model/problem';
import { peersOfTwin, podsOfTwin } from './cilium-twin-peers';
import {
  type Conversion,
  type ConversionNote,
  carriedMetadata,
  type Manifest,
  metadataNotes,
  noTwin,
} from './conversion';

/** What Cilium takes for a name of a port, of those that Kubernetes does. */
const PORT_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * The CiliumNetworkPolicy that means what a NetworkPolicy means where Cilium enforces both.
 *
 * @param policy that the API server would accept
 * @param namespace the one that it is applied to
 * @see cilium v1.19.5, pkg/k8s/network_policy.go, ParseNetworkPolicy, read 2026-11-30
 */
export function ciliumTwin(policy: NetworkPolicy, namespace: string): Conversion {
  const { rules, written } = networkPolicyEntry(policy, { namespace });
  const problems: Problem[] = [];
  const spec = {
    endpointSelector: podsOfTwin(rules.subject.pods, rules.subject.at, problems),
    ...sectionOfTwin('Ingress', rules, problems),
    ...sectionOfTwin('Egress', rules, problems),
  };
  const { name, namespace: own } = written.metadata;
  const twin: Manifest = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: carriedMetadata({ ...written }, { name, namespace: own || undefined }),
    spec,
  };
  return {
    twins: problems.length === 0 ? [twin] : [],
    problems,
    notes: [...metadataNotes({ ...written }), ...unlistedNotes(rules)],
  };
}

/** Cilium enforces rules although `policyTypes` omits their direction, so the twin has them. */
function unlistedNotes({ ingress, egress }: PolicyRules): ConversionNote[] {
  return [ingress, egress]
    .filter(({ unlisted }) => unlisted === true)
    .map(({ at }) => ({
      at,
      says: 'policyTypes omits this direction, and Cilium enforces it nevertheless, so the twin says it, too',
    }));
}

function sectionOfTwin(direction: PolicyType, rules: PolicyRules, problems: Problem[]): Manifest {
  const isIngress = direction === 'Ingress';
  const { isolates, rules: own }: Section = isIngress ? rules.ingress : rules.egress;
  if (!isolates && own.length === 0) {
    return {};
  }
  const written = own.flatMap((rule) => rulesOfTwin(rule, isIngress ? 'from' : 'to', problems));
  // A rule that says nothing allows nothing, and isolates.
  return { [isIngress ? 'ingress' : 'egress']: written.length === 0 ? [{}] : written };
}

/** A rule of Cilium names the other end in one way, so peers of two sorts are two rules. */
function rulesOfTwin({ peers, ports }: TrafficRule, side: 'from' | 'to', problems: Problem[]): Manifest[] {
  const toPorts = ports === undefined ? {} : { toPorts: portsOfTwin(ports, problems) };
  if (peers === undefined) {
    // Ports without peers are open to everybody, and a rule without both to nobody.
    return [ports === undefined ? { [`${side}Entities`]: ['all'] } : toPorts];
  }
  return peersOfTwin(peers, side, problems).map((each) => ({ ...each, ...toPorts }));
}

function portsOfTwin(ports: readonly TrafficPort[], problems: Problem[]): Manifest[] {
  const written = ports.map(({ protocol, port = 0, endPort, at: place }) => {
    if (typeof port === 'string' && !PORT_NAME.test(port)) {
      problems.push(
        noTwin(
          fieldIn(place, 'port'),
          port,
          'Cilium may take this name for a number',
          'write the number, or rename the port of the container so that it begins with a letter',
        ),
      );
    }
    return { port: String(port), ...(endPort === undefined ? {} : { endPort }), protocol };
  });
  const chunks = Math.ceil(written.length / MOST_IN_A_LIST);
  return Array.from({ length: chunks }, (_, i) => ({
    ports: written.slice(i * MOST_IN_A_LIST, (i + 1) * MOST_IN_A_LIST),
  }));
}
