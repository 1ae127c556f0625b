import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import { type Kept, keep } from './kept';

/** Where global-setup.ts has put the programs. */
export interface Programs {
  readonly etcd: string;
  /** The folder with kube-apiserver and kubectl. */
  readonly kubernetes: string;
}

export const ADMIN_TOKEN = 'admin-token';

/** Accounts by their tokens; what they may do is up to each test. */
const TOKENS = [
  `${ADMIN_TOKEN},admin,1,"system:masters"`,
  'limited-token,limited,2',
  'reader-token,reader,3',
];

/** An API server with an etcd of its own, on free ports of the loopback interface. */
export interface ApiServer {
  readonly url: string;
  /** What its certificate is checked with, PEM. */
  readonly certificate: string;
  /** Goes when the server stops. */
  readonly folder: string;
  /** As somebody who may do everything. */
  readonly api: Api;
  /** Kills the API server; etcd stays, and so does what it holds. */
  readonly kill: () => Promise<void>;
  /** Starts it again after `kill`. */
  readonly revive: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How long a server may take until it is ready, in milliseconds; six seconds are usual. */
const PATIENCE = 120_000;

export async function startServer({ etcd, kubernetes }: Programs): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const [client, peer, secure] = (await freePorts(3)) as [number, number, number];
  const store = keep(etcd, etcdFlags(folder, client, peer), join(folder, 'etcd.log'), folder);
  writeKeys(folder);
  const url = `https://127.0.0.1:${secure}`;
  const start = () =>
    keep(
      join(kubernetes, 'kube-apiserver'),
      serverFlags(folder, client, secure),
      join(folder, 'kube-apiserver.log'),
    );
  let server = start();
  const stop = async () => {
    await server.stop();
    await store.stop();
  };
  try {
    const api = await untilReady(url, folder, [server, store]);
    return {
      url,
      folder,
      api,
      certificate: readFileSync(certificateIn(folder), 'utf8'),
      kill: () => server.stop(),
      revive: async () => {
        server = start();
        await untilReady(url, folder, [server, store]);
      },
      stop: async () => {
        api.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function etcdFlags(folder: string, client: number, peer: number): string[] {
  const own = `http://127.0.0.1:${client}`;
  return [
    ...['--data-dir', join(folder, 'etcd')],
    // What it holds need not outlive a power cut.
    '--unsafe-no-fsync',
    ...['--listen-client-urls', own, '--advertise-client-urls', own],
    ...['--listen-peer-urls', `http://127.0.0.1:${peer}`],
  ];
}

function serverFlags(folder: string, etcd: number, secure: number): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${secure}`,
    `--cert-dir=${join(folder, 'pki')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/16',
    // Nobody makes the service accounts that it would ask for.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
  ];
}

function writeKeys(folder: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  writeFileSync(join(folder, 'sa.pub'), publicKey);
  writeFileSync(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, 'tokens.csv'), `${TOKENS.join('\n')}\n`, { mode: 0o600 });
}

const certificateIn = (folder: string) => join(folder, 'pki/apiserver.crt');

async function untilReady(url: string, folder: string, programs: readonly Kept[]): Promise<Api> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    const ended = programs.find(({ hasEnded }) => hasEnded());
    if (ended !== undefined) {
      throw new Error(
        `the API server's programs did not stay:\n${programs.map((each) => each.lastWords()).join('\n')}`,
      );
    }
    const api = apiOf(url, folder);
    if (await api?.isReady()) {
      return api as Api;
    }
    api?.close();
    await sleep(100);
  }
  throw new Error(
    `the API server is not ready after ${PATIENCE / 1000} seconds:\n${programs[0]?.lastWords()}`,
  );
}

/** `undefined` while the server has not written its certificate. */
function apiOf(url: string, folder: string): Api | undefined {
  try {
    return new Api(url, ADMIN_TOKEN, readFileSync(certificateIn(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Ports that nobody listens on; all are held until each is known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<NetServer>((resolve, reject) => {
          const server = createServer().on('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = held.map((server) => (server.address() as { port: number }).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
