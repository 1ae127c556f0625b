import { defined } from '../model/defined';
import { type FieldPath, fieldText } from '../model/field-path';
import { textsWithoutNulls } from '../model/nulls';
import { isPlainObject, type Problem, show } from '../model/problem';

/** The kind that policies are to have: Cilium's own, or NetworkPolicy. */
export type TwinKind = 'cilium' | 'kubernetes';

/** An object as it stands in a manifest. */
export type Manifest = Readonly<Record<string, unknown>>;

/** What a policy has become: twins that mean the same, or the reasons why there are none. */
export interface Conversion {
  /** In the order of the policy's parts; empty if there are problems. */
  readonly twins: readonly Manifest[];
  readonly problems: readonly Problem[];
  /** What is not as one might think although the twins mean the same. */
  readonly notes: readonly ConversionNote[];
}

export interface ConversionNote {
  readonly at: FieldPath;
  readonly says: string;
}

/** Something that the other kind cannot say. */
export function noTwin(at: FieldPath, got: unknown, problem: string, fix: string): Problem {
  return { code: 'no-twin', at, got: show(got), problem, fix };
}

/** `spec.ingress[0].toPorts: is not carried over …` */
export function describeConversionNote({ at, says }: ConversionNote): string {
  return `${fieldText(at)}: ${says}`;
}

/** The annotation in which kubectl keeps the object that the twin replaces. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The metadata of a twin: names, labels and annotations, without what the server and kubectl add.
 *
 * @param named without a name the policy has the beginning of one, from which the server makes it
 */
export function carriedMetadata(
  { metadata }: Manifest,
  named: { readonly name?: unknown; readonly namespace?: string | undefined },
): Manifest {
  const { labels, annotations, generateName } = isPlainObject(metadata) ? metadata : {};
  return {
    ...defined({ ...named, generateName: named.name === undefined ? generateName : undefined }),
    ...texts('labels', labels),
    ...texts('annotations', annotations),
  };
}

function texts(field: string, value: unknown): Manifest {
  if (!isPlainObject(value)) {
    return {};
  }
  const { [LAST_APPLIED]: _, ...own } = textsWithoutNulls(value as Readonly<Record<string, string>>);
  return Object.keys(own).length === 0 ? {} : { [field]: own };
}

/** Metadata that says who owns or still needs the object; a copy of it would be deleted, or could not be. */
export function metadataNotes({ metadata }: Manifest): ConversionNote[] {
  const fields = isPlainObject(metadata) ? metadata : {};
  return ['ownerReferences', 'finalizers']
    .filter((field) => Array.isArray(fields[field]) && fields[field].length > 0)
    .map((field) => ({ at: ['metadata', field], says: 'is about the old object, and is not carried over' }));
}
