import { isPlainObject } from '../model/problem';
import type { ReadDocument } from '../yaml/documents';

/** With one of these every manifest begins; a text without them is no broken one either. */
const BEGINNING = /(^|[\s{,])["']?(kind|apiVersion)["']?\s*:/;

/**
 * Tells the documents of a text that are something else than manifests, such as a workflow or values for Helm. kubectl
 * refuses what names no kind, so it changes no cluster. What has metadata or a specification beside its version is a manifest
 * that lost its kind: a person has to mend it.
 *
 * @param isNamed whether a person said that manifests stand there: then what cannot be read is one
 */
export function noManifestIn(text: string, isNamed: boolean): (document: ReadDocument) => boolean {
  let mayHoldSome: boolean | undefined;
  return ({ value, problems }) => {
    if (value === undefined) {
      // Looked for once, however many documents are broken.
      mayHoldSome ??= isNamed || BEGINNING.test(text);
      return problems.length > 0 && !mayHoldSome;
    }
    if (isPlainObject(value)) {
      return !('kind' in value) && !('apiVersion' in value && ('metadata' in value || 'spec' in value));
    }
    return (
      value !== null && !(Array.isArray(value) && value.some((each) => isPlainObject(each) && 'kind' in each))
    );
  };
}
