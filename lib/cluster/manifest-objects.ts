import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { isConstructMetadata } from '../model/construct-metadata';
import { describePlace } from '../model/place';
import { NetworkPolicyError, show } from '../model/problem';
import { describeSource } from '../model/source-position';
import type { ReadDocument } from '../yaml/documents';

/** A Kubernetes object, and the indexes of the objects that must exist before it. */
export interface ManifestObject {
  readonly manifest: KubernetesObject;
  readonly after: readonly number[];
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** The shape of a cdk8s chart; cdk8s itself is not loaded. */
export interface ManifestChart extends IConstruct {
  /** Also validates the chart. */
  toJson(): unknown[];
  readonly apiObjects: readonly IConstruct[];
}

interface ApiObject extends IConstruct {
  readonly apiVersion: string;
  toJson(): unknown;
}

/** The objects of a chart, with those that they depend on. */
export function objectsOfChart(chart: ManifestChart): readonly ManifestObject[] {
  chart.toJson();
  const apiObjects = chart.node
    .findAll()
    .filter(isApiObject)
    .filter((object) => closestChart(object) === chart);
  const manifests = apiObjects.map((object) =>
    readObject(JSON.parse(JSON.stringify(object.toJson())), object.node.path),
  );
  // A dependency between constructs is one between all objects in them.
  const after = apiObjects.map((object) => {
    const wanted = object.node.scopes.flatMap(({ node }) => node.dependencies);
    return apiObjects.flatMap((other, i) =>
      other !== object && other.node.scopes.some((scope) => wanted.includes(scope)) ? [i] : [],
    );
  });
  return withNamespaces(manifests, after);
}

/** Not `chart.apiObjects`, which only lists direct children. */
function isApiObject(construct: IConstruct): construct is ApiObject {
  return 'apiVersion' in construct && 'toJson' in construct;
}

function closestChart({ node }: IConstruct): IConstruct | undefined {
  return node.scopes.filter((scope) => 'apiObjects' in scope).at(-1);
}

/** The objects of the YAML and JSON files in a directory, read recursively, in the order of their paths. */
export function objectsOfDirectory(directory: string): readonly ManifestObject[] {
  const manifests = filesIn(directory)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .flatMap((file) => readFile(join(directory, file)));
  return withNamespaces(
    manifests,
    manifests.map(() => []),
  );
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: directory,
      got: (error as NodeJS.ErrnoException).code ?? show(directory),
      problem: 'is not a directory that can be read',
      fix: 'name the directory of the manifests, and write them first: npx cdk8s synth',
    });
  }
}

function readFile(path: string): readonly KubernetesObject[] {
  // Loaded here because only directories need it.
  const { readDocuments } = require('../yaml/documents') as typeof import('../yaml/documents');
  const { decodeText } = require('../yaml/encoding') as typeof import('../yaml/encoding');
  const decoded = decodeText(readFileSync(path));
  if (!('text' in decoded)) {
    throw new NetworkPolicyError({ ...decoded.problem, at: path });
  }
  const { text } = decoded;
  if (isConstructMetadata(basename(path), text)) {
    return [];
  }
  return [...readDocuments(text)]
    .map((document) => wholeValue(document, path, text))
    .filter((value) => value != null)
    .flatMap((value) => {
      const { kind, items } = value as { kind?: unknown; items?: unknown };
      return kind === 'List' && Array.isArray(items) ? items : [value];
    })
    .map((object) => readObject(object, path));
}

/** The value of a document without problems: a part of an object would be another object in the cluster. */
function wholeValue(document: ReadDocument, file: string, text: string): unknown {
  const [problem] = document.problems;
  if (problem === undefined) {
    return document.value;
  }
  const { Lines } = require('../yaml/lines') as typeof import('../yaml/lines');
  const place = describeSource({ file, ...new Lines(text).placeOf(document.locate(problem).offset) });
  throw new NetworkPolicyError({ ...problem, at: `${place}: ${describePlace(problem.at)}` });
}

function readObject(object: unknown, at: string): KubernetesObject {
  const { apiVersion, kind, metadata } = (object ?? {}) as Record<string, unknown>;
  const name = (metadata as Record<string, unknown> | undefined)?.name;
  for (const [field, value] of Object.entries({ apiVersion, kind, 'metadata.name': name })) {
    if (typeof value !== 'string' || value === '') {
      throw unreadable(at, show(value), `give the object its ${field}`);
    }
  }
  return object as KubernetesObject;
}

function unreadable(at: string, got: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'object-unreadable',
    at,
    got,
    problem: 'is not a Kubernetes object with apiVersion, kind and metadata.name',
    fix,
  });
}

/** Adds the dependency on an object's namespace, because Terraform creates objects in parallel. */
function withNamespaces(
  manifests: readonly KubernetesObject[],
  after: readonly (readonly number[])[],
): readonly ManifestObject[] {
  return manifests.map((manifest, i) => {
    const namespace = manifests.findIndex(
      ({ kind, metadata }) => kind === 'Namespace' && metadata.name === manifest.metadata.namespace,
    );
    const before = new Set(after[i]);
    if (namespace >= 0 && namespace !== i) {
      before.add(namespace);
    }
    return { manifest, after: [...before].sort((a, b) => a - b) };
  });
}
