import type { AksClusterProfile } from './cluster-profile';
import { ENGINE_AGENTS } from './engine-agents';
import { ENGINES, type Engine } from './engines';
import { makeProfile } from './profile-fields';

/** What an account could see of a cluster; what it may not list is left out. */
export interface SeenCluster {
  readonly daemonSets?: readonly SeenDaemonSet[];
  readonly nodes?: readonly SeenNode[];
  /** As the API server tells it: `v1.33.2`. */
  readonly version?: string;
  readonly policies?: number;
}

export interface SeenDaemonSet {
  readonly namespace: string;
  readonly name: string;
  readonly images: readonly string[];
}

export interface SeenNode {
  readonly name: string;
  /** `linux`, `windows`, or `unknown` for a node that does not say. */
  readonly os: string;
  /** The node pool, where AKS's label tells it. */
  readonly pool?: string;
  readonly podCidrs: readonly string[];
}

/** One line of a diagnosis. */
export interface DiagnosisRow {
  /** In the portal's words where it has some. */
  readonly what: string;
  readonly is: string;
  /** How it is known, or why it is not. */
  readonly from: string;
}

export interface Diagnosis {
  readonly rows: readonly DiagnosisRow[];
  /** All that is known, for the verbs that judge. */
  readonly profile: AksClusterProfile;
  /** Whether the policies of the cluster are enforced. */
  readonly enforced: 'yes' | 'no' | 'unknown';
}

const CANNOT_TELL = 'cannot tell';

/**
 * What is known of a cluster from the inside and, if given, from the outside.
 *
 * @param outside from `az aks show`; where the two differ it is said, and the outside counts
 */
export function diagnose(seen: SeenCluster, outside: AksClusterProfile = {}): Diagnosis {
  const inside = engineSeen(seen);
  const engine = engineOf(inside.engine, outside.engine);
  const saying = seen.nodes?.some(({ os }) => os === 'unknown') === true ? undefined : seen.nodes;
  const windows = saying?.filter(({ os }) => os === 'windows');
  const profile = makeProfile(
    {
      ...(seen.version === undefined ? {} : { kubernetesVersion: seen.version.replace(/^v|[-+].*$/g, '') }),
      ...(windows === undefined
        ? {}
        : { windowsNodePools: [...new Set(windows.map(({ name, pool }) => pool ?? name))].sort() }),
      ...outside,
      ...(engine === undefined ? {} : { engine }),
    },
    'doctor',
  );
  const enforced = engine === undefined ? 'unknown' : engine === 'none' ? 'no' : 'yes';
  return { rows: rowsOf(seen, outside, profile, inside.from), profile, enforced };
}

interface EngineSeen {
  readonly engine?: Engine;
  readonly from: string;
}

function engineSeen({ daemonSets }: SeenCluster): EngineSeen {
  if (daemonSets === undefined) {
    return { from: 'this account may not list DaemonSets in kube-system' };
  }
  const found = ENGINE_AGENTS.filter((agent) =>
    daemonSets.some(({ namespace, name }) => namespace === agent.namespace && name === agent.name),
  );
  const [first, ...others] = found;
  if (first === undefined) {
    return { engine: 'none', from: `no DaemonSet ${ENGINE_AGENTS.map(nameOf).join(', ')}` };
  }
  const seen = found.map((agent) => `DaemonSet ${nameOf(agent)}${versionsOf(agent, daemonSets)}`).join(', ');
  return others.length > 0
    ? { from: `agents of several engines: ${seen}` }
    : { engine: first.engine, from: seen };
}

const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace}/${name}`;

/** ` (v1.17.9)`: the tags of the images that bear the agent's name. */
function versionsOf(
  agent: { readonly namespace: string; readonly name: string },
  daemonSets: readonly SeenDaemonSet[],
): string {
  const set = daemonSets.find(({ namespace, name }) => namespace === agent.namespace && name === agent.name);
  const tags = (set?.images ?? []).flatMap((image) => /:([^:/@]+)(?:@|$)/.exec(image)?.[1] ?? []);
  return tags.length === 0 ? '' : ` (${[...new Set(tags)].sort().join(', ')})`;
}

/** ARM shows `none` for an engine that somebody installed; what ARM shows otherwise counts. */
function engineOf(inside: Engine | undefined, outside: Engine | undefined): Engine | undefined {
  if (outside === 'none' && (inside === 'calico' || inside === 'cilium')) {
    return `byo-${inside}`;
  }
  return outside ?? inside;
}

function rowsOf(
  { nodes, version, policies }: SeenCluster,
  outside: AksClusterProfile,
  profile: AksClusterProfile,
  engineFrom: string,
): DiagnosisRow[] {
  const { engine, windowsNodePools } = profile;
  const known = <T>(value: T | undefined, text: (value: T) => string) =>
    value === undefined ? CANNOT_TELL : text(value);
  const outer = (value: unknown) => (value === undefined ? 'only az aks show tells' : 'az aks show');
  const ranges = [...new Set((nodes ?? []).flatMap(({ podCidrs }) => podCidrs))].sort();
  return [
    {
      what: 'Network policy engine',
      is: known(engine, (name) => ENGINES[name].label),
      from: outside.engine === undefined ? engineFrom : `az aks show says ${outside.engine}; ${engineFrom}`,
    },
    { what: 'Network policies', is: known(policies, String), from: 'NetworkPolicy objects' },
    { what: 'Data plane', is: known(profile.dataPlane, String), from: outer(profile.dataPlane) },
    {
      what: 'Network configuration',
      is: known(profile.networkPlugin, String),
      from: outer(profile.networkPlugin),
    },
    {
      what: 'Kubernetes version',
      is: known(profile.kubernetesVersion, String),
      from: version === undefined ? outer(outside.kubernetesVersion) : 'the API server',
    },
    {
      what: 'Nodes',
      is: known(nodes, ({ length }) => String(length)),
      from: nodes === undefined ? 'this account may not list nodes' : 'Node objects',
    },
    {
      what: 'Windows node pools',
      is: known(windowsNodePools, (pools) => (pools.length === 0 ? 'none' : pools.join(', '))),
      from: nodes === undefined ? outer(outside.windowsNodePools) : 'the nodes’ operating systems',
    },
    {
      what: 'Pod CIDR',
      is: known(profile.podCidrs, (list) => list.join(', ')),
      from:
        profile.podCidrs === undefined && ranges.length > 0
          ? `only az aks show tells; the nodes have ${ranges.length} ranges of it, from ${ranges[0]}`
          : outer(profile.podCidrs),
    },
    {
      what: 'Service CIDR',
      is: known(profile.serviceCidrs, (list) => list.join(', ')),
      from: outer(profile.serviceCidrs),
    },
    {
      what: 'LocalDNS',
      is: known(profile.localDns, (on) => (on ? 'on' : 'off')),
      from: outer(profile.localDns),
    },
  ];
}
