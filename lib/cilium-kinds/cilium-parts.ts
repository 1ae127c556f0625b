import type { Service } from '../model/cluster';

/** The objects that the rules of Cilium's kinds refer to. */
export interface CiliumParts {
  readonly groups: ReadonlyMap<string, CidrGroup>;
  readonly services: ReadonlyMap<string, Service>;
  /** Set if the cluster has no others. */
  readonly hasEvery?: true;
}

/** The CIDRs of a CiliumCIDRGroup; `undefined` if they are not known. */
export type CidrGroup = readonly string[] | undefined;

export const NO_PARTS: CiliumParts = { groups: new Map(), services: new Map() };

/** The key of a service in {@link CiliumParts}. */
export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
