import type { CodePosition, SourcePosition } from '../model/cluster';
import { defined } from '../model/defined';
import { type Acknowledgement, type Intent, readCodePosition } from '../model/finding';
import { isPlainObject } from '../model/problem';
import { ANNOTATIONS, type SideFile, type SynthesizedObject } from '../model/side-file';
import { kindOf } from './kinds';

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
    return this.file.programs.map(({ objects, findings, acknowledgements, expectations }) => {
      const extents = this.extents(objects);
      const extentOf = (path = '') => extents.get(path) ?? 'all';
      return {
        findings: findings
          .filter(({ path }) => extentOf(path) !== 'none')
          .map((finding) => ({ ...finding, source: finding.source, reason: finding.reason })),
        acknowledgements: acknowledgements.flatMap((each) => asFarAsRead(each, extentOf(each.construct))),
        expectations: expectations.filter(({ source }) => extentOf(source?.construct) !== 'none'),
      };
    });
  }

  /** The lines of rules that were read, by the name of their policy and their place in it. */
  public *rules(): Generator<[string, Readonly<Record<string, CodePosition>>]> {
    for (const { namespace = 'default', name, rules } of this.read) {
      if (rules !== undefined) {
        yield [`${namespace}/${name}`, rules];
      }
    }
  }

  /** How much was read of what the constructs at and under each path wrote. */
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

function asFarAsRead(acknowledgement: Acknowledgement, extent: Extent): Acknowledgement[] {
  if (extent === 'none') {
    return [];
  }
  return [extent === 'all' ? acknowledgement : { ...acknowledgement, isPartial: true }];
}

/** `a/b`, `a` and `''` of `a/b`. */
function* scopesOf(path: string): Generator<string> {
  yield path;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    yield path.slice(0, end);
  }
  if (path !== '') {
    yield '';
  }
}

/** Who wrote an object by its own annotations. */
export function annotatedAuthor({ metadata }: Readonly<Record<string, unknown>>): Author | undefined {
  const { annotations } = isPlainObject(metadata) ? metadata : {};
  const { [ANNOTATIONS.construct]: construct, [ANNOTATIONS.source]: line } = isPlainObject(annotations)
    ? annotations
    : {};
  const code = readCodePosition(line);
  return typeof construct !== 'string' ? undefined : { construct, ...defined({ code }) };
}

const keyOf = (apiVersion: unknown, kind: unknown, namespace: unknown, name: unknown) =>
  `${apiVersion} ${kind} ${namespace ?? ''} ${name}`;
