import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { run } from '../cli/program';
import type { Screen, Terminal } from '../cli/terminal';
import { tellsOfChanges } from '../render/change-markdown';
import { markdownText } from '../render/markdown-page';
import type { ReviewInputs } from './review-inputs';

/** What a verb has answered. */
interface Answer {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

/** A judged change. */
export interface Review {
  /** What the change opens and closes, as Markdown; undefined where nothing was compared. */
  readonly difference?: string;
  /** Whether something opens, closes, or may. */
  readonly hasChanges: boolean;
  /** What lint finds, as Markdown. */
  readonly findings: string;
  /** What both verbs have said on standard error. */
  readonly complaints: string;
  /** 0 where all is well, 1 where a gate or lint fails, 2 where something could not be judged. */
  readonly exitCode: 0 | 1 | 2;
}

/** The files that a review leaves in its folder. */
export const REVIEW_FILES = { page: 'report.md', sarif: 'lint.sarif', junit: 'lint.xml' } as const;

/** How a host takes findings, by its name. */
const LOG_FORMATS = { github: 'github', 'azure-devops': 'azure-devops' } as const;

export type ReviewHost = keyof typeof LOG_FORMATS;

/**
 * Runs `diff` and `lint` as the inputs say. Paths stand behind `--`, so that none is an option.
 *
 * @param log gets commands with the places of findings, as the host reads them
 */
export async function judgeReview(inputs: ReviewInputs, host: ReviewHost, log: Screen): Promise<Review> {
  const { paths, before, gates, configs, profile, lintFailOn, output } = inputs;
  mkdirSync(output, { recursive: true });
  const judging = [...option('profile', profile), ...configs.flatMap((file) => option('config', file))];
  const difference =
    before === undefined
      ? undefined
      : await answerOf([
          'diff',
          '--format=markdown',
          // Azure DevOps draws none in a comment.
          ...(host === 'github' ? ['--picture'] : []),
          ...judging,
          ...gates.flatMap((gate) => option('fail-on', gate)),
          ...('git' in before ? option('git', before.git) : []),
          '--',
          ...('path' in before ? [before.path] : []),
          ...paths,
        ]);
  const findings = join(output, 'lint.md');
  // One of an earlier run must not be taken for an answer.
  rmSync(findings, { force: true });
  const linted = await answerOf(
    [
      'lint',
      ...judging,
      ...option('fail-on', lintFailOn),
      `--format=${LOG_FORMATS[host]}`,
      `--format=markdown=${findings}`,
      `--format=sarif=${join(output, REVIEW_FILES.sarif)}`,
      `--format=junit=${join(output, REVIEW_FILES.junit)}`,
      '--',
      ...paths,
    ],
    log,
  );
  const answers = [...(difference === undefined ? [] : [difference]), linted];
  return {
    ...(difference === undefined ? {} : { difference: difference.out || failed(difference) }),
    hasChanges: difference !== undefined && tellsOfChanges(difference.out),
    findings: readText(findings) ?? failed(linted),
    complaints: answers.map(({ err }) => err).join(''),
    exitCode: worst(answers),
  };
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}

/** @param stdout where the answer goes. @default it is kept */
async function answerOf(words: readonly string[], stdout?: Screen): Promise<Answer> {
  const written = { out: '', err: '' };
  const into = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const terminal: Terminal = { stdout: stdout ?? into('out'), stderr: into('err') };
  await run(words, terminal);
  return { ...written, exitCode: Number(terminal.exitCode ?? 0) };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A verb that could not answer has said why. */
function failed({ err }: Answer): string {
  return `**Could not judge:** ${markdownText(err.slice(0, MOST_SAID))}\n`;
}

const MOST_SAID = 2_000;

/** What fails for sure counts more than what could not be judged. */
function worst(answers: readonly Answer[]): Review['exitCode'] {
  const codes = answers.map(({ exitCode }) => exitCode);
  return codes.includes(1) ? 1 : codes.some((code) => code !== 0) ? 2 : 0;
}
