import { type Harmless, harmless } from '../model/harmless';

/** An object as YAML. JSON is YAML, too, and has a way to write a text that may not stand as it is. */
export function manifestYaml(manifest: Readonly<Record<string, unknown>>): Harmless {
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  const written = dump(manifest, { lineWidth: -1, noRefs: true });
  const printed = harmless(written);
  return printed === written ? printed : harmless(`${JSON.stringify(manifest, null, 2)}\n`);
}
