import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What somebody asked of a server. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on loopback that answers as a host's REST does, and remembers what it was asked. */
export class StandIn {
  public readonly asked: Asked[] = [];
  public readonly origin: string;

  private constructor(
    private readonly server: Server,
    private answer: (asked: Asked) => Reply,
  ) {
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  public static async start(answer: (asked: Asked, origin: string) => Reply): Promise<StandIn> {
    let standIn: StandIn | undefined;
    const server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const asked: Asked = {
          method: request.method ?? '',
          path: request.url ?? '',
          token: request.headers.authorization,
          body,
        };
        const own = standIn as StandIn;
        own.asked.push(asked);
        const { status = 200, body: told = {}, headers = {} } = own.answer(asked);
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(typeof told === 'string' ? told : JSON.stringify(told));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    standIn = new StandIn(server, (asked) => answer(asked, (standIn as StandIn).origin));
    return standIn;
  }

  public get methods(): string {
    return this.asked.map(({ method }) => method).join(' ');
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text === '' ? {} : JSON.parse(text);
}
