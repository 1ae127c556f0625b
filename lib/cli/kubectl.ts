import { spawn } from 'node:child_process';
import { NetworkPolicyError } from '../model/problem';
import { refusalOf } from './kubectl-refusals';
import { ListSplitter } from './list-splitter';
import type { Screen } from './terminal';

/** Which cluster is meant, as kubectl's own options say it. */
export interface KubectlOptions {
  /** @default the current context */
  readonly context?: string;
  /** @default `KUBECONFIG`, else `~/.kube/config` */
  readonly kubeconfig?: string;
}

/** A sign-in that waits for a person: kubectl goes on when they have done what it says. */
const SIGN_IN = /devicelogin|use a web browser|enter the code/i;

/** How many objects a page of a list has at most. */
const PAGE = 500;

/**
 * The user's own kubectl, which brings sign-in, proxies and private clusters along. The only place that starts
 * another program.
 */
export class Kubectl {
  private readonly cluster: readonly string[];
  private readonly context: string | undefined;

  /** @param screen where a person reads what a sign-in asks of them */
  public constructor(
    { context, kubeconfig }: KubectlOptions,
    private readonly screen: Screen = process.stderr,
    private readonly program = 'kubectl',
  ) {
    this.context = context;
    this.cluster = [
      ...(context === undefined ? [] : ['--context', context]),
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ];
  }

  /**
   * What kubectl writes to standard output.
   *
   * @throws NetworkPolicyError `kubectl-missing`, `cluster-unreachable`, `not-signed-in`, `forbidden`,
   *   `object-missing`, `field-conflict`, `kubectl-failed`
   */
  public async run(words: readonly string[]): Promise<string> {
    const { isDone, stdout, stderr } = await this.ask(words);
    if (!isDone) {
      throw refusalOf(words, stderr);
    }
    return stdout;
  }

  /**
   * What kubectl says, whether or not it did all that it was asked for.
   *
   * @throws NetworkPolicyError `kubectl-missing`
   */
  public async ask(words: readonly string[], options: AskOptions = {}): Promise<Answer> {
    const { output, ended } = this.start(words, options);
    let stdout = '';
    for await (const text of output) {
      stdout += text;
    }
    return { ...(await ended), stdout };
  }

  /** The name of the context, by which a person knows the cluster; left out where kubectl has none. */
  public async contextName(): Promise<string | undefined> {
    if (this.context !== undefined) {
      return this.context;
    }
    const { isDone, stdout } = await this.ask(['config', 'current-context']);
    return isDone ? stdout.trim() : undefined;
  }

  /** The objects at a path of the API, `/api/v1/pods`, some at a time as they come; a list is asked for in pages. */
  public async *objects(path: string): AsyncGenerator<readonly object[]> {
    let next = '';
    do {
      const query = `limit=${PAGE}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
      const words = ['get', '--raw', `${path}?${query}`];
      const { output, ended } = this.start(words);
      const splitter = new ListSplitter();
      for await (const text of output) {
        yield splitter.add(text);
      }
      const { isDone, stderr } = await ended;
      if (!isDone) {
        throw refusalOf(words, stderr);
      }
      next = splitter.end().metadata?.continue ?? '';
    } while (next !== '');
  }

  private passOn(text: string): void {
    // The line that tells what goes on may stand there.
    this.screen.write(`${this.screen.isTTY === true ? '\r\u001b[K' : ''}${text.trimEnd()}\n`);
  }

  private start(words: readonly string[], { input = '', stop }: AskOptions = {}): Started {
    const child = spawn(this.program, [...this.cluster, ...words], {
      stdio: 'pipe',
      env: process.env,
      // In a group of its own, so that the terminal's Ctrl-C does not reach it.
      detached: stop !== undefined,
    });
    const end = () => child.kill();
    stop?.addEventListener('abort', end);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (SIGN_IN.test(text)) {
        this.passOn(text);
      }
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => reject(missing(this.program, error)));
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
    return { output: child.stdout.setEncoding('utf8') as AsyncIterable<string>, ended };
  }
}

export interface AskOptions {
  /** For its standard input. */
  readonly input?: string;
  /**
   * Ends it. One that can be ended so is spared by Ctrl-C: a change that has begun is better finished.
   *
   * @default Ctrl-C ends it
   */
  readonly stop?: AbortSignal;
}

/** How a run of kubectl ended. */
interface Ended {
  readonly isDone: boolean;
  readonly stderr: string;
}

export interface Answer extends Ended {
  readonly stdout: string;
}

interface Started {
  /** To be read to its end. */
  readonly output: AsyncIterable<string>;
  readonly ended: Promise<Ended>;
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
