import type { ProgramWords } from './finding';
import { Shared } from './shared';
import type { CodePosition } from './source-position';

/*
 * The side file that `app.synth()` writes beside the manifests: which construct and which line wrote each object, and
 * what the authors accept and expect. `policy/` writes it, `manifests/` reads it.
 */

/** No extension that `kubectl apply -f dist/` reads, and none of a source map, which pipelines delete. */
export const SIDE_FILE = 'network-policies.netpol-meta';

/** The name in early versions. It is read only if no file of the present name is in the folder. */
export const EARLY_SIDE_FILE = 'network-policies.sourcemap';

/** Must be increased when an older reader would misunderstand the file. */
export const SIDE_FILE_VERSION = 1;

/** The content of the file, as JSON. */
export interface SideFile {
  readonly schemaVersion: typeof SIDE_FILE_VERSION;
  /** One for each program that writes into the folder. */
  readonly programs: readonly SideFileProgram[];
}

/** What one program wrote, with all its apps. */
export interface SideFileProgram extends ProgramWords {
  /** The path of its first file, `main.ts`, relative to where it ran; `''` when there is none. */
  readonly program: string;
  readonly objects: readonly SynthesizedObject[];
}

/** An object of a manifest, and the construct that wrote it. */
export interface SynthesizedObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out if the object has none. */
  readonly namespace?: string;
  readonly name: string;
  readonly construct: string;
  /**
   * The SHA-256 of its `canonicalText`, in hexadecimal digits. Without it, as for a Secret and in files of early versions,
   * the program's acknowledgements do not count for the object.
   */
  readonly digest?: string;
  /** The line of the user's program that created it, if it is known. */
  readonly code?: CodePosition;
  /** The lines of rules that were added later, by field: `spec.ingress[1]`. */
  readonly rules?: Readonly<Record<string, CodePosition>>;
}

/** The annotations for construct and line on the policy itself, which `Sources` adds. */
export const ANNOTATIONS = {
  construct: 'cdk8s-aks-network-policy/construct',
  source: 'cdk8s-aks-network-policy/source',
} as const;

/** Set on an app's root: returns the intent of a construct and those under it. It keeps `manifests/` free of constructs. */
export const INTENT = new Shared<(scope: unknown) => ProgramWords>('intent');
