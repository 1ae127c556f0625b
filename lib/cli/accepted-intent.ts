import type { LintConfig } from '../manifests/lint-config';
import type { ReadManifests } from '../manifests/read-manifests';
import { type Intent, joinIntents } from '../model/finding';
import { describeManifestProblem } from '../model/manifest-problem';
import { SIDE_FILE } from '../model/side-file';
import { type CountedIntent, takeOnlyFrom } from './acknowledgements-from';
import type { AcceptOptions } from './options/accepting';
import { complain, inLines, type Terminal } from './terminal';

/**
 * Tells what should be written otherwise in the files for `--config`, and that what a program expects and accepts is
 * missing where its manifests came without the file that `app.synth()` writes beside them.
 */
export async function complainOfIntent(
  { sideFileMissing }: ReadManifests,
  { remarks }: LintConfig,
  terminal: Terminal,
): Promise<void> {
  const missing =
    sideFileMissing === undefined
      ? []
      : [
          `${sideFileMissing}: no ${SIDE_FILE} stands beside the *.k8s.yaml; if constructs of this package wrote them, what the program expects and accepts is missing`,
        ];
  await complain(terminal, inLines([...remarks.map(describeManifestProblem), ...missing]));
}

/**
 * What the operator and the programs accept and expect, as far as the options let it count.
 *
 * @param said by the programs that wrote the manifests
 * @throws NetworkPolicyError where a place that `--acknowledgements-from` names cannot be read
 */
export async function acceptedIntent(
  said: Intent,
  config: LintConfig,
  { config: files, acknowledgementsFrom: places }: AcceptOptions,
): Promise<CountedIntent> {
  const intent = joinIntents(said, config.intent);
  return places === undefined ? { intent } : takeOnlyFrom(places, intent, files);
}
