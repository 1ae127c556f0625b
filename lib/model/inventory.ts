/** What was read of files and folders, and what was passed over. */
export interface Inventory {
  /** The number of objects that were read, of all kinds. */
  readonly manifests: number;
  /** The number of files and other texts that contain them. */
  readonly files: number;
  /** The files without a manifest: `kubectl` refuses them, so they change no cluster. */
  readonly passedOver: readonly string[];
  /** The files and folders that were left out on request. */
  readonly excluded: readonly string[];
  /** What a tool makes manifests from, and was therefore not read. */
  readonly notBuilt: readonly NotBuilt[];
}

/** A folder or an object from which a tool makes manifests. */
export interface NotBuilt {
  /** The tool. A controller makes manifests from an object that contains others. */
  readonly by: 'helm' | 'kustomize' | 'controller';
  /**
   * Its name in every version of a repository: the path of the folder within the folder that was read (`.` for that one),
   * or the object, `Template shop/web`.
   */
  readonly name: string;
  /** The path of the folder as it was found; left out for an object. */
  readonly folder?: string;
  /** The number of files, or of objects in the object. */
  readonly parts: number;
  /** The SHA-256 of its content, in hexadecimal digits. */
  readonly digest: string;
}

/** `kustomization overlays/prod`, `Helm chart charts/shop`, `Template shop/web` */
export function describeNotBuilt({ by, name }: Pick<NotBuilt, 'by' | 'name'>): string {
  return { helm: `Helm chart ${name}`, kustomize: `kustomization ${name}`, controller: name }[by];
}
