import { isPlainObject } from './problem';

/**
 * Whether a file is what cdk8s itself leaves beside manifests for its validation plugins. Such a file has no kind, so
 * kubectl applies nothing of it; one of the same name that says anything more is a manifest like any other.
 *
 * @see cdk8s src/app.ts, `App.synth`
 */
export function isConstructMetadata(name: string, text: string): boolean {
  if (name !== 'construct-metadata.json') {
    return false;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  const { version, resources, ...more } = isPlainObject(value) ? value : {};
  return typeof version === 'string' && isPlainObject(resources) && Object.keys(more).length === 0;
}
