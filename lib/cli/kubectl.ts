import { spawn } from 'node:child_process';
import { NetworkPolicyError } from '../model/problem';
import { refusalOf } from './kubectl-refusals';
import { ListSplitter } from './list-splitter';

/** Which cluster is meant, as kubectl's own options say it. */
export interface KubectlOptions {
  /** @default the current context */
  readonly context?: string;
  /** @default `KUBECONFIG`, else `~/.kube/config` */
  readonly kubeconfig?: string;
}

/** How many objects a page of a list has at most. */
const PAGE = 500;

/**
 * The user's own kubectl, which brings sign-in, proxies and private clusters along. The only place that starts
 * another program.
 */
export class Kubectl {
  private readonly cluster: readonly string[];

  public constructor(
    { context, kubeconfig }: KubectlOptions,
    private readonly program = 'kubectl',
  ) {
    this.cluster = [
      ...(context === undefined ? [] : ['--context', context]),
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ];
  }

  /**
   * What kubectl writes to standard output.
   *
   * @param input for its standard input
   * @param isAlone whether Ctrl-C spares it: a change that has begun is better finished
   * @throws NetworkPolicyError `kubectl-missing`, `cluster-unreachable`, `not-signed-in`, `forbidden`,
   *   `object-missing`, `field-conflict`, `kubectl-failed`
   */
  public run(words: readonly string[], input = '', isAlone = false): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, [...this.cluster, ...words], {
        stdio: 'pipe',
        env: process.env,
        detached: isAlone,
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.on('error', (error: NodeJS.ErrnoException) => reject(missing(this.program, error)));
      child.on('close', (status) => {
        if (status === 0) {
          resolve(Buffer.concat(out).toString('utf8'));
        } else {
          reject(refusalOf(words, Buffer.concat(err).toString('utf8')));
        }
      });
      // One that stops early does not read its input; what it says tells why.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
  }

  /** The objects at a path of the API, `/api/v1/pods`, some at a time as they come; a list is asked for in pages. */
  public async *objects(path: string): AsyncGenerator<readonly object[]> {
    let next = '';
    do {
      const query = `limit=${PAGE}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
      const splitter = new ListSplitter();
      for await (const text of this.stream(['get', '--raw', `${path}?${query}`])) {
        yield splitter.add(text);
      }
      next = splitter.end().metadata?.continue ?? '';
    } while (next !== '');
  }

  /** The same as `run`, as it comes. */
  private async *stream(words: readonly string[]): AsyncGenerator<string> {
    const child = spawn(this.program, [...this.cluster, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: process.env,
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => reject(missing(this.program, error)));
      child.on('close', resolve);
    });
    // Its failure is met below.
    ended.catch(() => {});
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    yield* child.stdout.setEncoding('utf8') as AsyncIterable<string>;
    if ((await ended) !== 0) {
      throw refusalOf(words, said);
    }
  }
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
