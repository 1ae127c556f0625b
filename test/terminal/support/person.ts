import { spawn } from 'node:child_process';

/** What somebody types, as soon as the screen has shown something. */
export interface Typing {
  readonly after: RegExp;
  readonly text: string;
}

export interface Sitting {
  readonly columns?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly typing?: readonly Typing[];
}

export interface Seen {
  /** Every character that the terminal was sent. */
  readonly raw: string;
  /** The lines as they stand in the end, none of them broken at the edge. */
  readonly lines: readonly string[];
  readonly status: number | null;
}

/** How long, in milliseconds, a terminal is quiet before somebody goes on typing. */
const QUIET = 300;

/** How long, in milliseconds, anything may take: only what hangs takes longer. */
const LIMIT = 60_000;

/** Runs a line of shell at a terminal of its own, by util-linux's `script`. */
export function atTerminal(line: string, { columns = 80, cwd, env, typing = [] }: Sitting): Promise<Seen> {
  const sized = `stty cols ${columns} rows 50; ${line}`;
  const child = spawn('script', ['--quiet', '--return', '--command', sized, '/dev/null'], { cwd, env });
  return new Promise((resolve, reject) => {
    let raw = '';
    let since = '';
    let next = 0;
    let quiet: NodeJS.Timeout | undefined;
    const late = setTimeout(() => {
      child.kill();
      reject(new Error(`${line} has not ended; the terminal shows:\n${linesOf(raw).join('\n')}`));
    }, LIMIT);
    const type = () => {
      const wanted = typing[next];
      if (wanted?.after.test(since)) {
        next += 1;
        since = '';
        child.stdin.write(wanted.text);
        // What changes nothing on the screen has been read all the same.
        wait();
      }
    };
    const wait = () => {
      clearTimeout(quiet);
      quiet = setTimeout(type, QUIET);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      raw += text;
      since += text;
      wait();
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(quiet);
      clearTimeout(late);
      resolve({ raw, lines: linesOf(raw), status });
    });
  });
}

/** Plays what a terminal was sent: text, the start of a line, and what erases. Colours leave no trace. */
export function linesOf(raw: string): string[] {
  const lines = [''];
  let at = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  for (const [token, digits = '', command] of raw.matchAll(/\u001b\[\??([\d;]*)([A-Za-z])|./gs)) {
    const line = lines.at(-1) as string;
    if (token === '\n') {
      lines.push('');
      at = 0;
    } else if (token === '\r') {
      at = 0;
    } else if (command === 'K' || command === 'J') {
      lines[lines.length - 1] = line.slice(0, at);
    } else if (command === 'G') {
      at = Number(digits || 1) - 1;
    } else if (command === undefined) {
      lines[lines.length - 1] = line.slice(0, at).padEnd(at) + token + line.slice(at + 1);
      at += 1;
    }
  }
  return lines;
}
