import { canonicalText } from './canonical-text';
import type { CodePosition } from './cluster';
import type { ProgramWords } from './finding';
import { Shared } from './shared';

/*
 * What `app.synth()` leaves beside the manifests: which construct and which line wrote each object, and what the
 * authors accept and expect. The constructs write it, the reader of manifests reads it; this is all both know.
 */

/** Its name: neither YAML nor JSON to `kubectl apply -f dist/`, and no source map, which pipelines throw away. */
export const SIDE_FILE = 'network-policies.netpol-meta';

/** The name that early versions gave it. It counts where no file of the present name stands beside it. */
export const EARLY_SIDE_FILE = 'network-policies.sourcemap';

/** Goes up when a reader of the version before would misunderstand it. */
export const SIDE_FILE_VERSION = 1;

/** The whole file, as JSON. */
export interface SideFile {
  readonly schemaVersion: typeof SIDE_FILE_VERSION;
  /** One for each program that writes into the folder. */
  readonly programs: readonly SideFileProgram[];
}

/** What one program wrote, all its apps together. */
export interface SideFileProgram extends ProgramWords {
  /** The path of its first file, `main.ts`, relative to where it ran; `''` when there is none. */
  readonly program: string;
  readonly objects: readonly SynthesizedObject[];
}

/** An object of a manifest, and who wrote it. */
export interface SynthesizedObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out for an object that names none. */
  readonly namespace?: string;
  readonly name: string;
  /** The path of the construct. */
  readonly construct: string;
  /**
   * The SHA-256 of its `contentText`, in hexadecimal digits. Without it, as for a Secret and in files of early versions,
   * nothing that the program accepts counts for the object.
   */
  readonly digest?: string;
  /** The line of the user's program that created it, where it is known. */
  readonly code?: CodePosition;
  /** The lines of rules that were added later, by their place: `spec.ingress[1]`. */
  readonly rules?: Readonly<Record<string, CodePosition>>;
}

/** The content of an object, the same however it is laid out. */
export function contentText(object: unknown): string {
  return canonicalText(object);
}

/** The annotations that say the same on the policy itself, where somebody asked for them. */
export const ANNOTATIONS = {
  construct: 'cdk8s-aks-network-policy/construct',
  source: 'cdk8s-aks-network-policy/source',
} as const;

/**
 * What an app's root carries to tell the intent at and under a construct of it, so that the reader of manifests need
 * not know the constructs.
 */
export const INTENT = new Shared<(scope: unknown) => ProgramWords>('intent');
