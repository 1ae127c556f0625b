import { qualifiedName } from '../model/cluster';
import { defined } from '../model/defined';
import type { EngineName } from '../model/engine-profile';
import type { AksClusterProfile } from './cluster-profile';
import { ENGINE_AGENTS, OTHER_AGENTS } from './engine-agents';
import { ENGINES } from './engines';
import { makeProfile } from './profile-fields';
import type { SeenCluster, SeenDaemonSet, SeenPolicy } from './seen-cluster';
import { KUBE_PROXY, networkSeen, OUTSIDE, type SeenNetwork, type SeenValue } from './seen-network';

/** The subject of a row: a field of the profile, or something that is counted. */
export type DiagnosisField =
  | 'engine'
  | 'policies'
  | 'ciliumPolicies'
  | 'dataPlane'
  | 'networkPlugin'
  | 'kubernetesVersion'
  | 'nodes'
  | 'windowsNodePools'
  | 'podCidrs'
  | 'serviceCidrs'
  | 'localDns'
  | 'kubeProxy';

/** The fields that the cluster itself may show, unless `az aks show` does. */
const SEEN_FIELDS = [
  'dataPlane',
  'networkPlugin',
  'networkPluginMode',
  'podCidrs',
  'serviceCidrs',
  'localDns',
] as const satisfies readonly (keyof SeenNetwork & keyof AksClusterProfile)[];

export interface DiagnosisRow {
  readonly field: DiagnosisField;
  /** The name of the setting, as in the portal. */
  readonly what: string;
  /** The value; left out if it is not known. */
  readonly is?: string;
  /** How it is known, or why it is not. */
  readonly from: string;
}

export interface Diagnosis {
  readonly rows: readonly DiagnosisRow[];
  /** Everything that is known, as a profile. */
  readonly profile: AksClusterProfile;
  /** Whether the policies of the cluster are enforced. */
  readonly enforced: Enforced;
  /** The number of NetworkPolicies; left out if it is not known. */
  readonly policies?: number;
  /** The number of policies of Cilium's own kinds; left out if it is not known. */
  readonly ciliumPolicies?: number;
  /** Whether the engine enforces those. */
  readonly ciliumEnforced: Enforced;
  /** The policies of which the status says that Cilium does not enforce them. */
  readonly invalid: readonly InvalidPolicy[];
}

/** A policy of which the status says that Cilium does not enforce it. */
export interface InvalidPolicy extends SeenPolicy {
  readonly invalid: string;
}

export type Enforced = 'yes' | 'no' | 'unknown';

/**
 * What is known of a cluster from its objects and, if given, from `az aks show`.
 *
 * @param outside from `az aks show`; where the two differ, the row says so, and `outside` counts
 */
export function diagnose(seen: SeenCluster, outside: AksClusterProfile = {}): Diagnosis {
  const inside = engineSeen(seen);
  const engine = engineOf(inside.engine, outside);
  const knownNodes = seen.nodes?.some(({ os }) => os === 'unknown') === true ? undefined : seen.nodes;
  const windows = knownNodes?.filter(({ os }) => os === 'windows');
  const network = networkBeside(networkSeen(seen), engine, outside);
  const profile = makeProfile(
    {
      ...Object.fromEntries(SEEN_FIELDS.map((field) => [field, network[field].is])),
      kubernetesVersion: seen.version?.replace(/^v/, '').split(/[-+]/)[0],
      windowsNodePools: windows && [...new Set(windows.map(({ name, pool }) => pool ?? name))].sort(),
      ...outside,
      ...defined({ engine }),
    },
    'doctor',
  );
  const enforced: Enforced = engine === undefined ? 'unknown' : engine === 'none' ? 'no' : 'yes';
  const { policies, ciliumPolicies } = seen;
  return defined({
    rows: rowsOf(seen, outside, profile, inside.from, network),
    profile,
    enforced,
    policies,
    ciliumPolicies: ciliumPolicies?.length,
    ciliumEnforced: ciliumEnforcedBy(engine),
    invalid: (ciliumPolicies ?? []).filter(isInvalid),
  });
}

