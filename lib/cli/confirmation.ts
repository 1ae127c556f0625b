import { createInterface } from 'node:readline';
import { harmless, inOneLine } from '../model/harmless';
import { NetworkPolicyError } from '../model/problem';
import { type Terminal, writeAtOnce } from './terminal';

export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/**
 * Refuses to begin where nobody could be asked in the end.
 *
 * @throws NetworkPolicyError `confirmation-missing`
 */
export function checkConfirmable({ yes, dryRun, format }: ConfirmOptions, { stdin }: Terminal): void {
  const isAsked = yes !== true && dryRun !== true;
  if (isAsked && (format === 'json' || stdin?.isTTY !== true)) {
    throw new NetworkPolicyError({
      code: 'confirmation-missing',
      at: 'aks-netpol',
      // A person would be asked about what nobody has shown them.
      got: format === 'json' ? '--format json' : 'no terminal to ask at',
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
