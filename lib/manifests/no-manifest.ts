import { isPlainObject } from '../model/problem';
import type { ReadDocument } from '../yaml/documents';

/** Every manifest has one of these fields; without them a broken text is not a broken manifest. */
const MANIFEST_FIELD = /(^|[\s{,])["']?(kind|apiVersion)["']?\s*:/;

/**
 * Returns whether a document of a text is not a manifest, such as a workflow or Helm values. kubectl refuses an object
 * without a kind, so it changes no cluster. But an object with a version and metadata or a spec is a manifest whose kind is
 * missing.
 *
 * @param isNamed whether a person named the text as manifests: then a broken document counts as a manifest
 */
export function noManifestIn(text: string, isNamed: boolean): (document: ReadDocument) => boolean {
  let mayContainSome: boolean | undefined;
  return ({ value, problems }) => {
    if (value === undefined) {
      // Sought once, however many documents are broken.
      mayContainSome ??= isNamed || MANIFEST_FIELD.test(text);
      return problems.length > 0 && !mayContainSome;
    }
    if (isPlainObject(value)) {
      return !('kind' in value) && !('apiVersion' in value && ('metadata' in value || 'spec' in value));
    }
    return (
      value !== null && !(Array.isArray(value) && value.some((each) => isPlainObject(each) && 'kind' in each))
    );
  };
}
