import { type Conversion, describeConversionNote, type Manifest } from '../../convert/conversion';
import { CONVERTED_KINDS, convertPolicies, TWIN_KINDS } from '../../convert/convert-policies';
import type { ReadManifests } from '../../manifests/read-manifests';
import { compare } from '../../model/collections';
import { defined } from '../../model/defined';
import { describeManifestProblem, type ManifestProblem } from '../../model/manifest-problem';
import { isPath } from '../../model/place';
import { NetworkPolicyError } from '../../model/problem';
import { describeSource, type SourcePosition } from '../../model/source-position';
import { count } from '../../model/word-list';
import { type ConvertedPolicyJson, convertedYaml } from '../../render/converted-policies';
import { problemJson } from '../../render/lint-json';
import { CONVERT_RENDERERS } from '../../render/outputs';
import type { ConvertVerbOptions } from '../commands/convert';
import { EXIT_CODE } from '../exit-code';
import { checkNamespace } from '../namespace';
import { aboutReading, readingFor, readQuietly } from '../read-source';
import { complain, inLines, print, type Terminal } from '../terminal';
import { writeInto } from '../write-file';

/** A policy that could be read. */
interface Found {
  readonly kind: ConvertedPolicyJson['kind'];
  readonly namespace?: string;
  readonly name?: string;
  readonly value: Manifest;
  readonly source: SourcePosition;
}

/** The same with what has become of it. */
interface Converted extends Found, Pick<Conversion, 'twins'> {
  readonly problems: readonly ManifestProblem[];
  readonly notes: readonly string[];
}

export async function run(
  terminal: Terminal,
  paths: readonly string[],
  options: ConvertVerbOptions,
): Promise<void> {
  const { to, namespace, out, force = false, format, verbose } = options;
  checkNamespace(namespace);
  const read = await readQuietly(paths, undefined, terminal, readingFor({}, options));
  const found = to === 'cilium' ? networkPolicies(read) : ciliumPolicies(read);
  const policies = convert(found, read, options);
  await complain(
    terminal,
    inLines([
      ...aboutReading(read, read.problems, verbose),
      ...policies.flatMap(({ problems }) => problems.map(describeManifestProblem)),
      ...policies.flatMap(({ notes, source, ...policy }) =>
        notes.map((note) => `${describeSource(source)}: ${nameOf(policy)}: ${note}`),
      ),
      ...aboutPassedOver(read, options),
    ]),
  );
  if (found.length === 0) {
    throw new NetworkPolicyError({
      code: 'objects-missing',
      at: 'convert',
      got: `no ${CONVERTED_KINDS[to].join(' and no ')}`,
      problem:
        read.problems.length === 0
          ? 'there is nothing to convert'
          : 'there is nothing to convert in what could be read',
      fix: `name files, folders or - with policies that are to become ${TWIN_KINDS[to]}`,
    });
  }
  const rows = policies.map(rowOf);
  if (out !== undefined && rows.some(({ twins }) => twins.length > 0)) {
    await writeInto(out, convertedYaml({ policies: rows }), { at: '--out', isNew: !force });
  }
  // With --out the twins are there.
  if (format !== 'yaml' || out === undefined) {
    await print(terminal.stdout, CONVERT_RENDERERS[format]({ policies: rows, problems: read.problems }));
  }
  terminal.exitCode =
    read.problems.length > 0
      ? EXIT_CODE.cannotJudge
      : policies.every(({ problems }) => problems.length === 0)
        ? EXIT_CODE.yes
        : EXIT_CODE.no;
}

function networkPolicies({ written }: ReadManifests): readonly Found[] {
  return written
    .filter(({ value, problems }) => value.kind === 'NetworkPolicy' && problems.length === 0)
    .map((policy) => ({ kind: 'NetworkPolicy', ...policy }));
}

function ciliumPolicies({ cluster: { unjudged = [] } }: ReadManifests): readonly Found[] {
  return unjudged.flatMap(({ namespace, name, written, source = {}, ...policy }) => {
    const kind = CONVERTED_KINDS.kubernetes.find((each) => each === policy.kind);
    return written === undefined || kind === undefined
      ? []
      : [{ kind, ...defined({ namespace, name }), value: { ...written }, source }];
  });
}

function convert(
  found: readonly Found[],
  { cluster, fieldPlaces }: ReadManifests,
  { to, namespace }: ConvertVerbOptions,
): readonly Converted[] {
  const values = found.map(({ value }) => value);
  const conversions = convertPolicies(values, { to, cluster, ...defined({ namespace }) });
  return found.map((policy, i) => {
    const { twins, problems, notes } = conversions[i] as Conversion;
    const { kind, namespace: own, name = '', source } = policy;
    const object = { kind, name, ...defined({ namespace: own }) };
    return {
      ...policy,
      twins,
      problems: problems.map((problem) => ({
        ...problem,
        object: nameOf(policy),
        source: isPath(problem.at) ? fieldPlaces.placeOf(object, source, problem.at) : source,
      })),
      notes: notes.map(describeConversionNote),
    };
  });
}

function nameOf({ kind, namespace, name = '(no name)' }: Pick<Found, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function rowOf({ kind, namespace, name, twins, notes, problems, source }: Converted): ConvertedPolicyJson {
  return {
    kind,
    ...defined({ namespace, name }),
    twins,
    notes,
    problems: problems.map(problemJson),
    source,
  };
}

/** The objects that stay as they are, those of the other kind among them. */
function aboutPassedOver(
  { skipped, otherKinds, written }: ReadManifests,
  { to }: ConvertVerbOptions,
): readonly string[] {
  const others = written.filter(({ value }) => value.kind === 'NetworkPolicy').length;
  const own = CONVERTED_KINDS[to].map((kind) => `${kind}.cilium.io`);
  const kinds = Object.entries({
    ...skipped,
    ...otherKinds,
    ...(to === 'cilium' || others === 0 ? {} : { NetworkPolicy: others }),
  })
    .filter(([kind]) => !own.includes(kind))
    .sort(([a], [b]) => compare(a, b));
  const number = kinds.reduce((sum, [, each]) => sum + each, 0);
  return number === 0
    ? []
    : [
        `passed over ${count(number, 'object')}: ${kinds.map(([kind, each]) => `${each} ${kind}`).join(', ')}`,
      ];
}
