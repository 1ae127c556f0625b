import { AGENT_NAMESPACES } from '../../aks/engine-agents';
import type { SeenCluster, SeenDaemonSet, SeenNode, SeenPolicy } from '../../aks/seen-cluster';
import { NETWORK_LABELS } from '../../aks/seen-network';
import { KINDS, type ListedKind } from '../../manifests/kinds';
import { invalidityIn } from '../../manifests/unjudged';
import { appendAll } from '../../model/collections';
import { defined } from '../../model/defined';
import type { CiliumKindName } from '../../model/other-policies';
import { CILIUM_KINDS } from '../../model/policy-kinds';
import { NetworkPolicyError } from '../../model/problem';
import type { Kubectl } from './kubectl';
import { answerUnreadable, type ObjectList } from './object-list';

const listOf = (kind: string): ObjectList => ({ kind, ...(KINDS.get(kind) as ListedKind) });
const SERVICE_CIDRS = { kind: 'ServiceCIDR', apiVersion: 'networking.k8s.io/v1', plural: 'servicecidrs' };

/** What tells how a cluster is made, as far as the account may see it. */
export async function lookAt(kubectl: Kubectl): Promise<SeenCluster> {
  // Alone, so that whoever has to sign in does it once.
  const version = await versionOf(kubectl);
  const [daemonSets, nodes, policies, ciliumPolicies, ranges] = await Promise.all([
    daemonSetsOf(kubectl),
    listed(kubectl, listOf('Node'), nodeOf),
    listed(kubectl, listOf('NetworkPolicy'), () => 1),
    ciliumPoliciesOf(kubectl),
    listed(kubectl, SERVICE_CIDRS, serviceCidrsOf),
  ]);
  return {
    ...daemonSets,
    ...defined({
      nodes,
      policies: policies?.length,
      ciliumPolicies,
      version,
      serviceCidrs: ranges?.flat().sort(),
    }),
  };
}

/** All of them; else those where agents run, because an account may have rights in these namespaces alone. */
async function daemonSetsOf(kubectl: Kubectl): Promise<Pick<SeenCluster, 'daemonSets' | 'hiddenNamespaces'>> {
  const listedIn = (place: Pick<ObjectList, 'namespace'>) =>
    listed(kubectl, { ...listOf('DaemonSet'), ...place }, daemonSetOf);
  const all = await listedIn({});
  if (all !== undefined) {
    return { daemonSets: all };
  }
  const found = await Promise.all(
    AGENT_NAMESPACES.map(async (namespace) => [namespace, await listedIn({ namespace })] as const),
  );
  const hiddenNamespaces = found.flatMap(([namespace, sets]) => (sets === undefined ? namespace : []));
  return hiddenNamespaces.length === found.length
    ? {}
    : { daemonSets: found.flatMap(([, sets = []]) => sets), hiddenNamespaces };
}

/** `undefined` when the account may not list all of them. A cluster without the kinds has none. */
async function ciliumPoliciesOf(kubectl: Kubectl): Promise<readonly SeenPolicy[] | undefined> {
  const found = await Promise.all(
    CILIUM_KINDS.map(({ kind, apiVersions: [apiVersion = ''], plural }) =>
      listed(kubectl, { kind, apiVersion, plural }, (object: SeenObject) => policyOf(kind, object), []),
    ),
  );
  return found.some((each) => each === undefined) ? undefined : found.flatMap((each = []) => each);
}

/** `undefined` when the account may not ask for it. */
async function versionOf(kubectl: Kubectl): Promise<string | undefined> {
  const answer = await unlessHidden(() => kubectl.get('/version'));
  const version = answer?.gitVersion;
  if (answer !== undefined && typeof version !== 'string') {
    throw answerUnreadable('/version', answer, 'names no version');
  }
  return version as string | undefined;
}

/**
 * `undefined` when the account may not list them.
 *
 * @param unknown for a kind that the server does not know
 */
function listed<T>(
  kubectl: Kubectl,
  list: ObjectList,
  read: (object: never) => T,
  unknown?: T[],
): Promise<T[] | undefined> {
  return unlessHidden(async () => {
    const found: T[] = [];
    for await (const objects of kubectl.objects(list)) {
      appendAll(
        found,
        objects.map((object) => read(object as never)),
      );
    }
    return found;
  }, unknown);
}

/** @param unknown what stands for what the server does not know */
async function unlessHidden<T>(ask: () => Promise<T>, unknown?: T): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const code = error instanceof NetworkPolicyError ? error.code : undefined;
    if (code === 'forbidden') {
      return undefined;
    }
    if (code === 'object-missing') {
      return unknown;
    }
    throw error;
  }
}

interface SeenObject extends Readonly<Record<string, unknown>> {
  readonly metadata: Pick<Metadata, 'name'> & { readonly namespace?: string };
}

function policyOf(kind: CiliumKindName, object: SeenObject): SeenPolicy {
  const { name, namespace } = object.metadata;
  return { kind, ...defined({ namespace }), name, ...defined({ invalid: invalidityIn(object) }) };
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Container {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

function daemonSetOf(object: {
  readonly metadata: Metadata;
  readonly spec?: { readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } } };
  readonly status?: { readonly observedGeneration?: number; readonly desiredNumberScheduled?: number };
}): SeenDaemonSet {
  const { name, namespace } = object.metadata;
  const containers = object.spec?.template?.spec?.containers;
  if (!Array.isArray(containers)) {
    throw answerUnreadable('the list of DaemonSet objects', object, 'holds one without containers');
  }
  const { observedGeneration, desiredNumberScheduled } = object.status ?? {};
  return {
    namespace,
    name,
    images: containers.flatMap(({ image }) => image ?? []),
    words: containers.flatMap(({ command = [], args = [] }) => [...command, ...args]),
    // The server writes 0 until a controller has looked.
    ...(observedGeneration === undefined || desiredNumberScheduled === undefined
      ? {}
      : { wanted: desiredNumberScheduled }),
  };
}

function nodeOf(object: {
  readonly metadata: Metadata;
  readonly spec?: { readonly podCIDRs?: readonly string[] };
}): SeenNode {
  const { name, labels = {} } = object.metadata;
  const pool = labels['kubernetes.azure.com/agentpool'];
  const known: readonly string[] = Object.values(NETWORK_LABELS);
  return {
    name,
    os: labels['kubernetes.io/os'] ?? 'unknown',
    ...defined({ pool }),
    podCidrs: object.spec?.podCIDRs ?? [],
    network: Object.fromEntries(Object.entries(labels).filter(([key]) => known.includes(key))),
  };
}

function serviceCidrsOf({ spec }: { readonly spec?: { readonly cidrs?: readonly string[] } }) {
  return spec?.cidrs ?? [];
}
