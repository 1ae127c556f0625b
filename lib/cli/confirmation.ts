import { createInterface } from 'node:readline';
import { NetworkPolicyError } from '../model/problem';
import type { Terminal } from './terminal';

export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Refuses to begin where nobody could be asked in the end.
 *
 * @throws NetworkPolicyError `confirmation-missing`
 */
export function checkConfirmable({ yes, dryRun }: ConfirmOptions, { stdin }: Terminal): void {
  if (yes !== true && dryRun !== true && stdin?.isTTY !== true) {
    throw new NetworkPolicyError({
      code: 'confirmation-missing',
      at: 'aks-netpol',
      got: 'no terminal to ask at',
      problem: 'a cluster is changed only when somebody says yes',
      fix: 'look at it with --dry-run, then write --yes',
    });
  }
}

/** Asks a person on standard error; anything but yes is no, and so are Ctrl-C and Ctrl-D. */
export function confirm(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdin as NodeJS.ReadableStream, output: stderr });
    let isYes = false;
    lines.on('SIGINT', () => {
      stderr.write('\n');
      lines.close();
    });
    lines.on('close', () => resolve(isYes));
    lines.question(`${question} [y/N] `, (answer) => {
      isYes = /^y(es)?$/i.test(answer.trim());
      lines.close();
    });
  });
}
