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
  public async run(words: readonly string[], input = '', isAlone = false): Promise<string> {
    const out: Buffer[] = [];
    for await (const chunk of this.output(words, input, isAlone)) {
      out.push(chunk);
    }
    return Buffer.concat(out).toString('utf8');
  }

  /** The objects at a path of the API, `/api/v1/pods`, some at a time as they come. */
  public async *objects(path: string): AsyncGenerator<readonly object[]> {
    let next = '';
    do {
      const query = `limit=${PAGE}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
      const splitter = new ListSplitter();
      const decoder = new TextDecoder();
      for await (const chunk of this.output(['get', '--raw', `${path}?${query}`])) {
        yield splitter.add(decoder.decode(chunk, { stream: true }));
      }
      next = splitter.end().metadata?.continue ?? '';
    } while (next !== '');
  }

  private async *output(words: readonly string[], input = '', isAlone = false): AsyncGenerator<Buffer> {
    const child = spawn(this.program, [...this.cluster, ...words], {
      stdio: 'pipe',
      env: process.env,
      detached: isAlone,
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => reject(missing(this.program, error)));
      child.on('close', resolve);
    });
    // Its failure is met below.
    ended.catch(() => {});
    const err: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    // One that stops early does not read its input; what it says tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    yield* child.stdout as AsyncIterable<Buffer>;
    if ((await ended) !== 0) {
      throw refusalOf(words, Buffer.concat(err).toString('utf8'));
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
