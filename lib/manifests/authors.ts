import type { CodePosition, SourcePosition } from '../model/cluster';
import { type Acknowledgement, type Intent, readCodePosition } from '../model/finding';
import { isPlainObject } from '../model/problem';
import { ANNOTATIONS, type SideFile, type SideFileProgram, type SynthesizedObject } from '../model/side-file';
import { isForeign, KINDS } from './kinds';

/** Who wrote an object. */
export type Author = Pick<SourcePosition, 'construct' | 'code'>;

/** Who wrote the manifests of a folder, as the file beside them tells. */
export class Authors {
  private readonly objects = new Map<string, SynthesizedObject[]>();
  private readonly read = new Set<SynthesizedObject>();

  public constructor(private readonly file: SideFile) {
    for (const object of file.programs.flatMap(({ objects }) => objects)) {
      const key = keyOf(object.apiVersion, object.kind, object.namespace, object.name);
      this.objects.set(key, [...(this.objects.get(key) ?? []), object]);
    }
  }

  /** The construct that wrote an object; of two that may have, neither. */
  public of({ apiVersion, kind, metadata }: Readonly<Record<string, unknown>>): Author | undefined {
    const { namespace, name } = isPlainObject(metadata) ? metadata : {};
    const objects = this.objects.get(keyOf(apiVersion, kind, namespace, name)) ?? [];
    for (const object of objects) {
      this.read.add(object);
    }
    const [object] = objects;
    return object === undefined || objects.length > 1
      ? undefined
      : { construct: object.construct, ...(object.code === undefined ? {} : { code: object.code }) };
  }

  /** What the authors say of what was read. */
  public intent(): Intent[] {
    return this.file.programs.map((program) => ({
      findings: program.findings
        .filter(({ path }) => this.extent(path, program) !== 'none')
        .map((finding) => ({ ...finding, source: finding.source, reason: finding.reason })),
      acknowledgements: program.acknowledgements.flatMap((each) => this.asFarAsRead(each, program)),
      expectations: program.expectations.filter(
        ({ source }) => this.extent(source?.construct ?? '', program) !== 'none',
      ),
    }));
  }

  /** The lines of rules that were read, by the name of their policy and their place in it. */
  public *rules(): Generator<[string, Readonly<Record<string, CodePosition>>]> {
    for (const { namespace = 'default', name, rules } of this.read) {
      if (rules !== undefined) {
        yield [`${namespace}/${name}`, rules];
      }
    }
  }

  private asFarAsRead(acknowledgement: Acknowledgement, program: SideFileProgram): Acknowledgement[] {
    switch (this.extent(acknowledgement.construct ?? '', program)) {
      case 'none':
        return [];
      case 'some':
        return [{ ...acknowledgement, isPartial: true }];
      case 'all':
        return [acknowledgement];
    }
  }

  /** How much was read of what the constructs at and under a path wrote. */
  private extent(path: string, { objects }: SideFileProgram): 'all' | 'some' | 'none' {
    const under = objects.filter(
      ({ construct, kind, apiVersion }) =>
        (path === '' || construct === path || construct.startsWith(`${path}/`)) &&
        KINDS.has(kind) &&
        !isForeign(kind, apiVersion),
    );
    const read = under.filter((object) => this.read.has(object));
    return read.length === under.length ? 'all' : read.length === 0 ? 'none' : 'some';
  }
}

/** Who wrote an object by its own annotations. */
export function annotatedAuthor({ metadata }: Readonly<Record<string, unknown>>): Author | undefined {
  const { annotations } = isPlainObject(metadata) ? metadata : {};
  const { [ANNOTATIONS.construct]: construct, [ANNOTATIONS.source]: line } = isPlainObject(annotations)
    ? annotations
    : {};
  const code = readCodePosition(line);
  return typeof construct !== 'string' ? undefined : { construct, ...(code === undefined ? {} : { code }) };
}

const keyOf = (apiVersion: unknown, kind: unknown, namespace: unknown, name: unknown) =>
  `${apiVersion} ${kind} ${namespace ?? ''} ${name}`;
