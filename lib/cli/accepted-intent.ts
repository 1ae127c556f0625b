import { type LintConfig, readLintConfig } from '../manifests/lint-config';
import { type Intent, joinIntents, NO_INTENT } from '../model/finding';
import { inOneLine } from '../render/harmless';
import type { AcceptOptions } from './accept-options';
import { complain, type Terminal } from './terminal';

/** What `--config` says, which is nothing where it is left out. */
export function readConfig({ config }: AcceptOptions): LintConfig {
  return config === undefined ? { intent: NO_INTENT, problems: [] } : readLintConfig(config);
}

/**
 * What the operator and the programs accept and expect, as far as the options let it count; what does not count is told.
 *
 * @param said by the programs that wrote the manifests
 * @throws NetworkPolicyError where a place that `--acknowledgements-from` names cannot be read
 */
export async function acceptedIntent(
  said: Intent,
  config: LintConfig,
  options: AcceptOptions,
  terminal: Terminal,
): Promise<Intent> {
  const all = joinIntents(said, config.intent);
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
