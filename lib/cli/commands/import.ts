import type { Command } from 'commander';
import type { ImportNote } from '../../codegen/module';
import type { ReadManifests } from '../../manifests/read-manifests';
import type { WrittenPolicy } from '../../manifests/written-policy';
import { defined } from '../../model/defined';
import { NetworkPolicyError } from '../../model/problem';
import type { ImportedPolicyJson } from '../../render/imported-policies';
import { EXIT_CODE } from '../exit-code';
import { formatOption } from '../judging-options';
import { PATHS, readingSource, type SourceOptions } from '../source-options';
import { complain, print, type Terminal } from '../terminal';

interface ImportOptions extends SourceOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly adopt?: boolean;
  readonly namespace?: string;
  readonly format: 'text' | 'json';
}

const EXAMPLES = `
Examples:
  aks-netpol import policies/ --out policies.ts
  helm template shop ./chart | aks-netpol import --namespace shop -
  aks-netpol import --cluster --namespace shop --adopt --out policies.ts
  aks-netpol import --format json policies/ | jq '.policies[].as'`;

/** `import PATH…`: NetworkPolicies as a TypeScript file of constructs. */
export function addImport(program: Command, terminal: Terminal): void {
  readingSource(program.command('import'))
    .description(
      'write NetworkPolicies as TypeScript: a chart for each namespace, a construct for each policy',
    )
    .argument('[path...]', PATHS)
    .option('--out <file>', 'where it is written; default: standard output')
    .option('--force', 'overwrite the file')
    .option(
      '--adopt',
      'label the policies as managed by the program, but for those that something else manages',
    )
    .option(
      '-n, --namespace <name>',
      'of files, the namespace of policies that name none, default when left out; of a cluster, the only one read',
    )
    .addOption(formatOption('text', 'json'))
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ImportOptions) => {
      const { clusterMeant, readingOfPaths, readQuietly } =
        require('../read-source') as typeof import('../read-source');
      const { checkNamespace } = require('../namespace') as typeof import('../namespace');
      const { namespace } = options;
      checkNamespace(namespace);
      const read = await readQuietly(paths, clusterMeant(options, terminal), terminal, {
        ...readingOfPaths(options),
        comments: true,
        scope: { kinds: ['NetworkPolicy'] },
        ...(namespace === undefined
          ? {}
          : { defaultNamespace: namespace, scope: { kinds: ['NetworkPolicy'], namespace } }),
      });
      await writeModule(read, options, terminal);
    });
}

/** Writes what was read, wherever from, and tells on standard error what is not as one might think. */
async function writeModule(
  read: ReadManifests,
  { out, force = false, adopt = false, namespace = 'default', format, verbose }: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  const { written, problems, cluster } = read;
  const { describeNote, policyModule } =
    require('../../codegen/module') as typeof import('../../codegen/module');
  const { aboutLeftAlone } =
    require('../../manifests/unjudged-lines') as typeof import('../../manifests/unjudged-lines');
  const { aboutReading } = require('../read-source') as typeof import('../read-source');
  const { harmless, inOneLine } = require('../../model/harmless') as typeof import('../../model/harmless');
  const { text: module, notes } = policyModule(written, { adopt });
  // Its strings and comments read escapes as what they stand for.
  const text = harmless(module);
  const lost = new Set(notes.flatMap(({ kind, policy }) => (kind === 'not-imported' ? policy : [])));
  const homeless = written.filter((policy) => !hasNamespace(policy.value) && !lost.has(policy)).length;
  await complain(terminal, [
    ...[
      ...aboutReading(read, problems, verbose),
      ...notes.map(describeNote),
      ...aboutLeftAlone(cluster, 'not imported'),
    ].map((line) => `${inOneLine(line)}\n`),
    ...(homeless === 0
      ? []
      : [`${countOf(homeless)} no namespace and will be in ${namespace}; --namespace names another\n`]),
  ]);
  if (written.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: 'import',
      got: 'no NetworkPolicy',
      problem:
        problems.length === 0
          ? 'there is nothing to import'
          : 'there is nothing to import in what could be read',
      fix: 'name files, folders or - with NetworkPolicies in them, or a cluster that has some',
    });
  }
  if (out !== undefined) {
    const { writeInto } = require('../write-file') as typeof import('../write-file');
    await writeInto(out, text, { at: '--out', isNew: !force });
  }
  if (format === 'json') {
    const { renderJson } = require('../../render/json-output') as typeof import('../../render/json-output');
    const { importedPoliciesJson } =
      require('../../render/imported-policies') as typeof import('../../render/imported-policies');
    const policies = written.map((policy) => importedPolicy(policy, notes));
    await print(terminal.stdout, renderJson(importedPoliciesJson({ module: text, policies, problems })));
  } else if (out === undefined) {
    await print(terminal.stdout, [text]);
  }
  const isWhole = problems.length === 0 && lost.size === 0;
  terminal.exitCode = isWhole ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

/** What has become of a policy, by what is noted of it. */
function importedPolicy(policy: WrittenPolicy, all: readonly ImportNote[]): ImportedPolicyJson {
  const { namespace, name, source } = policy;
  const notes = all.filter((note) => note.policy === policy);
  const has = (wanted: ImportNote['kind']) => notes.some(({ kind }) => kind === wanted);
  return {
    ...defined({ namespace, name }),
    as: has('not-imported') ? 'nothing' : has('left-as-object') ? 'object' : 'construct',
    notes: notes.map(({ reason }) => reason),
    source,
  };
}

function hasNamespace({ metadata }: Readonly<Record<string, unknown>>): boolean {
  const { namespace } = (metadata ?? {}) as { readonly namespace?: unknown };
  return namespace != null && namespace !== '';
}

function countOf(count: number): string {
  return count === 1 ? '1 policy names' : `${count} policies name`;
}
