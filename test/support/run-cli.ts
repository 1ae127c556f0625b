import { Writable } from 'node:stream';
import { run } from '../../lib/cli/program';

export interface CliAnswer {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number | string | null | undefined;
}

/** Runs a command line in this process. */
export async function cli(...words: string[]): Promise<CliAnswer> {
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const terminal: Parameters<typeof run>[1] = { stdout: into('out'), stderr: into('err') };
  await run(words, terminal);
  return { ...written, exitCode: terminal.exitCode };
}
