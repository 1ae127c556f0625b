import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that runs until it is stopped, and no longer than this process. */
export interface Kept {
  readonly hasEnded: () => boolean;
  /** The end of what it wrote. */
  readonly lastWords: () => string;
  /** Kills it; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** @param removed a folder that goes when the program has ended, however that comes about */
export function keep(program: string, words: readonly string[], log: string, removed?: string): Kept {
  const keeper = spawn(
    process.execPath,
    [join(__dirname, 'keeper.js'), removed ?? '-', log, program, ...words],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    keeper.on('close', () => {
      hasEnded = true;
      resolve();
    });
  });
  keeper.stdin.on('error', () => {});
  return {
    hasEnded: () => hasEnded,
    lastWords: () => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : ''),
    stop: () => {
      keeper.stdin.end();
      return ended;
    },
  };
}
