/** How large a generated cluster is. */
export interface Size {
  readonly namespaces: number;
  readonly workloads: number;
  readonly policies: number;
  /** Live pods in all, spread evenly. @default none: manifests only */
  readonly pods?: number;
}

/** The clusters that are measured, from small to large. */
export const SIZES = {
  '100x100': { namespaces: 10, workloads: 100, policies: 100 },
  '300x300': { namespaces: 20, workloads: 300, policies: 300 },
  '1000x1000': { namespaces: 50, workloads: 1000, policies: 1000 },
  '5000x2000': { namespaces: 100, workloads: 5000, policies: 2000 },
  '10000x5000': { namespaces: 200, workloads: 10_000, policies: 5000 },
  '100000pods': { namespaces: 200, workloads: 5000, policies: 10_000, pods: 100_000 },
} as const satisfies Readonly<Record<string, Size>>;

export type SizeName = keyof typeof SIZES;

export const SIZE_NAMES = Object.keys(SIZES) as SizeName[];
