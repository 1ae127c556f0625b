import { isPlainObject } from './problem';

/**
 * Whether a file is the one that cdk8s writes beside manifests for its validation plugins. It has no kind, so kubectl
 * applies nothing of it. A file of the same name with any other field is read as a manifest.
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
