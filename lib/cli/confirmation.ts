import { createInterface } from 'node:readline/promises';
import { NetworkPolicyError } from '../model/problem';
import type { Terminal } from './terminal';

/**
 * Asks a person; without one, the answer has to stand in the command.
 *
 * @throws NetworkPolicyError `confirmation-missing`
 */
export async function confirm(question: string, isYes: boolean, terminal: Terminal): Promise<boolean> {
  if (isYes) {
    return true;
  }
  if (terminal.stdin?.isTTY !== true) {
    throw new NetworkPolicyError({
      code: 'confirmation-missing',
      at: 'aks-netpol',
      got: 'no terminal to ask at',
      problem: 'a cluster is changed only when somebody says yes',
      fix: 'look at it with --dry-run, then write --yes',
    });
  }
  const asking = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
