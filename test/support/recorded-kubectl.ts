import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { answerTo } from './recorded/answers.js';

const RECORDINGS = resolve(__dirname, '../cli/recordings');
const SHOP = join(RECORDINGS, 'shop.json');

export type Answers = Record<string, { stdout: string; stderr: string; status: number }>;

export interface RecordedKubectl {
  /**
   * Changes some answers, until the next test.
   *
   * @param recording by its name
   * @default `shop`
   */
  readonly answerBut: (change: (answers: Answers) => void, recording?: string) => void;
  /** Every request for objects of a kind fails with this message, until the next test. */
  readonly refuse: (plural: string, stderr: string) => void;
  /** The account may list in this namespace alone, until the next test. */
  readonly onlyIn: (namespace: string, stderr: string) => void;
  /** Runs something with no kubectl on the PATH. */
  readonly without: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * In this file a kubectl that is started answers from a recording. No process is started for it, because each takes
 * longer than all else that a test does; `test/docs.test.ts` has the command line start one.
 */
export function useRecordedKubectl(): RecordedKubectl {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const { spawn } = childProcess;
  let recording = SHOP;
  beforeEach(() => {
    recording = SHOP;
    jest
      .spyOn(childProcess, 'spawn')
      .mockImplementation((program: string, words: readonly string[] = [], ...rest: unknown[]) =>
        program === 'kubectl'
          ? played(words, () => recording)
          : Reflect.apply(spawn, undefined, [program, words, ...rest]),
      );
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rmSync(folder, { recursive: true }));

  const answerBut = (change: (answers: Answers) => void, name = 'shop') => {
    const answers = JSON.parse(readFileSync(join(RECORDINGS, `${name}.json`), 'utf8')) as Answers;
    change(answers);
    recording = join(folder, 'changed.json');
    writeFileSync(recording, JSON.stringify(answers));
  };
  return {
    answerBut,
    refuse: (plural, stderr) =>
      answerBut((answers) => {
        for (const key of Object.keys(answers).filter((each) => each.includes(`/${plural}?`))) {
          for (const place of ['', 'namespaces/shop/']) {
            answers[key.replace(`/${plural}?`, `/${place}${plural}?`)] = { stdout: '', stderr, status: 1 };
          }
        }
      }),
    onlyIn: (namespace, stderr) =>
      answerBut((answers) => {
        for (const [request, answer] of Object.entries(answers)) {
          const inNamespace = request.replace(/\/v1\/(\w+\?)/, `/v1/namespaces/${namespace}/$1`);
          if (inNamespace !== request) {
            answers[inNamespace] = { ...answer, stdout: onlyItems(answer.stdout, namespace) };
            answers[request] = { stdout: '', stderr, status: 1 };
          }
        }
      }),
    without: async (work) => {
      jest.restoreAllMocks();
      const { PATH } = process.env;
      process.env.PATH = folder;
      try {
        return await work();
      } finally {
        process.env.PATH = PATH;
      }
    },
  };
}

/** A list with those of its objects that are in a namespace. */
function onlyItems(stdout: string, namespace: string): string {
  const { items, ...list } = JSON.parse(stdout) as { items: { metadata: { namespace?: string } }[] };
  return JSON.stringify({ ...list, items: items.filter(({ metadata }) => metadata.namespace === namespace) });
}

/** A process as the caller sees it, which answers when it has got all of its input. */
function played(words: readonly string[], recording: () => string): ChildProcess {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const child = Object.assign(new EventEmitter(), { stdin, stdout, stderr, kill: () => true });
  void text(stdin).then(async (input) => {
    const answer = answerTo(words, input, recording());
    stdout.end(answer.stdout);
    stderr.end(answer.stderr);
    // A caller that has read enough destroys them.
    await Promise.allSettled([finished(stdout), finished(stderr)]);
    child.emit('close', answer.status);
  });
  return child as unknown as ChildProcess;
}
