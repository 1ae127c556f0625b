import type { AksClusterProfile } from '../aks/cluster-profile';
import { readProfile } from '../aks/read-profile';
import { defined } from '../model/defined';
import type { ManifestProblem } from '../model/manifest-problem';
import type { ExposureFilter } from '../reachability/answers/exchanges';
import { Reachability } from '../reachability/reachability';
import type { AnswerNotes } from '../render/notes';
import { EXIT_CODE } from './exit-code';
import type { Kubectl } from './live/kubectl';
import { checkKnown, checkNamespace, endsIn } from './namespace';
import type { BetweenEndsOptions, QuestionOptions } from './options/ends';
import { clusterMeant, type ReadingOptions, readingFor, readSource } from './read-source';
import type { Terminal } from './terminal';

/** A judged cluster, and whether all of it could be read. */
export interface Judged {
  readonly reachability: Reachability;
  readonly isComplete: boolean;
  /** What could not be read. */
  readonly problems: readonly ManifestProblem[];
}

/**
 * Reads manifests or a live cluster and judges them; everything that could not be read is told at once.
 *
 * @param cluster the one that is meant; left out for files
 * @param profile of the cluster. @default the one that the options tell of
 */
export async function judgeCluster(
  paths: readonly string[],
  cluster: Kubectl | undefined,
  options: QuestionOptions & Pick<ReadingOptions, 'base'>,
  terminal: Terminal,
  profile: AksClusterProfile = readProfile(options),
): Promise<Judged> {
  const reading = { ...readingFor(profile, options), ...defined({ base: options.base }) };
  const read = await readSource(paths, cluster, terminal, reading);
  const knownOnly = options.knownOnly === true;
  return {
    reachability: Reachability.of(read.cluster, { profile, knownOnly }),
    isComplete: read.problems.length === 0,
    problems: read.problems,
  };
}

/** A judged cluster, and between which ends it is told of. */
export interface BetweenEnds {
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
  const cluster = clusterMeant(options, terminal);
  checkNamespace(options.namespace);
  const from = options.from && (await endsIn(options.namespace, cluster, options.from));
  const to = options.to && (await endsIn(options.namespace, cluster, options.to));
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
  const { port: ports } = options;
  const answer = {
    knownOnly: reachability.knownOnly,
    notJudged,
    makers,
    inventory,
    ...defined({ namespace, ports }),
  };
  return { reachability, filter: defined({ from, to, ports }), ...defined({ namespace }), answer };
}
