import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AksClusterProfile } from '../../aks/cluster-profile';
import { aboutLeftAlone } from '../../manifests/unjudged-lines';
import { defined } from '../../model/defined';
import { harmless } from '../../model/harmless';
import { NetworkPolicyError, show } from '../../model/problem';
import { azAksShowText } from '../az-aks-show';
import type { InitOptions } from '../commands/init';
import { EXIT_CODE } from '../exit-code';
import { fromNamespace } from '../init/from-namespace';
import { nextSteps } from '../init/next-steps';
import { newManifest, RUNNERS, TRANSFORMERS } from '../init/packages';
import { pipelineFile } from '../init/pipelines';
import { PROJECT_FILE, type Project, readProject } from '../init/project';
import {
  type InitFile,
  JEST_CONFIGURATION,
  NEW_PROJECT,
  starterChart,
  starterProgram,
  starterTest,
} from '../init/starter';
import { withValidation } from '../init/validation-lines';
import { checkNamespace } from '../namespace';
import { aboutReading, clusterMeant, readingFor, readQuietly } from '../read-source';
import { complain, inLines, type Terminal, tell } from '../terminal';
import { writeInto } from '../write-file';

/** The file with what is known of the cluster. */
const PROFILE = 'cluster-profile.yaml';

export async function run(terminal: Terminal, paths: readonly string[], options: InitOptions): Promise<void> {
  const { dir, ci, azAksShow, fromNamespace: from } = options;
  const namespace = from ?? options.namespace ?? 'shop';
  checkNamespace(from, '--from-namespace');
  checkNamespace(namespace);
  const project = readProject(dir);
  checkThere(project, options);
  // What can be refused comes before the first file is written.
  const profile = azAksShow === undefined ? undefined : profileFile(azAksShow);
  const { files: begun, isWhole } = await chartAndTest(terminal, paths, namespace, options);
  const known = profile !== undefined || existsSync(join(dir, PROFILE)) ? PROFILE : undefined;
  const needsJest = !(project.hasJest || hasJestFile(dir));
  const files = [
    ...(profile === undefined ? [] : [profile]),
    ...begun,
    ...(options.new === true ? newProject(project, namespace) : []),
    ...(needsJest ? [JEST_CONFIGURATION] : []),
    ...(ci === undefined ? [] : [pipelineFile(ci, known)]),
  ];
  for (const file of files) {
    await addFile(terminal, dir, file);
  }
  await addValidation(terminal, project, known);
  const runs = [...(needsJest ? TRANSFORMERS : []), ...(options.new === true ? RUNNERS : [])];
  const steps = nextSteps(project, readProject(dir), { namespace, runs, ...defined({ profile: known }) });
  await tell(terminal, inLines(['', 'Next:', ...steps.map((step) => `  ${step}`)]));
  terminal.exitCode = isWhole ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

/** @throws NetworkPolicyError `project-missing` */
function checkThere({ configuration, folder }: Project, { new: isNew }: InitOptions): void {
  if (configuration === undefined && isNew !== true) {
    throw new NetworkPolicyError({
      code: 'project-missing',
      at: 'init',
      got: show(resolve(folder)),
      problem: `there is no ${PROJECT_FILE} in this folder`,
      fix: 'name the folder of a cdk8s project with --dir, or have one written with --new',
    });
  }
}

async function chartAndTest(
  terminal: Terminal,
  paths: readonly string[],
  namespace: string,
  options: InitOptions,
): Promise<{ readonly files: readonly InitFile[]; readonly isWhole: boolean }> {
  if (options.fromNamespace === undefined) {
    if (paths.length > 0) {
      throw new NetworkPolicyError({
        code: 'source-unclear',
        at: 'the paths',
        got: paths.join(' '),
        problem: 'manifests are read for --from-namespace alone',
        fix: 'say which namespace, or leave them out; --dir names the folder of the project',
      });
    }
    return { files: [starterChart(namespace), starterTest(namespace)], isWhole: true };
  }
  const { verbose } = options;
  const read = await readQuietly(paths, clusterMeant(options, terminal), terminal, {
    ...readingFor({}, options),
    comments: true,
    scope: { namespace },
  });
  const { files, remarks, isWhole } = fromNamespace(namespace, read);
  await complain(
    terminal,
    inLines([
      ...aboutReading(read, read.problems, verbose),
      ...remarks,
      ...aboutLeftAlone(read.cluster, 'not imported'),
    ]),
  );
  return { files, isWhole: isWhole && read.problems.length === 0 };
}

function profileFile(azAksShow: string): InitFile {
  const profile = AksClusterProfile.fromAzAksShow(azAksShowText(azAksShow));
  return { name: PROFILE, what: 'what is known of the cluster', text: AksClusterProfile.toYaml(profile) };
}

function newProject({ folder }: Project, namespace: string): readonly InitFile[] {
  return [newManifest(basename(resolve(folder))), ...NEW_PROJECT, starterProgram(namespace)];
}

function hasJestFile(folder: string): boolean {
  return ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'json'].some((end) =>
    existsSync(join(folder, `jest.config.${end}`)),
  );
}

/** Writes a file that is missing; one that is there stays as it is. */
async function addFile(terminal: Terminal, folder: string, { name, text, what }: InitFile): Promise<void> {
  const file = join(folder, name);
  if (existsSync(file)) {
    await tell(terminal, inLines([`kept ${file}: it is there already`]));
    return;
  }
  await writeInto(file, harmless(text), { at: file, isNew: true });
  await tell(terminal, inLines([`wrote ${file}: ${what}`]));
}

/** Adds the lines for `cdk8s synth` behind what stands in `cdk8s.yaml`. */
async function addValidation(
  terminal: Terminal,
  project: Project,
  profile: string | undefined,
): Promise<void> {
  const file = withValidation(project, profile);
  if (file !== undefined) {
    const path = join(project.folder, file.name);
    await writeInto(path, file.text, { at: path });
    const verb = project.configuration === undefined ? 'wrote' : 'added to';
    await tell(terminal, inLines([`${verb} ${path}: ${file.what}`]));
  } else if (project.validations === 'ours') {
    await tell(terminal, inLines([`kept ${join(project.folder, PROJECT_FILE)}: it has the lint already`]));
  }
}
