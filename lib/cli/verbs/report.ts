import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AksClusterProfile } from '../../aks/cluster-profile';
import { readProfile } from '../../aks/read-profile';
import { RULES } from '../../lint/catalogue';
import { lint } from '../../lint/lint-cluster';
import { readLintConfigs } from '../../manifests/lint-config';
import { defined } from '../../model/defined';
import { compareProblems } from '../../model/manifest-problem';
import { count } from '../../model/word-list';
import { Reachability } from '../../reachability/reachability';
import type { ChangesReport } from '../../report/changes-section';
import { renderReport } from '../../report/report-page';
import { acceptedIntent, complainOfIntent } from '../accepted-intent';
import type { ReportOptions } from '../commands/report';
import { EXIT_CODE } from '../exit-code';
import { judgeCluster } from '../judge-cluster';
import { checkNamespace } from '../namespace';
import { clusterMeant, complainOf, readingFor, readQuietly } from '../read-source';
import { complain, type Terminal, tellWritten } from '../terminal';
import { checkNoFolder, writeInto } from '../write-file';

const AT = '--out';

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: ReportOptions,
): Promise<void> {
  checkNoFolder(options.out, AT);
  checkNamespace(options.namespace);
  const profile = readProfile(options);
  const config = readLintConfigs(options.config ?? []);
  const kubectl = clusterMeant(options, terminal);
  const reading = { ...readingFor(profile, options), scope: { withCallers: true } };
  const read = await readQuietly(paths, kubectl, terminal, reading);
  const problems = [...config.problems, ...read.problems].sort(compareProblems);
  await complainOf(read, problems, terminal, reading);
  await complainOfIntent(read, config, terminal);
  const { intent, standing } = await acceptedIntent(read.intent, config, options);
  // A cluster shows every pod that it has.
  const knownOnly = options.knownOnly === true || (options.cluster === true && options.possible !== true);
  const reachability = Reachability.of(read.cluster, { profile, knownOnly });
  const { ruleLines, fieldPlaces, cluster } = read;
  const answer = {
    ...lint(cluster, { profile, intent, ruleLines, fieldPlaces }),
    problems,
    failOn: config.failOn ?? 'error',
    rules: RULES.map(({ id }) => id),
    ...defined({ standing }),
  } as const;
  const isComplete = problems.length === 0;
  const changes = await changesOf({ after: reachability, isComplete }, options, terminal, profile);
  const report = {
    sources:
      kubectl === undefined
        ? [...paths.map((path) => (path === '-' ? 'standard input' : path)), ...(options.kustomize ?? [])]
        : [(await kubectl.contextName()) ?? 'the cluster'],
    reachability,
    exposures: reachability.exposure(),
    localDns: profile.localDns === true,
    lint: answer,
    now: Date.now(),
    ...defined({ engine: profile.engine, changes, script: await pageScript(terminal) }),
  };
  await writeInto(options.out, renderReport(report), { at: AT });
  await tellWritten(terminal, options.out, count(read.cluster.workloads.length, 'workload'));
  terminal.exitCode = (changes?.isComplete ?? isComplete) ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

async function changesOf(
  { after, isComplete }: Pick<ChangesReport, 'after' | 'isComplete'>,
  { before: path, ...options }: ReportOptions,
  terminal: Terminal,
  profile: AksClusterProfile,
): Promise<ChangesReport | undefined> {
  if (path === undefined) {
    return undefined;
  }
  const { kustomize: _, cluster: __, ...rest } = options;
  const how = { ...rest, ...(after.knownOnly ? { knownOnly: true as const } : {}) };
  const before = await judgeCluster([path], undefined, how, terminal, profile);
  return {
    before: before.reachability,
    after,
    isComplete: isComplete && before.isComplete,
    localDns: profile.localDns === true,
  };
}

/** The page's own code, which the build puts together; the same place from the sources and from what is built. */
const SCRIPT = join(__dirname, '../../../build/report/page.js');

async function pageScript(terminal: Terminal): Promise<string | undefined> {
  try {
    return readFileSync(SCRIPT, 'utf8');
  } catch {
    await complain(terminal, ['the code of the page is not built, so the page shows and answers nothing\n']);
    return undefined;
  }
}
