import { createInterface } from 'node:readline';
import { harmless, inOneLine } from '../model/harmless';
import { NetworkPolicyError } from '../model/problem';
import type { ChangingOptions } from './options/changing';
import { type Terminal, writeAtOnce } from './terminal';

/**
 * Refuses to begin where nobody could be asked before the cluster is changed.
 *
 * @throws NetworkPolicyError `confirmation-missing`
 */
export function checkConfirmable({ yes, dryRun, format }: ChangingOptions, { stdin }: Terminal): void {
  const isAsked = yes !== true && dryRun !== true;
  if (isAsked && (format !== 'text' || stdin?.isTTY !== true)) {
    throw new NetworkPolicyError({
      code: 'confirmation-missing',
      at: 'aks-netpol',
      // Only as text a person is shown what they would be asked about.
      got: format === 'text' ? 'no terminal to ask at' : `--format ${format}`,
      problem: 'a cluster is changed only when somebody says yes',
      fix: 'look at it with --dry-run, then write --yes',
    });
  }
}

export type Reply = 'yes' | 'no' | 'interrupted';

/** Asks a person on standard error; anything but yes is no, and so is Ctrl-D. Ctrl-C interrupts, as everywhere. */
export function confirm(question: string, { stdin, stderr }: Terminal): Promise<Reply> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdin as NodeJS.ReadableStream, output: stderr });
    let answered: string | undefined;
    let isInterrupted = false;
    lines.on('SIGINT', () => {
      isInterrupted = true;
      lines.close();
    });
    lines.on('close', () => {
      if (answered === undefined) {
        writeAtOnce(stderr, '\n');
      }
      const isYes = /^y(es)?$/i.test(answered?.trim() ?? '');
      resolve(isInterrupted ? 'interrupted' : isYes ? 'yes' : 'no');
    });
    lines.question(harmless(`${inOneLine(question)} [y/N] `), (answer) => {
      answered = answer;
      lines.close();
    });
  });
}
