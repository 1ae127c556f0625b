import type { CidrGroup, Cluster, Service } from '../model/cluster';

/** The objects that the rules of Cilium's kinds refer to. */
export interface CiliumParts {
  readonly groups: ReadonlyMap<string, CidrGroup>;
  readonly services: ReadonlyMap<string, Service>;
  /** Set if the cluster has no others. */
  readonly hasEvery?: true;
}

export const NO_PARTS: CiliumParts = { groups: new Map(), services: new Map() };

/** The key of a service in {@link CiliumParts}. */
export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Those that a cluster has. */
export function ciliumPartsOf({
  services,
  cidrGroups = [],
  hasEveryPart,
}: Pick<Cluster, 'services'> & Partial<Pick<Cluster, 'cidrGroups' | 'hasEveryPart'>>): CiliumParts {
  return {
    groups: new Map(cidrGroups.map((group) => [group.name, group])),
    services: new Map(services.map((each) => [serviceKey(each.namespace, each.name), each])),
    ...(hasEveryPart === undefined ? {} : { hasEvery: hasEveryPart }),
  };
}
