/** A kind that a cluster has where somebody installed it. */
export interface InstalledKind {
  readonly kind: string;
  /** Those that are understood, of which a cluster may serve several; the first is asked for. */
  readonly apiVersions: readonly string[];
  readonly plural: string;
}
