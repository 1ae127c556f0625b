import { appendFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { print, type Terminal } from '../cli/terminal';
import { azureCommand, githubCommand, type Harmless, harmlessPieces, inOneLine } from '../model/harmless';
import { NetworkPolicyError } from '../model/problem';
import { commentOnAzure } from './azure-thread';
import { commentOnGithub } from './github-comment';
import { judgeReview, REVIEW_FILES, type Review, type ReviewHost } from './judge-review';
import type { Commented } from './rest';
import { type ReviewInputs, readInputs } from './review-inputs';
import { reviewComment, reviewPage } from './review-page';

/**
 * Reviews a change for a pipeline: judges it, leaves the results in a folder, in the summary of the run and in a comment.
 * What is wrong with the comment never changes the verdict.
 *
 * @returns the exit code
 */
export async function reviewChange(host: ReviewHost, terminal: Terminal): Promise<0 | 1 | 2> {
  const { env = {} } = terminal;
  const tell = (...texts: readonly Harmless[]) => print(terminal.stdout, texts);
  let inputs: ReviewInputs;
  try {
    inputs = readInputs(env);
  } catch (error) {
    if (!(error instanceof NetworkPolicyError)) {
      throw error;
    }
    await tell(warningFor(host, error.message));
    return 2;
  }
  const judged = await judgeReview(inputs, host, terminal.stdout);
  await tell(...harmlessPieces([judged.complaints]));
  const page = join(resolve(inputs.output), REVIEW_FILES.page);
  writeFileSync(page, reviewPage(judged));
  if (host === 'azure-devops') {
    await tell(azureCommand('task.uploadsummary', {}, page));
  } else if (env.GITHUB_STEP_SUMMARY !== undefined) {
    appendFileSync(env.GITHUB_STEP_SUMMARY, reviewPage(judged));
  }
  const commented = inputs.comments ? await comment(host, judged, inputs, env) : { outcome: 'none' as const };
  if (commented.outcome === 'refused') {
    const where = 'What was judged is in the summary of the run.';
    await tell(warningFor(host, `The pull request has no comment of this run: ${commented.why}. ${where}`));
  }
  return judged.exitCode;
}

async function comment(
  host: ReviewHost,
  judged: Review,
  { key }: ReviewInputs,
  env: NonNullable<Terminal['env']>,
): Promise<Commented> {
  const text = reviewComment(judged, key);
  const passes = judged.exitCode === 0;
  try {
    return await (host === 'github'
      ? commentOnGithub(text, key, env)
      : commentOnAzure(text, { key, passes, isWorthTelling: !passes || judged.hasChanges }, env));
  } catch (error) {
    return { outcome: 'refused', why: (error as Error).message };
  }
}

function warningFor(host: ReviewHost, text: string): Harmless {
  return host === 'github'
    ? githubCommand('warning', { title: 'aks-netpol' }, inOneLine(text))
    : azureCommand('task.logissue', { type: 'warning' }, inOneLine(text));
}
