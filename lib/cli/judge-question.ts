import { existsSync } from 'node:fs';
import { readRequest } from '../model/asked-request';
import { defined } from '../model/defined';
import { isPortName, isPortNumber, readPort } from '../model/port-text';
import type { Question, Verdict } from '../reachability/answers/verdict';
import type { Reachability } from '../reachability/reachability';
import { EXIT_CODE, EXIT_CODE_OF } from './exit-code';
import { judgeCluster } from './judge-cluster';
import { endsIn } from './namespace';
import type { QuestionOptions } from './options/ends';
import { clusterMeant } from './read-source';
import type { Terminal } from './terminal';

/** The answer to a question, and who gave it. */
export interface JudgedQuestion {
  readonly verdict: Verdict;
  readonly reachability: Reachability;
}

/** Judges the question of a command line, and tells the shell how it went. */
export async function ask(
  terminal: Terminal,
  from: string,
  to: string,
  portAndPaths: readonly string[],
  options: QuestionOptions,
): Promise<JudgedQuestion> {
  const http = options.http === undefined ? undefined : readRequest(options.http);
  const { port, paths } = options.cluster === true ? onlyPort(portAndPaths) : splitPort(portAndPaths);
  const cluster = clusterMeant(options, terminal);
  const [source = from, target = to] = await endsIn(options.namespace, cluster, [from, to]);
  const { reachability, isComplete } = await judgeCluster(paths, cluster, options, terminal);
  const question: Question = defined({ from: source, to: target, port, http });
  const verdict = reachability.verdict(question);
  terminal.exitCode = isComplete ? EXIT_CODE_OF[verdict.verdict] : EXIT_CODE.cannotJudge;
  return { verdict, reachability };
}

/**
 * The first word is the port where it is the number of one, whatever files there are: `5432`, and `tcp/5432`, which nobody
 * can read. The name of one it is where no file has it, and other words follow or nobody would call a file so: `http dist`,
 * `dns/udp`, but not `dist policies`.
 *
 * @throws NetworkPolicyError `port-unreadable` for such a word that is no port
 */
export function splitPort(words: readonly string[]): { port?: string; paths: readonly string[] } {
  const [first, ...rest] = words;
  const isNamed = (word: string) =>
    isPortName(word) && (rest.length > 0 || /[\s/]/.test(word)) && !existsSync(word);
  if (first === undefined || !(isPortNumber(first) || isNamed(first))) {
    return { paths: words };
  }
  readPort(first);
  return { port: first, paths: rest };
}

/** With `--cluster` there is no path, and one word can only be the port. */
function onlyPort(words: readonly string[]): { port?: string; paths: readonly string[] } {
  const [port, ...paths] = words;
  return port === undefined ? { paths } : { port, paths };
}