function isInvalid(policy: SeenPolicy): policy is InvalidPolicy {
  return policy.invalid !== undefined;
}

function ciliumEnforcedBy(engine: EngineName | undefined): Enforced {
  return engine === undefined ? 'unknown' : engine === 'cilium' || engine === 'byo-cilium' ? 'yes' : 'no';
}

/**
 * What the cluster shows of its network, without what contradicts other knowledge: AKS refuses some combinations, so an
 * agent or a label that implies one is not AKS's own.
 */
function networkBeside(
  seen: SeenNetwork,
  engine: EngineName | undefined,
  outside: AksClusterProfile,
): SeenNetwork {
  const hidden = { from: OUTSIDE };
  return {
    ...seen,
    ...(engine === undefined || engine === 'cilium' ? {} : { dataPlane: hidden }),
    ...(outside.networkPlugin === undefined ? {} : { networkPlugin: hidden, networkPluginMode: hidden }),
  };
}

interface EngineSeen {
  readonly engine?: EngineName;
  readonly from: string;
}

function engineSeen({ daemonSets, hiddenNamespaces = [] }: SeenCluster): EngineSeen {
  const hidden = (namespaces: string) => ({
    from: `this account may not list DaemonSets in ${namespaces}; ask with one that may, or az aks show`,
  });
  if (daemonSets === undefined) {
    return hidden('kube-system');
  }
  const runs = (agent: { readonly namespace: string; readonly name: string }) =>
    daemonSets.some(({ namespace, name }) => namespace === agent.namespace && name === agent.name);
  const found = ENGINE_AGENTS.filter(runs);
  const [first, ...others] = found;
  const foreign = OTHER_AGENTS.filter(runs);
  if (first === undefined && foreign.length > 0) {
    return { from: `DaemonSet ${foreign.map(qualifiedName).join(', ')} enforces policies in its own way` };
  }
  if (first === undefined && hiddenNamespaces.length > 0) {
    return hidden(hiddenNamespaces.join(', '));
  }
  if (first === undefined) {
    return { engine: 'none', from: `no DaemonSet ${ENGINE_AGENTS.map(qualifiedName).join(', ')}` };
  }
  const seen = found
    .map((agent) => `DaemonSet ${qualifiedName(agent)}${versionsOf(agent, daemonSets)}`)
    .join(', ');
  return others.length > 0
    ? { from: `agents of several engines: ${seen}` }
    : { engine: first.engine, from: seen };
}

/** ` (v1.17.9)`: the tags of the agent's images. */
function versionsOf(
  agent: { readonly namespace: string; readonly name: string },
  daemonSets: readonly SeenDaemonSet[],
): string {
  const set = daemonSets.find(({ namespace, name }) => namespace === agent.namespace && name === agent.name);
  const tags = (set?.images ?? []).flatMap((image) => /:([^:/@]+)(?:@|$)/.exec(image)?.[1] ?? []);
  return tags.length === 0 ? '' : ` (${[...new Set(tags)].sort().join(', ')})`;
}

/**
 * ARM shows `none` for an engine that somebody installed, and nothing if the cluster brings its own CNI: then an engine
 * with unknown agents may run. Any other value of ARM counts.
 */
function engineOf(inside: EngineName | undefined, outside: AksClusterProfile): EngineName | undefined {
  const bringsOwn = outside.engine === undefined && outside.networkPlugin === 'none';
  if (bringsOwn || outside.engine === 'none') {
    if (inside === 'calico' || inside === 'cilium') {
      return `byo-${inside}`;
    }
    return outside.engine;
  }
  return outside.engine ?? inside;
}

