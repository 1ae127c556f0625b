import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { defined } from '../model/defined';
import type { Question, Verdict } from '../reachability/answers/verdict';
import type { Reachability } from '../reachability/reachability';
import { EXIT_CODE, EXIT_CODE_OF } from './exit-code';
import { type JudgingOptions, judging, type KnownOptions, knowing } from './judging-options';
import type { NamespaceOptions } from './namespace';
import { END, namingEnds, PATHS, readingSource } from './source-options';
import type { Terminal } from './terminal';

/** A verb that asks one question: `VERB FROM TO [PORT] PATH…`. */
export function asking(verb: Command): Command {
  return namingEnds(readingSource(knowing(judging(verb))))
    .usage('[options] <from> <to> [port] <path...>')
    .argument(
      '<from>',
      `${END}, node:NAME, internet, or pods by their labels: any, ns/*, ns/app=web, */app=web`,
    )
    .argument('<to>', 'as from')
    .argument(
      '[path...]',
      `${PATHS}. Before them the port of the pods, ` +
        'every port when left out: 5432, 5432/TCP, 8000-8100/TCP, */UDP or the name of a container port',
    );
}

/** The answer to a question, and who gave it. */
interface Asked {
  readonly verdict: Verdict;
  readonly reachability: Reachability;
}

/** Judges the question of a command line, and tells the shell how it went. */
export async function ask(
  terminal: Terminal,
  from: string,
  to: string,
  portAndPaths: readonly string[],
  options: JudgingOptions & NamespaceOptions & KnownOptions,
): Promise<Asked> {
  const { port, paths } = options.cluster === true ? onlyPort(portAndPaths) : splitPort(portAndPaths);
  const { judgeCluster } = require('./judge-cluster') as typeof import('./judge-cluster');
  const { clusterMeant } = require('./read-source') as typeof import('./read-source');
  const { endsIn } = require('./namespace') as typeof import('./namespace');
  const cluster = clusterMeant(options, terminal);
  const [source = from, target = to] = await endsIn(options.namespace, cluster, [from, to]);
  const { reachability, isComplete } = await judgeCluster(paths, cluster, options, terminal);
  const question: Question = defined({ from: source, to: target, port });
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
  const { isPortName, isPortNumber, readPort } =
    require('../model/port-text') as typeof import('../model/port-text');
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
