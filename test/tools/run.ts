import { spawn, spawnSync } from 'node:child_process';

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. A program that is not there has the status 127. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Run {
  const { cwd, env } = options;
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    return { status: 127, stdout: '', stderr: `${program} is not installed` };
  }
  if (error !== undefined) {
    throw error;
  }
  return { status: status ?? 1, stdout, stderr };
}

/** Runs a program while this process goes on with its work. */
export function runAlone(
  program: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text.stderr += part;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, ...text }));
  });
}

/** Runs a program that must succeed, and returns what it wrote. */
export function succeed(...call: Parameters<typeof run>): string {
  const { status, stdout, stderr } = run(...call);
  if (status !== 0) {
    throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${status}:\n${stderr || stdout}`);
  }
  return stdout;
}