function rowsOf(
  { nodes, version, policies, ciliumPolicies }: SeenCluster,
  outside: AksClusterProfile,
  profile: AksClusterProfile,
  engineFrom: string,
  network: SeenNetwork,
): DiagnosisRow[] {
  const { engine, windowsNodePools } = profile;
  const outsideFrom =
    outside.engine ?? (outside.networkPlugin === 'none' ? 'that the cluster brings its own CNI' : undefined);
  const row = <T>(
    field: DiagnosisField,
    what: string,
    value: T | undefined,
    from: string,
    text: (value: T) => string = String,
  ) => defined({ field, what, is: value === undefined ? undefined : text(value), from });
  const list = (texts: readonly string[]) => texts.join(', ');
  const outer = (value: unknown, { from }: SeenValue<unknown> = { from: OUTSIDE }) =>
    value === undefined ? from : 'az aks show';
  return [
    row(
      'engine',
      'Network policy engine',
      engine,
      outsideFrom === undefined ? engineFrom : `az aks show says ${outsideFrom}; ${engineFrom}`,
      (name) => ENGINES[name].label,
    ),
    row(
      'policies',
      'Network policies',
      policies,
      policies === undefined ? 'this account may not list network policies' : 'NetworkPolicy objects',
    ),
    ...(ciliumPolicies?.length === 0 || (ciliumPolicies === undefined && ciliumEnforcedBy(engine) === 'no')
      ? []
      : [
          row(
            'ciliumPolicies',
            'Cilium policies',
            ciliumPolicies?.length,
            ciliumFrom(ciliumPolicies, engine),
          ),
        ]),
    row('dataPlane', 'Data plane', profile.dataPlane, outer(outside.dataPlane, network.dataPlane)),
    row(
      'networkPlugin',
      'Network configuration',
      profile.networkPlugin,
      outer(outside.networkPlugin, network.networkPlugin),
      (plugin) => (profile.networkPluginMode === 'overlay' ? `${plugin}, overlay` : plugin),
    ),
    row(
      'kubernetesVersion',
      'Kubernetes version',
      profile.kubernetesVersion,
      outside.kubernetesVersion !== undefined || version === undefined
        ? outer(outside.kubernetesVersion)
        : 'the API server',
    ),
    row(
      'nodes',
      'Nodes',
      nodes?.length,
      nodes === undefined ? 'this account may not list nodes' : 'Node objects',
    ),
    row(
      'windowsNodePools',
      'Windows node pools',
      windowsNodePools,
      outside.windowsNodePools !== undefined || nodes === undefined
        ? outer(outside.windowsNodePools)
        : 'the nodes’ operating systems',
      (pools) => (pools.length === 0 ? 'none' : list(pools)),
    ),
    row('podCidrs', 'Pod CIDR', profile.podCidrs, outer(outside.podCidrs, network.podCidrs), list),
    row(
      'serviceCidrs',
      'Service CIDR',
      profile.serviceCidrs,
      outer(outside.serviceCidrs, network.serviceCidrs),
      list,
    ),
    row('localDns', 'LocalDNS', profile.localDns, outer(outside.localDns, network.localDns), (on) =>
      on ? 'on' : 'off',
    ),
    row('kubeProxy', 'kube-proxy', network.kubeProxy.is, kubeProxyFrom(network.kubeProxy, engine)),
  ];
}

/** @see MicrosoftDocs/azure-aks-docs, articles/aks/configure-kube-proxy.md, read 2026-11-28 */
function kubeProxyFrom({ is, from }: SeenNetwork['kubeProxy'], engine: EngineName | undefined): string {
  return is === KUBE_PROXY.modes.ipvs && engine === 'azure'
    ? `${from}; ${ENGINES.azure.label} does not support it`
    : from;
}

function ciliumFrom(policies: readonly SeenPolicy[] | undefined, engine: EngineName | undefined): string {
  const objects = 'CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy objects';
  if (policies === undefined) {
    return `this account may not list ${objects}`;
  }
  return ciliumEnforcedBy(engine) === 'no' ? `${objects}; the engine does not enforce them` : objects;
}
