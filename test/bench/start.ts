import { AKS_NETPOL, print, ratios, waitingSeconds } from './measure';

const GOAL = 'goal 1.50';

/** How long `--help` takes, by a Node that loads the argument parser and does nothing with it. */
export function benchStart(): void {
  console.log('\nstart, by the clock, by that of Node with the argument parser (median of paired rounds)');
  const found = ratios(
    {
      parser: () => waitingSeconds(['-e', "require('commander')"]),
      help: () => waitingSeconds([AKS_NETPOL, '--help']),
    },
    41,
  );
  print('', 'aks-netpol --help', found.help?.toFixed(2), GOAL);
}
