import { canonicalText } from '../model/canonical-text';
import { append } from '../model/collections';
import { defined } from '../model/defined';
import { type ProgramAcknowledgement, type ProgramIntent, scopesOf } from '../model/finding';
import { isPlainObject } from '../model/problem';
import type { SideFile, SideFileProgram, SynthesizedObject } from '../model/side-file';
import type { CodePosition, ProgramReference, SourcePosition } from '../model/source-position';
import type { Author } from './annotated-author';
import { kindOf } from './kinds';
import { digestOf } from './tree-digest';

/** An object in a side file. */
interface Written {
  readonly object: SynthesizedObject;
  readonly program: ProgramReference;
}

/** Who wrote the manifests of a folder, according to its side file. */
export class Authors {
  private readonly objects = new Map<string, Written[]>();
  private readonly read = new Set<SynthesizedObject>();
  /** The read objects that are as their program wrote them. */
  private readonly unchanged = new Set<SynthesizedObject>();

  public constructor(
    private readonly file: SideFile,
    private readonly path: string,
  ) {
    for (const { program, objects } of file.programs) {
      const reference = { name: program, file: path };
      for (const object of objects) {
        const { apiVersion, kind, namespace, name } = object;
        append(this.objects, keyOf(apiVersion, kind, namespace, name), { object, program: reference });
      }
    }
  }

  /** The construct that wrote an object; undefined if two may have. */
  public of(value: Readonly<Record<string, unknown>>): Author | undefined {
    const { apiVersion, kind, metadata } = value;
    const { namespace, name } = isPlainObject(metadata) ? metadata : {};
    const named = this.objects.get(keyOf(apiVersion, kind, namespace, name)) ?? [];
    const digest = named.length === 0 ? undefined : digestOf(canonicalText(value));
    const same = named.filter(({ object }) => object.digest === digest);
    for (const { object } of named) {
      this.read.add(object);
    }
    for (const { object } of same) {
      this.unchanged.add(object);
    }
    const [first, second] = same.length > 0 ? same : named;
    if (first === undefined || second !== undefined) {
      return undefined;
    }
    const { construct, code } = first.object;
    return { construct, ...defined({ code }), ...(same.length > 0 ? { program: first.program } : {}) };
  }

  /** What the programs say about objects that were read. */
  public intent(): ProgramIntent[] {
    return this.file.programs.map((written) => {
      const { program: name, objects, findings, acknowledgements, expectations } = written;
      const program: ProgramReference = { name, file: this.path };
      const extents = this.extents(objects);
      const extentOf = (path = '') => extents.get(path) ?? 'all';
      const unchanged = new Set(
        objects.filter((each) => this.unchanged.has(each)).map(({ construct }) => construct),
      );
      const placed = ({ construct, code }: SourcePosition = {}) => ({
        source: { ...defined({ construct, code }), program },
      });
      return {
        program,
        findings: findings
          .filter(({ path }) => unchanged.has(path))
          .map((finding) => ({ ...finding, source: finding.source, reason: finding.reason })),
        acknowledgements: hasDigests(written)
          ? acknowledgements
              .flatMap((each) => limitedTo(each, extentOf(each.construct)))
              .map((each) => ({ ...each, ...placed(each.source) }))
          : [],
        expectations: expectations
          .filter(({ source }) => extentOf(source?.construct) !== 'none')
          .map((each) => ({ ...each, ...placed(each.source) })),
      };
    });
  }

  /** The lines of rules that were read, by policy and field. */
  public *rules(): Generator<[string, Readonly<Record<string, CodePosition>>]> {
    for (const { namespace = 'default', name, rules } of this.read) {
      if (rules !== undefined) {
        yield [`${namespace}/${name}`, rules];
      }
    }
  }

  /** For each path, how many objects of the constructs at and under it were read. */
  private extents(objects: readonly SynthesizedObject[]): ReadonlyMap<string, Extent> {
    const extents = new Map<string, Extent>();
    for (const object of objects.filter(({ kind, apiVersion }) => kindOf(kind, apiVersion) !== undefined)) {
      const extent = this.read.has(object) ? 'all' : 'none';
      for (const path of scopesOf(object.construct)) {
        const known = extents.get(path) ?? extent;
        extents.set(path, known === extent ? extent : 'some');
      }
    }
    return extents;
  }
}

type Extent = 'all' | 'some' | 'none';

/** An acknowledgement, if any object that it may concern was read. */
function limitedTo(acknowledgement: ProgramAcknowledgement, extent: Extent): ProgramAcknowledgement[] {
  if (extent === 'none') {
    return [];
  }
  const { rule, reason, until, construct, source } = acknowledgement;
  return [
    {
      rule,
      reason,
      construct,
      ...defined({ until, source }),
      ...(extent === 'all' ? {} : ({ isPartial: true } as const)),
    },
  ];
}

/** Whether a side file has digests; early versions wrote none. */
export function hasDigests({ objects }: Pick<SideFileProgram, 'objects'>): boolean {
  return objects.length === 0 || objects.some(({ digest }) => digest !== undefined);
}

const keyOf = (apiVersion: unknown, kind: unknown, namespace: unknown, name: unknown) =>
  JSON.stringify([apiVersion, kind, namespace ?? '', name]);
