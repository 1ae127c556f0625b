#!/usr/bin/env node
import { complain } from '../cli/terminal';
import { inOneLine } from '../model/harmless';
import type { ReviewHost } from './judge-review';
import { reviewChange } from './review-change';

const HOSTS: readonly ReviewHost[] = ['github', 'azure-devops'];

async function start(word: string | undefined): Promise<void> {
  const host = HOSTS.find((each) => each === word);
  if (host === undefined) {
    process.exitCode = 2;
    await complain(process, [
      `usage: aks-netpol-review ${HOSTS.join('|')}; the inputs are variables AKS_NETPOL_*\n`,
    ]);
    return;
  }
  try {
    process.exitCode = await reviewChange(host, process);
  } catch (error) {
    process.exitCode = 2;
    await complain(process, [`error: ${inOneLine((error as Error).message)}\n`]);
  }
}

// What fails here is a complaint that could not be written: the exit code has to do.
start(process.argv[2]).catch(() => {});
