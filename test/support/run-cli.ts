import { PassThrough, Writable } from 'node:stream';
import { type Called, KUBECTL_PLUGIN, run } from '../../lib/cli/program';
import type { Terminal } from '../../lib/cli/terminal';

export interface CliAnswer {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number | string | null | undefined;
}

/** Runs a command line in this process, where nobody can be asked. */
export function cli(...words: string[]): Promise<CliAnswer> {
  return answerOf(words);
}

/** Runs a command line in this process, with a person who answers when something is asked. */
export function cliAsking(answer: () => string, ...words: string[]): Promise<CliAnswer> {
  return answerOf(words, answer);
}

/** Runs a command line as kubectl runs it. */
export function kubectlPlugin(...words: string[]): Promise<CliAnswer> {
  return answerOf(words, undefined, KUBECTL_PLUGIN);
}

async function answerOf(
  words: readonly string[],
  answer?: () => string,
  called?: Called,
): Promise<CliAnswer> {
  const written = { out: '', err: '' };
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        if (name === 'err' && String(chunk).endsWith('[y/N] ')) {
          stdin.end(answer?.());
        }
        done();
      },
    });
  const terminal: Terminal = {
    stdout: into('out'),
    stderr: into('err'),
    ...(answer === undefined ? {} : { stdin }),
  };
  await run(words, terminal, called);
  return { ...written, exitCode: terminal.exitCode };
}
