import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { Kubectl } from '../../../lib/cli/live/kubectl';
import { defined } from '../../../lib/model/defined';
import { etcdProgram } from './etcd';
import { kubernetesPrograms } from './kubernetes';
import { ADMIN_TOKEN, type ApiServer, startServer } from './server';

const ROOT = resolve(__dirname, '../../..');

/** What a run of the command line left behind. */
export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

interface RunOptions {
  readonly kubeconfig: string;
  readonly input: string;
  /** A folder whose programs come before all others. */
  readonly path?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told whenever more has come on standard output. */
  readonly watch?: (out: string, child: ChildProcess) => void;
}

/** A server, kubeconfigs for accounts on it, and the command line as a process of its own. */
export class LiveCluster {
  public static async start(): Promise<LiveCluster> {
    const kubernetes = kubernetesPrograms();
    const server = await startServer({ etcd: etcdProgram(), kubernetes });
    return new LiveCluster(server, kubernetes);
  }

  private constructor(
    public readonly server: ApiServer,
    private readonly kubernetes: string,
  ) {}

  /** The bed's kubectl. */
  public get program(): string {
    return join(this.kubernetes, 'kubectl');
  }

  /** A kubeconfig for a token; `url` for a server that is another one, or none. */
  public kubeconfig(token = ADMIN_TOKEN, url = this.server.url, namespace?: string): string {
    const folder = join(this.server.folder, 'kubeconfigs');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, [token, url.replace(/\W/g, '-'), namespace].join('-'));
    const named = (name: string, key: string, value: object) => [{ name, [key]: value }];
    const authority = Buffer.from(this.server.certificate).toString('base64');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: named('bed', 'cluster', { server: url, 'certificate-authority-data': authority }),
        users: named('user', 'user', { token }),
        contexts: named('bed', 'context', { cluster: 'bed', user: 'user', namespace }),
        'current-context': 'bed',
      }),
    );
    return file;
  }

  /** Runs `aks-netpol` with the cluster as kubectl's current one. */
  public cli(
    words: readonly string[],
    { kubeconfig = this.kubeconfig(), input = '', path, watch }: Partial<RunOptions> = {},
  ): Promise<Answer> {
    return this.run(process.execPath, ['--import', 'tsx', join(ROOT, 'lib/cli/main.ts'), ...words], {
      kubeconfig,
      input,
      ...defined({ path, watch }),
    });
  }

  /** The library's own way to the cluster. */
  public library(): Kubectl {
    return new Kubectl({ kubeconfig: this.kubeconfig() }, process.stderr, this.program);
  }

  /** Runs `aks-netpol` with all that kubectl is asked and answers written to a file. */
  public record(
    words: readonly string[],
    recording: string,
    kubeconfig = this.kubeconfig(),
  ): Promise<Answer> {
    const recorder = join(ROOT, 'test/support/recorded');
    return this.run(process.execPath, ['--import', 'tsx', join(ROOT, 'lib/cli/main.ts'), ...words], {
      kubeconfig,
      input: '',
      environment: {
        PATH: `${recorder}${delimiter}${process.env.PATH}`,
        KUBECTL_RECORDING: recording,
        KUBECTL_RECORDED: this.program,
      },
    });
  }

  /** Runs the bed's kubectl. */
  public kubectl(words: readonly string[], input = ''): Promise<Answer> {
    return this.run(this.program, words, { kubeconfig: this.kubeconfig(), input });
  }

  public stop(): Promise<void> {
    return this.server.stop();
  }

  private run(
    program: string,
    words: readonly string[],
    { kubeconfig, input, path, environment = {}, watch }: RunOptions,
  ): Promise<Answer> {
    return new Promise((resolveAnswer, reject) => {
      const child = spawn(program, words, {
        cwd: ROOT,
        env: {
          ...process.env,
          PATH: [...(path === undefined ? [] : [path]), this.kubernetes, process.env.PATH].join(delimiter),
          KUBECONFIG: kubeconfig,
          NODE_NO_WARNINGS: '1',
          ...environment,
        },
      });
      const text = { out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        text.out += part;
        watch?.(text.out, child);
      });
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        text.err += part;
      });
      child.on('error', reject);
      child.on('close', (status) => resolveAnswer({ ...text, status }));
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    });
  }
}
