import type { WrittenPolicy } from '../manifests/written-policy';
import { isPlainObject } from '../model/problem';
import { type Code, type CodePart, call, callOn, object, WIDTH } from './code';
import { commentLines, quoted } from './literals';
import { PlacedComments } from './placed-comments';
import { valueCode, whyUnwritable } from './raw-object';
import { labelsCode } from './selectors';

/** The code for a policy: a construct, an ApiObject, or none. */
export type PolicyCode =
  | {
      readonly as: 'construct' | 'object';
      readonly code: Code;
      readonly comments: readonly string[];
      readonly reason?: string;
    }
  | { readonly as: 'nothing'; readonly reason: string };

export type WrittenFields = Readonly<Record<string, unknown>>;

/** A field of a construct's options. */
export type Option = CodePart & { readonly name: string };

const OWN_METADATA: readonly string[] = ['name', 'namespace', 'labels', 'annotations'];

/** Why constructs cannot write metadata that the API server accepts. */
export function whyOtherMetadata(metadata: WrittenFields): string | undefined {
  const other = Object.keys(metadata).find((key) => !OWN_METADATA.includes(key));
  return other === undefined ? undefined : `constructs do not write metadata.${other}`;
}

/** The labels and annotations of a policy as options of its construct. */
export function metadataCode(
  name: 'labels' | 'annotations',
  values: Readonly<Record<string, string>> | undefined,
  comments: PlacedComments,
): Option[] {
  if (values === undefined) {
    return [];
  }
  const code = labelsCode(values);
  const parts = (code as ReturnType<typeof object>).parts.map((part) => ({
    ...part,
    comments: comments.take('metadata', name, part.name),
  }));
  return [{ name, code: object(parts), comments: comments.takeExactly('metadata', name) }];
}

/** A policy as an ApiObject. @param reason why it is no construct */
export function objectCode(
  policy: WrittenPolicy,
  id: string,
  value: WrittenFields,
  reason: string,
): PolicyCode {
  const metadata = isPlainObject(value.metadata) ? value.metadata : {};
  const unwritable = whyUnwritable(value) ?? whyNotMetadata(metadata);
  if (unwritable !== undefined) {
    return { as: 'nothing', reason: `${reason}; ${unwritable}` };
  }
  // The chart sets the namespace.
  const { namespace: _, ...own } = metadata;
  const code = call('new ApiObject', 'this', quoted(id), valueCode({ ...value, metadata: own }));
  const isNamed = own.name !== undefined;
  return {
    as: 'object',
    // Without a name cdk8s would generate one.
    code: isNamed ? code : callOn(code, 'addJsonPatch', call('JsonPatch.remove', quoted('/metadata/name'))),
    comments: [
      ...new PlacedComments(policy.comments).take(),
      ...commentLines(`Left as it was written: ${reason}`, WIDTH - 4),
    ],
    reason,
  };
}

/** cdk8s parses metadata, so fields that it knows must have the right types. */
function whyNotMetadata(metadata: WrittenFields): string | undefined {
  const bad = Object.entries(metadata).find(
    ([key, value]) =>
      (['name', 'namespace', 'generateName'].includes(key) && typeof value !== 'string') ||
      (['labels', 'annotations'].includes(key) && !isPlainObject(value)) ||
      (['finalizers', 'ownerReferences'].includes(key) && !Array.isArray(value)),
  );
  return bad === undefined ? undefined : `cdk8s cannot write this metadata.${bad[0]}`;
}
