import { devNull } from 'node:os';
import { defined } from '../../model/defined';
import { harmless } from '../../model/harmless';
import { isPlainObject } from '../../model/problem';
import type { Screen } from '../terminal';
import { type Ended, type Started, type StartOptions, startKubectl } from './kubectl-process';
import { refusalOf } from './kubectl-refusals';
import { ListSplitter } from './list-splitter';
import { answerUnreadable, type ObjectList, PageCheck, pageOf } from './object-list';

/** Which cluster is meant, as kubectl's own options say it. */
export interface KubectlOptions {
  /** @default the current context */
  readonly context?: string;
  /** @default `KUBECONFIG`, else `~/.kube/config` */
  readonly kubeconfig?: string;
}

/** A sign-in that waits for a person: kubectl goes on when they have done what it says. */
const SIGN_IN = /devicelogin|use a web browser|enter the code/i;

/**
 * The user's own kubectl, which brings sign-in, proxies and private clusters along. One of these is one cluster: the
 * context is asked for once and named in every call, because another terminal may choose another one meanwhile.
 */
export class Kubectl {
  private readonly kubeconfig: readonly string[];
  private readonly named: string | undefined;
  private configured: Promise<Context | undefined> | undefined;

  /** @param screen where a person reads what a sign-in asks of them */
  public constructor(
    { context, kubeconfig }: KubectlOptions,
    private readonly screen: Screen = process.stderr,
    private readonly program = 'kubectl',
  ) {
    this.named = context;
    this.kubeconfig = kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig];
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
      throw refusalOf(words, stderr, await this.contextName());
    }
    return stdout;
  }

  /**
   * What the API server answers at a path, `/version`.
   *
   * @throws NetworkPolicyError as {@link run}, and `answer-unreadable`
   */
  public async get(path: string): Promise<Readonly<Record<string, unknown>>> {
    return objectOf(await this.run(['get', '--raw', path]), path);
  }

  /**
   * What kubectl says, whether or not it did all that it was asked for.
   *
   * @throws NetworkPolicyError `kubectl-missing`, `cluster-unreachable` where the context is none
   */
  public async ask(words: readonly string[], options: AskOptions = {}): Promise<KubectlAnswer> {
    const isSpared = options.stop !== undefined;
    return answerOf(this.start([...(await this.cluster()), ...words], { ...options, isSpared }));
  }

  /**
   * What kustomize makes of a folder; no cluster is asked.
   *
   * @throws NetworkPolicyError `kubectl-missing`
   */
  public kustomize(folder: string): Promise<KubectlAnswer> {
    return answerOf(this.start(['kustomize', '--', folder]));
  }

  /**
   * The names of all contexts, each on a line; no cluster is asked.
   *
   * @throws NetworkPolicyError `kubectl-missing`
   */
  public contexts(): Promise<KubectlAnswer> {
    return answerOf(this.start([...this.kubeconfig, 'config', 'get-contexts', '-o', 'name']));
  }

  /** The name of the context, by which a person knows the cluster; left out where kubectl has none. */
  public async contextName(): Promise<string | undefined> {
    return this.named ?? (await this.context())?.name;
  }

  /** The namespace of the context; left out where it has none, or kubectl has no context. */
  public async namespace(): Promise<string | undefined> {
    return (await this.context())?.namespace;
  }

  /**
   * The objects of a list, some at a time as they come; it is asked for in pages.
   *
   * @param stop ends it
   * @throws NetworkPolicyError as {@link run}, and `answer-unreadable`
   */
  public async *objects(list: ObjectList, stop?: AbortSignal): AsyncGenerator<readonly object[]> {
    const cluster = await this.cluster();
    const check = new PageCheck(list);
    let next = '';
    do {
      const words = ['get', '--raw', pageOf(list, next)];
      const page = this.start([...cluster, ...words], defined({ stop }));
      const splitter = new ListSplitter();
      let [text, count] = ['', 0];
      try {
        for await (const part of page.output) {
          text ||= part;
          const objects = check.checkItems(splitter.add(part));
          count += objects.length;
          yield objects;
        }
        const { isDone, stderr } = await page.ended;
        if (!isDone) {
          throw refusalOf(words, stderr, await this.contextName());
        }
        next = check.nextOf(splitter.end(), count);
      } catch (error) {
        throw error instanceof SyntaxError ? check.unreadable(text, 'is no list of objects') : error;
      } finally {
        page.end();
      }
    } while (next !== '');
  }

  /** How every call names the cluster. */
  private async cluster(): Promise<readonly string[]> {
    const name = await this.contextName();
    // Without a context kubectl takes the cluster that it runs in; with a kubeconfig that is empty, it always will.
    return name === undefined ? ['--kubeconfig', devNull] : ['--context', name, ...this.kubeconfig];
  }

  private context(): Promise<Context | undefined> {
    this.configured ??= this.askForContext();
    return this.configured;
  }

  private async askForContext(): Promise<Context | undefined> {
    const words = ['config', 'view', '--minify', '--output', 'jsonpath={.contexts[0]}'];
    const named = this.named === undefined ? [] : ['--context', this.named];
    const { isDone, stdout, stderr } = await answerOf(this.start([...named, ...this.kubeconfig, ...words]));
    if (!isDone && stderr.includes('current-context must exist')) {
      return undefined;
    }
    if (!isDone) {
      throw refusalOf(words, stderr, this.named);
    }
    return contextOf(stdout);
  }

  private start(words: readonly string[], options: StartOptions = {}): Started {
    return startKubectl(this.program, words, {
      ...options,
      overhear: (text) => {
        if (SIGN_IN.test(text)) {
          this.passOn(text);
        }
      },
    });
  }

  private passOn(text: string): void {
    // The line that tells what goes on may stand there.
    this.screen.write(`${this.screen.isTTY === true ? '\r\u001b[K' : ''}${harmless(text.trimEnd())}\n`);
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

export interface KubectlAnswer extends Ended {
  readonly stdout: string;
}

async function answerOf({ output, ended }: Started): Promise<KubectlAnswer> {
  let stdout = '';
  for await (const text of output) {
    stdout += text;
  }
  return { ...(await ended), stdout };
}

/** What kubectl's configuration says of the context that is meant. */
interface Context {
  readonly name: string;
  readonly namespace?: string;
}

function contextOf(text: string): Context {
  const { name, context } = objectOf(text, "kubectl's context") as ConfiguredContext;
  if (typeof name !== 'string' || name === '') {
    throw answerUnreadable("kubectl's context", text, 'has no name');
  }
  return { name, ...(context?.namespace ? { namespace: context.namespace } : {}) };
}

interface ConfiguredContext {
  readonly name?: unknown;
  readonly context?: { readonly namespace?: string };
}

/** @throws NetworkPolicyError `answer-unreadable` */
function objectOf(text: string, at: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isPlainObject(value)) {
      return value;
    }
  } catch {
    // It is no JSON, and so no object.
  }
  throw answerUnreadable(at, text, 'is no object in JSON');
}
