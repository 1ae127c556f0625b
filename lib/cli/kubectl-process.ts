import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { NetworkPolicyError } from '../model/problem';

export interface StartOptions {
  /** For its standard input. @default nothing */
  readonly input?: string;
  /** Ends it. */
  readonly stop?: AbortSignal;
  /**
   * Whether kubectl goes on when a signal, such as the terminal's Ctrl-C, ends this program.
   *
   * @default false
   */
  readonly isSpared?: boolean;
  /** Told each piece of what it writes to standard error. */
  readonly overhear?: (text: string) => void;
}

/** How a run ended. */
export interface Ended {
  readonly isDone: boolean;
  /** What kubectl wrote to standard error; of much of it the beginning and the end. */
  readonly stderr: string;
}

export interface Started {
  /** To be read to its end. */
  readonly output: AsyncIterable<string>;
  readonly ended: Promise<Ended>;
  /** Ends it, if it still runs. */
  readonly end: () => void;
}

/** How much of the beginning, and of the end, of what kubectl says on standard error is kept, in characters. */
const KEPT = 8_000;

/** The signals by which people and pipelines end a program. */
export const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Starts kubectl, the only place that does.
 *
 * @throws NetworkPolicyError `kubectl-missing`, here or where its end is awaited
 */
export function startKubectl(program: string, words: readonly string[], options: StartOptions = {}): Started {
  const { input = '', stop, isSpared = false, overhear } = options;
  const child = spawned(program, words, isSpared);
  const end = () => {
    child.kill();
  };
  stop?.addEventListener('abort', end);
  if (stop?.aborted === true) {
    end();
  }
  if (!isSpared) {
    endWithUs(child);
  }
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = shortened(stderr + text);
    overhear?.(text);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(missing(program, error)));
    child.on('close', (status) => {
      stop?.removeEventListener('abort', end);
      resolve({ isDone: status === 0, stderr });
    });
  });
  // Its failure is met where it is awaited, after the output.
  ended.catch(() => {});
  // One that stops early does not read its input; what it says tells why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return { output: child.stdout.setEncoding('utf8') as AsyncIterable<string>, ended, end };
}

function spawned(
  program: string,
  words: readonly string[],
  isSpared: boolean,
): ChildProcessWithoutNullStreams {
  try {
    return spawn(program, words, {
      stdio: 'pipe',
      env: process.env,
      // In a group of its own the terminal's Ctrl-C does not reach it.
      detached: isSpared,
    });
  } catch (error) {
    // Words that no program can be given, such as too long ones.
    throw missing(program, error as NodeJS.ErrnoException);
  }
}

const running = new Set<ChildProcess>();

/**
 * Has kubectl end when a signal ends this program. The terminal's Ctrl-C reaches both; a signal from elsewhere, as from a
 * pipeline that is cancelled, reaches this one alone and would leave the other behind.
 */
function endWithUs(child: ChildProcess): void {
  if (running.size === 0) {
    for (const signal of SIGNALS) {
      process.on(signal, endAll);
    }
  }
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) {
      leaveSignals();
    }
  });
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of running) {
    child.kill();
  }
  leaveSignals();
  // Now it ends as if nobody had listened, so that whoever waits for it sees the signal.
  process.kill(process.pid, signal);
}

function leaveSignals(): void {
  for (const signal of SIGNALS) {
    process.off(signal, endAll);
  }
}

function shortened(text: string): string {
  return text.length <= 2 * KEPT ? text : `${text.slice(0, KEPT)} … ${text.slice(-KEPT)}`;
}

function missing(program: string, { code, message }: NodeJS.ErrnoException): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'kubectl-missing',
    at: program,
    got: code ?? message,
    problem: 'kubectl could not be started',
    fix: 'install kubectl (az aks install-cli) and put it on the PATH',
  });
}
