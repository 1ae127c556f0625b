import { dirname, extname, join } from 'node:path';
import { type Acceptance, acceptancesIn } from '../lint/acceptances';
import { openFile } from '../manifests/files';
import { type LintConfig, readLintConfig } from '../manifests/lint-config';
import type { ReadManifests } from '../manifests/read-manifests';
import { readSideFile } from '../manifests/read-side-file';
import { append, appendAll } from '../model/collections';
import { type Acknowledgement, type Intent, joinIntents } from '../model/finding';
import { describeManifestProblem } from '../model/manifest-problem';
import { NetworkPolicyError } from '../model/problem';
import { EARLY_SIDE_FILE, SIDE_FILE } from '../model/side-file';
import { describeSource, type ProgramReference } from '../model/source-position';
import type { CountedAcknowledgements } from '../render/lint-answer';
import { Git } from './git';
import type { AcceptOptions } from './options/accepting';
import { complain, inLines, type Terminal } from './terminal';

/** What is accepted and expected, and counts. */
export interface CountedIntent {
  readonly intent: Intent;
  /** Which acknowledgements count; left out where all do. */
  readonly standing?: CountedAcknowledgements;
}

/**
 * Tells what should be written otherwise in the files for `--config`, and that what a program expects and accepts is
 * missing where its manifests came without the file that `app.synth()` writes beside them.
 */
export async function complainOfIntent(
  { sideFileMissing }: ReadManifests,
  { remarks }: LintConfig,
  terminal: Terminal,
): Promise<void> {
  const missing =
    sideFileMissing === undefined
      ? []
      : [
          `${sideFileMissing}: no ${SIDE_FILE} stands beside the *.k8s.yaml; if constructs of this package wrote them, what the program expects and accepts is missing`,
        ];
  await complain(terminal, inLines([...remarks.map(describeManifestProblem), ...missing]));
}

/**
 * What the operator and the programs accept and expect, as far as the options let it count.
 *
 * @param said by the programs that wrote the manifests
 * @throws NetworkPolicyError where a place that `--acknowledgements-from` names cannot be read
 */
export async function acceptedIntent(
  said: Intent,
  config: LintConfig,
  { config: files, acknowledgementsFrom: places }: AcceptOptions,
): Promise<CountedIntent> {
  const intent = joinIntents(said, config.intent);
  return places === undefined ? { intent } : takeOnlyFrom(places, intent, files);
}

/** An acknowledgement in one of the places, as far as another can be held against it. */
interface Standing {
  readonly acknowledgement: Pick<Acknowledgement, 'rule' | 'construct' | 'object' | 'until' | 'atMost'>;
  /** Who accepts; left out for the operator. */
  readonly program?: ProgramReference;
}

/**
 * Leaves out of an intent every acknowledgement that stands in none of the places, so that a change cannot accept what it
 * brings. One stands in a place that has one of the same rule and scope which ends no earlier and accepts no fewer; the
 * reasons may differ.
 *
 * @param places files, or commits, whose files at the same paths count
 * @param configs the paths of the files for `--config`
 * @throws NetworkPolicyError where a place cannot be read
 */
async function takeOnlyFrom(
  places: readonly string[],
  intent: Intent,
  configs: readonly string[] = [],
): Promise<CountedIntent> {
  const standing = new Map<string, Standing[]>();
  for (const place of places) {
    const found = isFile(place) ? inFile(place) : await inCommit(place, intent, configs);
    for (const each of found) {
      append(standing, each.acknowledgement.rule, each);
    }
  }
  const cameWithChange = [...acceptancesIn(intent)].filter(
    (acceptance) =>
      !(standing.get(acceptance.acknowledgement.rule) ?? []).some((each) => stands(acceptance, each)),
  );
  const without = new Set(cameWithChange.map(({ acknowledgement }) => acknowledgement));
  const rest = <A extends Acknowledgement>(all: readonly A[]) => all.filter((each) => !without.has(each));
  return {
    intent: {
      ...intent,
      acknowledgements: rest(intent.acknowledgements),
      programs: intent.programs.map((program) => ({
        ...program,
        acknowledgements: rest(program.acknowledgements),
      })),
    },
    standing: { places, cameWithChange },
  };
}

/** A side file is known by its ending, because somebody may have kept it under another name. */
function isSideFile(path: string): boolean {
  return [SIDE_FILE, EARLY_SIDE_FILE].some((name) => extname(name) === extname(path));
}

/** A place is known by its name alone: a change could add a file that is called like a commit. */
function isFile(place: string): boolean {
  return /\.(ya?ml|json)$/.test(place) || isSideFile(place);
}

function stands(
  { acknowledgement, acceptedBy }: Acceptance,
  { acknowledgement: known, program }: Standing,
): boolean {
  const isSameVoice =
    acceptedBy.voice === 'operator'
      ? program === undefined
      : program?.name === acceptedBy.program.name &&
        (program.file === undefined || program.file === acceptedBy.program.file);
  const { construct, object, until, atMost = Infinity } = acknowledgement;
  return (
    isSameVoice &&
    construct === known.construct &&
    object === known.object &&
    atMost <= (known.atMost ?? Infinity) &&
    (known.until === undefined || (until !== undefined && until <= known.until))
  );
}

function inFile(file: string): Standing[] {
  if (!isSideFile(file)) {
    return acceptedIn(file);
  }
  const opened = openFile(file);
  if ('problem' in opened) {
    throw new NetworkPolicyError({ ...opened.problem, at: file });
  }
  return saidIn(opened.text, file);
}

async function inCommit(ref: string, { programs }: Intent, configs: readonly string[]): Promise<Standing[]> {
  const git = new Git();
  const commit = await git.commit(ref);
  const standing: Standing[] = [];
  for (const config of configs) {
    const text = await git.textAt(commit, config);
    if (text !== undefined) {
      appendAll(standing, acceptedIn({ file: `${ref}:${config}`, text }));
    }
  }
  for (const file of new Set(programs.flatMap(({ program }) => program.file ?? []))) {
    for (const name of new Set([file, join(dirname(file), EARLY_SIDE_FILE)])) {
      const said = await git.textAt(commit, name);
      if (said !== undefined) {
        // In a commit, programs of the same name are told apart by the file that they wrote.
        appendAll(standing, saidIn(said, `${ref}:${name}`, file));
        break;
      }
    }
  }
  return standing;
}

/** What an `aks-netpol.yaml` accepts. */
function acceptedIn(source: Parameters<typeof readLintConfig>[0]): Standing[] {
  const { intent, problems } = readLintConfig(source);
  const [problem] = problems;
  if (problem !== undefined) {
    const { source: place, ...rest } = problem;
    throw new NetworkPolicyError({ ...rest, at: describeSource(place) });
  }
  return intent.acknowledgements.map((acknowledgement) => ({ acknowledgement }));
}

/** What programs accept, as the file beside their manifests tells. */
function saidIn(text: string, place: string, file?: string): Standing[] {
  const read = readSideFile(text);
  if (!('programs' in read)) {
    throw new NetworkPolicyError({ ...read, at: place });
  }
  return read.programs.flatMap(({ program, acknowledgements }) =>
    acknowledgements.map((acknowledgement) => ({
      acknowledgement,
      program: { name: program, ...(file === undefined ? {} : { file }) },
    })),
  );
}
