import { spawnSync } from 'node:child_process';

/**
 * What a program built for these tests answers to each line, in order.
 *
 * @param variable the one of the environment that tells where it is
 */
export function answers(variable: string, lines: readonly string[]): string[] {
  const program = process.env[variable];
  if (program === undefined) {
    throw new Error('Run these tests with npm run test:kubernetes, which builds what they need first.');
  }
  const { error, status, stdout, stderr } = spawnSync(program, {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`${program} failed: ${stderr || error?.message}`, { cause: error });
  }
  const found = stdout.trimEnd().split('\n');
  if (found.length !== lines.length) {
    throw new Error(`${program} gave ${found.length} answers to ${lines.length} lines. ${stderr}`);
  }
  return found;
}
