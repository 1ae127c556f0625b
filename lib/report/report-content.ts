import { createHash } from 'node:crypto';
import type { EngineName } from '../model/engine-profile';
import type { Exposure } from '../reachability/answers/list-exposure';
import type { Reachability } from '../reachability/reachability';
import type { LintAnswer } from '../render/lint-answer';
import type { ChangesReport } from './changes-section';

/** What the page tells. */
export interface Report {
  /** The files, the folders or the cluster that it is about. */
  readonly sources: readonly string[];
  readonly engine?: EngineName;
  readonly reachability: Reachability;
  readonly exposures: readonly Exposure[];
  /** Whether pods ask LocalDNS for names. */
  readonly localDns: boolean;
  readonly lint: LintAnswer;
  /** In milliseconds since 1970, for the age of policies. */
  readonly now: number;
  /** What opens and closes; left out without a version before. */
  readonly changes?: ChangesReport;
  /** The page's own code. @default none: the page shows, and answers nothing */
  readonly script?: string;
}

/**
 * What a page may load: nothing. It runs the one script that has this digest, and sends nothing to anybody.
 *
 * @see https://www.w3.org/TR/CSP3/#grammardef-hash-source
 */
export function contentSecurityPolicy(script: string | undefined): string {
  const own =
    script === undefined ? "'none'" : `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
