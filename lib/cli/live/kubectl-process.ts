import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { NetworkPolicyError } from '../../model/problem';

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
  const isLeader = leadsGroup(isSpared);
  const child = spawned(program, words, isLeader);
  let isOver = false;
  const end = () => {
    // Later its number may be another program's.
    if (!isOver) {
      endOf(child, isLeader);
    }
  };
  stop?.addEventListener('abort', end);
  if (stop?.aborted === true) {
    end();
  }
  if (!isSpared) {
    endWithUs(child, end);
  }
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = shortened(stderr + text);
    overhear?.(text);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(missing(program, error)));
    child.on('close', (status) => {
      isOver = true;
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

/**
 * Whether kubectl gets a group of its own, together with the plugins that sign in: kubelogin, which waits for minutes until
 * a person has entered a code, then ends with it. Such a group is a session, too, and has no terminal: a plugin could not
 * ask a person there, and the terminal's Ctrl-C would not reach it. So at a terminal only a kubectl that is to be spared
 * gets one, and a signal to this program alone leaves a plugin behind, until its sign-in is over or it writes something,
 * which nobody reads any more.
 */
function leadsGroup(isSpared: boolean): boolean {
  // On Windows it would get a window.
  return isSpared || (process.platform !== 'win32' && !isAtTerminal());
}

let atTerminal: boolean | undefined;

/** Whether this program has a terminal, wherever its output goes. */
function isAtTerminal(): boolean {
  atTerminal ??= canOpen('/dev/tty');
  return atTerminal;
}

function canOpen(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'));
    return true;
  } catch {
    return false;
  }
}

/** @param isLeader whether all of its group ends with it */
function endOf(child: ChildProcess, isLeader: boolean): void {
  const { pid } = child;
  if (!isLeader || pid === undefined || process.platform === 'win32') {
    child.kill();
    return;
  }
  try {
    process.kill(-pid);
  } catch {
    // All of them have ended by themselves.
  }
}

function spawned(
  program: string,
  words: readonly string[],
  isLeader: boolean,
): ChildProcessWithoutNullStreams {
  try {
    return spawn(program, words, {
      stdio: 'pipe',
      env: process.env,
      detached: isLeader,
    });
  } catch (error) {
    // Words that no program can be given, such as too long ones.
    throw missing(program, error as NodeJS.ErrnoException);
  }
}

/** How those end that do not outlive this program. */
const running = new Map<ChildProcess, () => void>();

/**
 * Has kubectl end when a signal ends this program. The terminal's Ctrl-C reaches both; a signal from elsewhere, as from a
 * pipeline that is cancelled, reaches this one alone and would leave the other behind.
 */
function endWithUs(child: ChildProcess, end: () => void): void {
  if (running.size === 0) {
    for (const signal of SIGNALS) {
      process.on(signal, endAll);
    }
  }
  running.set(child, end);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) {
      leaveSignals();
    }
  });
}

function endAll(signal: NodeJS.Signals): void {
  for (const end of running.values()) {
    end();
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
