import { type LintConfig, readLintConfig } from '../manifests/lint-config';
import type { ReadManifests } from '../manifests/read-manifests';
import { type Intent, joinIntents, NO_INTENT } from '../model/finding';
import { SIDE_FILE } from '../model/side-file';
import { inOneLine } from '../render/harmless';
import type { AcceptOptions } from './accept-options';
import { complain, type Terminal } from './terminal';

/** What `--config` says, which is nothing where it is left out. */
export function readConfig({ config }: AcceptOptions): LintConfig {
  return config === undefined ? { intent: NO_INTENT, problems: [] } : readLintConfig(config);
}

/** What is likely to be missed of programs whose manifests came without the file that `app.synth()` writes beside them. */
async function tellMissing({ sideFileMissing }: ReadManifests, terminal: Terminal): Promise<void> {
  if (sideFileMissing !== undefined) {
    await complain(terminal, [
      `${inOneLine(`${sideFileMissing}: no ${SIDE_FILE} stands beside the *.k8s.yaml; if constructs of this package wrote them, what the program expects and accepts is missing`)}\n`,
    ]);
  }
}

/**
 * What the operator and the programs accept and expect, as far as the options let it count; what does not count is told.
 *
 * @param read the manifests, with what the programs say that wrote them
 * @throws NetworkPolicyError where a place that `--acknowledgements-from` names cannot be read
 */
export async function acceptedIntent(
  read: ReadManifests,
  config: LintConfig,
  options: AcceptOptions,
  terminal: Terminal,
): Promise<Intent> {
  await tellMissing(read, terminal);
  const all = joinIntents(read.intent, config.intent);
  const places = options.acknowledgementsFrom;
  if (places === undefined) {
    return all;
  }
  // Loaded here, because most runs name no place.
  const { refusal, takeOnlyFrom } =
    require('./acknowledgements-from') as typeof import('./acknowledgements-from');
  const { intent, refused } = await takeOnlyFrom(places, all, options.config);
  await complain(
    terminal,
    refused.map((each) => `${inOneLine(refusal(each, places))}\n`),
  );
  return intent;
}
