import type { Cluster, Maker } from '../model/cluster';
import { defined } from '../model/defined';
import type { FieldPath } from '../model/field-path';
import { describeMakers } from '../model/made-pods';
import { isDnsLabel } from '../model/names';
import { groupOf, workloadKind } from '../model/object-kinds';
import { FieldReader } from './field-reader';
import { keepsPodTemplates } from './foreign-workloads';
import { objectNameOf } from './identity';
import { type MakerKind, makerKind } from './maker-kinds';
import type { Origin } from './origin';
import type { Identity } from './pod-template';

/** The makers that were found, each once. Two of the same name that differ both count. */
export class FoundMakers {
  private readonly known = new Map<string, Maker>();

  /** Adds an object of any kind if it is a maker, and returns whether it is. */
  public note(value: Readonly<Record<string, unknown>>, origin: Origin, defaultNamespace: string): boolean {
    const kind = makerKind(value.kind as string, value.apiVersion) ?? keeperOf(value);
    if (kind === undefined) {
      return false;
    }
    const { namespace, name, isGenerated } = objectNameOf(value, defaultNamespace);
    if (namespace !== undefined && name !== undefined) {
      const { source } = origin.ofObject(value);
      const maker = readMaker(kind, value, { namespace, name, source }, isGenerated);
      const key = JSON.stringify({ ...maker, source: undefined });
      this.known.set(key, this.known.get(key) ?? maker);
    }
    return true;
  }

  public list(): readonly Maker[] {
    return [...this.known.values()];
  }
}

/** For an object of an unknown kind that contains pod templates: its controller makes pods from them. */
function keeperOf(value: Readonly<Record<string, unknown>>): MakerKind | undefined {
  const { kind, apiVersion } = value as { readonly kind: string; readonly apiVersion: string };
  return keepsPodTemplates(value)
    ? { kind: workloadKind(kind, apiVersion), group: groupOf(apiVersion), source: 'the object itself' }
    : undefined;
}

/** What an object says about its pods. No verdict depends on it, so a field that is not understood counts as missing. */
function readMaker(
  { kind, name: called = kind, podNamespaceAt, podLabels, podLabelsAt }: MakerKind,
  value: object,
  { namespace, name, source }: Omit<Identity, 'kind'>,
  isGenerated = false,
): Maker {
  const fields = FieldReader.of(value, []);
  const target =
    podNamespaceAt === undefined ? namespace : parentOf(fields, podNamespaceAt).text(lastOf(podNamespaceAt));
  return {
    kind: called,
    namespace,
    name,
    // A template such as {{ .path }} is filled in elsewhere.
    ...defined({ podNamespace: target !== undefined && isDnsLabel(target) ? target : undefined }),
    podLabels: {
      ...(podLabelsAt === undefined ? {} : parentOf(fields, podLabelsAt).labels(lastOf(podLabelsAt))),
      // A generated name is not known.
      ...(isGenerated ? {} : podLabels?.(name)),
    },
    source,
  };
}

/** Lines about objects whose pods are not judged exactly. */
export function aboutMakers({ makers = [] }: Pick<Cluster, 'makers'>): readonly string[] {
  return makers.length === 0 ? [] : [`not judged exactly: ${describeMakers(makers)}`];
}

function parentOf(fields: FieldReader, path: FieldPath): FieldReader {
  return fields.at(path.slice(0, -1));
}

function lastOf(path: FieldPath): string {
  return String(path.at(-1));
}
