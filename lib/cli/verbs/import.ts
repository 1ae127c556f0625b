import { describeNote, type ImportNote, policyModule } from '../../codegen/module';
import type { ReadManifests } from '../../manifests/read-manifests';
import { aboutLeftAlone } from '../../manifests/unjudged-lines';
import type { WrittenPolicy } from '../../manifests/written-policy';
import { append } from '../../model/collections';
import { defined } from '../../model/defined';
import { harmless } from '../../model/harmless';
import { POLICY_KIND_NAMES, policyKindOf } from '../../model/policy-kinds';
import { NetworkPolicyError } from '../../model/problem';
import type { ImportedPolicyJson } from '../../render/imported-policies';
import { IMPORT_RENDERERS } from '../../render/outputs';
import type { ImportOptions } from '../commands/import';
import { EXIT_CODE } from '../exit-code';
import { checkNamespace } from '../namespace';
import { aboutReading, clusterMeant, readingFor, readQuietly } from '../read-source';
import { complain, inLines, print, type Terminal } from '../terminal';
import { writeInto } from '../write-file';

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: ImportOptions,
): Promise<void> {
  const { namespace } = options;
  checkNamespace(namespace);
  const read = await readQuietly(paths, clusterMeant(options, terminal), terminal, {
    ...readingFor({}, options),
    comments: true,
    scope: { kinds: POLICY_KIND_NAMES, ...defined({ namespace }) },
  });
  await writeModule(read, options, terminal);
}

/** Writes what was read, wherever from, and tells on standard error what is not as one might think. */
async function writeModule(
  read: ReadManifests,
  { out, force = false, adopt = false, namespace = 'default', format, verbose }: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  const { written, problems, cluster } = read;
  const { text, notes } = policyModule(written, { adopt });
  // Its strings and comments read escapes as what they stand for.
  const module = harmless(text);
  const lost = new Set(notes.flatMap(({ kind, policy }) => (kind === 'not-imported' ? policy : [])));
  const homeless = written.filter((policy) => lacksNamespace(policy.value) && !lost.has(policy)).length;
  await complain(
    terminal,
    inLines([
      ...aboutReading(read, problems, verbose),
      ...notes.map(describeNote),
      ...aboutLeftAlone(cluster, 'not imported'),
      ...(homeless === 0
        ? []
        : [
            `${homeless === 1 ? '1 policy names' : `${homeless} policies name`} no namespace and will be in ${namespace}; --namespace names another`,
          ]),
    ]),
  );
  if (written.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: 'import',
      got: `no ${POLICY_KIND_NAMES.join(', no ')}`,
      problem:
        problems.length === 0
          ? 'there is nothing to import'
          : 'there is nothing to import in what could be read',
      fix: 'name files, folders or - with policies in them, or a cluster that has some',
    });
  }
  if (out !== undefined) {
    await writeInto(out, module, { at: '--out', isNew: !force });
  }
  // With --out the text is there.
  if (format !== 'text' || out === undefined) {
    const policies = importedPolicies(written, notes);
    await print(terminal.stdout, IMPORT_RENDERERS[format]({ module, policies, problems }));
  }
  const isWhole = problems.length === 0 && lost.size === 0;
  terminal.exitCode = isWhole ? EXIT_CODE.yes : EXIT_CODE.cannotJudge;
}

/** What has become of each policy, by what is noted of it. */
function importedPolicies(
  policies: readonly WrittenPolicy[],
  notes: readonly ImportNote[],
): readonly ImportedPolicyJson[] {
  const known = new Map<WrittenPolicy, ImportNote[]>();
  for (const note of notes) {
    append(known, note.policy, note);
  }
  return policies.map((policy) => {
    const { value, namespace, name, source } = policy;
    const own = known.get(policy) ?? [];
    const has = (wanted: ImportNote['kind']) => own.some(({ kind }) => kind === wanted);
    return {
      kind: policyKindOf({ kind: String(value.kind) }).kind,
      ...defined({ namespace: namespace === '' ? undefined : namespace, name }),
      as:
        has('not-imported') || has('left-to-aks')
          ? 'nothing'
          : has('left-as-object')
            ? 'object'
            : 'construct',
      notes: own.map(({ reason }) => reason),
      source,
    };
  });
}

function lacksNamespace({ kind, metadata }: Readonly<Record<string, unknown>>): boolean {
  const { namespace } = (metadata ?? {}) as { readonly namespace?: unknown };
  return policyKindOf({ kind: String(kind) }).isNamespaced && (namespace == null || namespace === '');
}
