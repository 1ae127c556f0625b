import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { defined } from '../model/defined';
import { NetworkPolicyError } from '../model/problem';
import type { Reachability } from '../reachability/reachability';
import type { Question, Verdict } from '../reachability/verdict';
import { EXIT_CODE, EXIT_CODE_OF } from './exit-code';
import type { NamespaceOptions } from './namespace';
import { type JudgeOptions, judging, type KnownOptions, knowing } from './options';
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
  options: JudgeOptions & NamespaceOptions & KnownOptions,
): Promise<Asked> {
  const { port, paths } = options.cluster === true ? onlyPort(portAndPaths) : splitPort(portAndPaths);
  const { judge } = require('./judge') as typeof import('./judge');
  const { clusterMeant } = require('./source') as typeof import('./source');
  const { endsIn } = require('./namespace') as typeof import('./namespace');
  const cluster = clusterMeant(options, terminal);
  const [source = from, target = to] = await endsIn(options.namespace, cluster, [from, to]);
  const { reachability, isComplete } = await judge(paths, cluster, options, terminal);
  const question: Question = defined({ from: source, to: target, port });
  const verdict = reachability.verdict(question);
  terminal.exitCode = isComplete ? EXIT_CODE_OF[verdict.verdict] : EXIT_CODE.cannotJudge;
  return { verdict, reachability };
}

/**
 * The first of several words is the port when it reads as one and is no file: `5432 dist`, `http dist`, but not
 * `dist policies`. A single word is a path, unless nobody would call a file so.
 *
 * @throws NetworkPolicyError `port-unreadable` for a word that is no file and looks like a port
 */
export function splitPort(words: readonly string[]): { port?: string; paths: readonly string[] } {
  const [first, ...rest] = words;
  const mayBePort = first !== undefined && (rest.length > 0 || PORT_LIKE.test(first)) && !existsSync(first);
  return mayBePort && isPort(first) ? { port: first, paths: rest } : { paths: words };
}

/** With `--cluster` there is no path, and one word can only be the port. */
function onlyPort(words: readonly string[]): { port?: string; paths: readonly string[] } {
  const [port, ...paths] = words;
  return port === undefined ? { paths } : { port, paths };
}

/** What nobody would call a file: `99999`, `90-80`, `80/tcp`. */
const PORT_LIKE = /^(\d+(-\d+)?|\*)(\/[a-z]+)?$/i;

function isPort(text: string): boolean {
  const { readPort } = require('../model/port-text') as typeof import('../model/port-text');
  try {
    return text !== '-' && readPort(text) !== undefined;
  } catch (error) {
    if (error instanceof NetworkPolicyError && !PORT_LIKE.test(text)) {
      return false;
    }
    throw error;
  }
}
