import type { Command } from 'commander';
import { defined } from '../model/defined';
import type { ExposureFilter } from '../reachability/answers/exchanges';
import type { Reachability } from '../reachability/reachability';
import type { AnswerNotes } from '../render/notes';
import { EXIT_CODE } from './exit-code';
import {
  countingKnown,
  type JudgingOptions,
  judging,
  type KnownOptions,
  knowing,
  widening,
} from './judging-options';
import type { NamespaceOptions } from './namespace';
import type { PrintOptions } from './print-listing';
import { END, namingEnds, PATHS, readingSource } from './source-options';
import type { Terminal } from './terminal';

/** What a verb can be told that lists who exchanges what. */
export interface BetweenEndsOptions extends JudgingOptions, NamespaceOptions, KnownOptions, PrintOptions {
  readonly from?: string;
  readonly to?: string;
}

/** A verb that lists who exchanges what, all of it or between two ends: `VERB [--from END] [--to END] PATH…`. */
export function listingBetweenEnds(verb: Command): Command {
  return namingEnds(
    readingSource(
      countingKnown(
        knowing(widening(judging(verb))),
        'with --cluster: count the pods that could be there, too; those of files always count',
      ),
    ),
    '; without --from and --to, only what concerns its pods is listed',
  )
    .argument('[path...]', PATHS)
    .option(
      '--from <end>',
      `only from here: ${END}, internet, or pods by their labels: any, ns/*, ns/app=web`,
    )
    .option('--to <end>', 'only to here');
}

/** Who is asked, and between which ends. */
interface BetweenEnds {
  readonly reachability: Reachability;
  readonly filter: ExposureFilter;
  /** Set where only this namespace is told of: it was named, and no end was. */
  readonly namespace?: string;
  /** What the answer says of itself. */
  readonly answer: AnswerNotes;
}

/** Judges what a command line means, and tells the shell whether all of it could be read. */
export async function judgeBetweenEnds(
  paths: readonly string[],
  options: BetweenEndsOptions,
  terminal: Terminal,
): Promise<BetweenEnds> {
  const { judgeCluster } = require('./judge-cluster') as typeof import('./judge-cluster');
  const { clusterMeant } = require('./read-source') as typeof import('./read-source');
  const { checkKnown, endsIn } = require('./namespace') as typeof import('./namespace');
  const cluster = clusterMeant(options, terminal);
  const [from, to] = await endsIn(options.namespace, cluster, [options.from, options.to]);
  // A cluster shows every pod that it has.
  const knownOnly = options.knownOnly === true || (options.cluster === true && options.possible !== true);
  const known = knownOnly ? { knownOnly } : {};
  const { reachability, isComplete } = await judgeCluster(paths, cluster, { ...options, ...known }, terminal);
  terminal.exitCode = isComplete ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
  if (options.namespace !== undefined) {
    checkKnown(options.namespace, [reachability.judged.cluster]);
  }
  const namespace = from === undefined && to === undefined ? options.namespace : undefined;
  const { notJudged, makers, inventory } = reachability;
  const answer = {
    knownOnly: reachability.knownOnly,
    notJudged,
    makers,
    inventory,
    ...defined({ namespace }),
  };
  return { reachability, filter: defined({ from, to }), ...defined({ namespace }), answer };
}
