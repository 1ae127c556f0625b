import { SIGNALS } from './live/kubectl-process';
import { complain, type Terminal } from './terminal';

/** What Ctrl-C has asked for so far. */
export interface Interruption {
  /** After the first: nothing new is begun. */
  readonly isAsked: boolean;
  /** After the second: what is under way ends as well. */
  readonly stop: AbortSignal;
}

/** Does work that is to say how far it came: Ctrl-C ends nothing by itself, but is told to the work. */
export async function interruptible<T>(
  terminal: Terminal,
  work: (interruption: Interruption) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const interruption = { isAsked: false, stop: stop.signal };
  const onSignal = () => {
    if (interruption.isAsked) {
      stop.abort();
    } else {
      interruption.isAsked = true;
      void complain(terminal, ['\nstopping when what is under way is done; once more stops at once\n']);
    }
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  try {
    return await work(interruption);
  } finally {
    for (const signal of SIGNALS) {
      process.off(signal, onSignal);
    }
  }
}
