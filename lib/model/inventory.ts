/** What was read of files and folders, and what was passed over, so that nobody takes a part for the whole. */
export interface Inventory {
  /** The objects that were read, of all kinds. */
  readonly manifests: number;
  /** The files, and other texts, in which they stand. */
  readonly files: number;
  /** The files that hold no manifest: `kubectl` refuses them, so they change no cluster. */
  readonly passedOver: readonly string[];
  /** The files and folders that were left out because somebody said so. */
  readonly excluded: readonly string[];
  /** What becomes manifests elsewhere, and was not read as if it were some. */
  readonly notBuilt: readonly NotBuilt[];
}

/** A folder or an object from which a tool makes manifests. */
export interface NotBuilt {
  /** The tool; a controller makes them from an object that has other objects in it. */
  readonly by: 'helm' | 'kustomize' | 'controller';
  /**
   * What it is called in every version of a repository: the folder, from the one that was named on (`.` is that one itself),
   * or the object, `Template shop/web`.
   */
  readonly name: string;
  /** The folder as this program was led to it; left out for an object. */
  readonly folder?: string;
  /** How many files, or objects in the object, would go in. */
  readonly parts: number;
  /** The SHA-256 of everything that is in it, in hexadecimal digits. */
  readonly digest: string;
}

/** `kustomization overlays/prod`, `Helm chart charts/shop`, `Template shop/web`: how a person names it. */
export function describeNotBuilt({ by, name }: Pick<NotBuilt, 'by' | 'name'>): string {
  return { helm: `Helm chart ${name}`, kustomize: `kustomization ${name}`, controller: name }[by];
}
