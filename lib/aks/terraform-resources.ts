import { NetworkPolicyError, show } from '../model/problem';

export type TerraformObject = Readonly<Record<string, unknown>>;

interface Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: TerraformObject;
}

const CLUSTER = 'azurerm_kubernetes_cluster';
const NODE_POOL = 'azurerm_kubernetes_cluster_node_pool';

/** The cluster in a state or plan, and its separate node pools. */
export function clusterInTerraform(
  json: unknown,
  address: string | undefined,
  at: string,
): { readonly cluster: Resource; readonly nodePools: readonly TerraformObject[] } {
  const resources = resourcesOf(json);
  if (resources === undefined) {
    throw new NetworkPolicyError({
      code: 'profile-unreadable',
      at,
      got: show(json),
      problem: 'is neither a Terraform state nor a plan',
      fix: 'give the output of: terraform show -json, or of: terraform show -json PLANFILE',
    });
  }
  const all = resources.filter(({ type }) => type === CLUSTER);
  const addresses = [...new Set(all.map((resource) => resource.address))].sort();
  const wanted = addresses.filter((candidate) => address === undefined || candidate === address);
  if (wanted.length !== 1) {
    throw new NetworkPolicyError({
      code: wanted.length === 0 ? 'cluster-missing' : 'cluster-ambiguous',
      at,
      got: address === undefined ? `the clusters ${show(addresses)}` : show(address),
      problem: wanted.length === 0 ? 'contains no such cluster' : 'contains more than one cluster',
      fix:
        addresses.length === 0
          ? `give the JSON of a stack with an ${CLUSTER}, managed or as a data source`
          : `name one: { address: ${show(addresses[0])} }`,
    });
  }
  const cluster = all.find((resource) => resource.address === wanted[0]) as Resource;
  const nodePools = resources
    .filter(({ type }) => type === NODE_POOL)
    .map(({ values }) => values)
    .filter(
      ({ kubernetes_cluster_id: id }) =>
        // A plan does not know the cluster's id yet.
        addresses.length === 1 || (id != null && id === cluster.values.id),
    );
  return { cluster, nodePools };
}

function resourcesOf(json: unknown): readonly Resource[] | undefined {
  if (typeof json !== 'object' || json === null) {
    return undefined;
  }
  const { values, planned_values, prior_state, resources } = json as TerraformObject;
  if (Array.isArray(resources)) {
    return resources.flatMap(fromStateFile);
  }
  const shown = values ?? planned_values;
  if (typeof shown !== 'object' || shown === null) {
    return undefined;
  }
  // Data sources that a plan has read are only in the prior state.
  const before = (prior_state as { readonly values?: TerraformObject } | undefined)?.values;
  return [
    ...fromModule((shown as TerraformObject).root_module),
    ...fromModule(before?.root_module).filter(({ mode }) => mode === 'data'),
  ];
}

function fromModule(module: unknown): readonly Resource[] {
  const { resources, child_modules } = (module ?? {}) as TerraformObject;
  return [
    ...((resources as Resource[] | undefined) ?? []),
    ...((child_modules as unknown[] | undefined) ?? []).flatMap(fromModule),
  ];
}

/** The resources of an entry in a `terraform.tfstate` file, with addresses as `terraform show` writes them. */
function fromStateFile({ module, mode, type, name, instances }: TerraformObject): readonly Resource[] {
  return ((instances as TerraformObject[] | undefined) ?? []).map(({ attributes, index_key: key }) => ({
    address: [
      ...(module === undefined ? [] : [module]),
      ...(mode === 'data' ? ['data'] : []),
      type,
      `${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
    ].join('.'),
    mode: mode as Resource['mode'],
    type: type as string,
    values: (attributes ?? {}) as TerraformObject,
  }));
}
