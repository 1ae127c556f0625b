/** An answer of a server. */
export interface RestAnswer {
  readonly status: number;
  readonly isDone: boolean;
  /** As JSON; the text where it is none. */
  readonly body: unknown;
  /** The page behind this one, by the header `Link`. */
  readonly next?: string;
}

/** How long a server may take, in milliseconds. */
const PATIENCE = 30_000;

/** A server that speaks JSON, and never learns a token that is not for it: no redirection is followed. */
export class Rest {
  public constructor(private readonly headers: Readonly<Record<string, string>>) {}

  /** @throws Error where no answer comes */
  public async ask(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object): Promise<RestAnswer> {
    const answer = await fetch(url, {
      method,
      headers: { 'Content-Type': 'application/json', ...this.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const [, next] = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '') ?? [];
    return {
      status: answer.status,
      isDone: answer.ok,
      body: parsed(text),
      ...(next === undefined ? {} : { next }),
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a server says of a refusal, as far as it says something. */
export function saidIn({ status, body }: RestAnswer): string {
  const { message } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly message?: unknown;
  };
  return typeof message === 'string' ? `${status}: ${message}` : `${status}`;
}

/** What became of a comment. */
export type Commented =
  | { readonly outcome: 'created' | 'updated' | 'none' }
  /** Not written, and why; what was judged stands in the summary nevertheless. */
  | { readonly outcome: 'refused'; readonly why: string };
