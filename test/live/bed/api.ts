import { Agent, request } from 'node:https';
import { setTimeout } from 'node:timers/promises';

/** How many requests run side by side; more only queue up in the server. */
const CONNECTIONS = 16;

/** How often, a tenth of a second apart. */
const MOST_TRIES = 100;

/** Talks to an API server without kubectl, which costs a process for each object. */
export class Api {
  private readonly agent: Agent;

  public constructor(
    private readonly url: string,
    private readonly token: string,
    certificate: string,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca: certificate });
  }

  public async isReady(): Promise<boolean> {
    return this.send('GET', '/readyz').then(
      () => true,
      () => false,
    );
  }

  public get<T = unknown>(path: string): Promise<T> {
    return this.json('GET', path);
  }

  /** Waits until the server answers at a path, as it does a moment after a kind was made known to it. */
  public async until(path: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.send('GET', path);
        return;
      } catch (error) {
        if (tries === MOST_TRIES) {
          throw error;
        }
        await setTimeout(100);
      }
    }
  }

  public create(path: string, object: object): Promise<unknown> {
    return this.json('POST', path, object);
  }

  public delete(path: string): Promise<unknown> {
    return this.json('DELETE', path, { gracePeriodSeconds: 0 });
  }

  /** Changes the fields that are given, as a JSON merge patch does. */
  public patch(path: string, fields: object): Promise<unknown> {
    return this.json('PATCH', path, fields, 'application/merge-patch+json');
  }

  /** Runs a call for each of many things, with as many at a time as there are connections. */
  public async each<T>(things: readonly T[], call: (thing: T) => Promise<unknown>): Promise<void> {
    const rest = things.values();
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (const thing of rest) {
          await call(thing);
        }
      }),
    );
  }

  public close(): void {
    this.agent.destroy();
  }

  private async json<T>(method: string, path: string, body?: object, type = 'application/json'): Promise<T> {
    return JSON.parse(await this.send(method, path, body, type)) as T;
  }

  private send(method: string, path: string, body?: object, type = 'application/json'): Promise<string> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${this.token}`,
        // Node gives a DELETE no length of its own, and the server takes what follows for another request.
        ...(text === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
      };
      const sent = request(`${this.url}${path}`, { method, agent: this.agent, headers }, (answer) => {
        let said = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          said += part;
        });
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 300) {
            resolve(said);
          } else {
            reject(new Error(`${method} ${path}: ${answer.statusCode} ${said}`));
          }
        });
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }
}
