import { type LintConfig, readLintConfig } from '../manifests/lint-config';
import { type Intent, joinIntents, NO_INTENT } from '../model/finding';
import type { AcceptOptions } from './accept-options';

/** What `--config` says, which is nothing where it is left out. */
export function readConfig({ config }: AcceptOptions): LintConfig {
  return config === undefined ? { intent: NO_INTENT, problems: [] } : readLintConfig(config);
}

/** What the operator and the programs accept and expect. */
export async function acceptedIntent(said: Intent, config: LintConfig): Promise<Intent> {
  return joinIntents(said, config.intent);
}
