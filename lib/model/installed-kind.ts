/** A kind that a cluster has where somebody installed it. */
export interface InstalledKind {
  readonly kind: string;
  /** Those that are understood, of which a cluster may serve several; the first is asked for. */
  readonly apiVersions: readonly string[];
  readonly plural: string;
}

/** `CiliumNetworkPolicy.cilium.io`, `ConfigMap`: what tells a kind from others of its name. */
export function nameOfKind(kind: string, apiVersion: unknown): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

/** `apps` of `apps/v1`, `''` of `v1`. */
export function groupOf(apiVersion: unknown): string {
  return typeof apiVersion === 'string' ? apiVersion.slice(0, Math.max(apiVersion.lastIndexOf('/'), 0)) : '';
}
