import { validateNetworkPolicy } from '../model/check-policy';
import { appendAll } from '../model/collections';
import { editDistance } from '../model/edit-distance';
import type { FieldPath } from '../model/field-path';
import type { NetworkPolicy } from '../model/network-policy';
import { networkPolicyEntry } from '../model/network-policy-entry';
import { isForeignGroup } from '../model/object-kinds';
import { otherPolicyOf } from '../model/other-policies';
import type { Problems } from '../model/problem';
import { callerKind } from './caller-kinds';
import { readIngress, readNamespace, readNode, readService } from './cluster-objects';
import { FieldReader } from './field-reader';
import type { FoundObjects, ManifestKind } from './manifest-kind';
import { type Identity, readController, readPod } from './pod-template';

/** A kind that an API server can list. */
export interface ListedKind extends ManifestKind {
  readonly plural: string;
}

function kind<T>(
  apiVersion: string,
  plural: string,
  isNamespaced: boolean,
  read: (fields: FieldReader, identity: Identity) => T,
  place: (found: FoundObjects) => T[],
): ListedKind {
  return {
    apiVersion,
    plural,
    isNamespaced,
    read: (value, identity, problems) => {
      const object = read(FieldReader.of(value, problems), identity);
      return (found) => place(found).push(object);
    },
  };
}

const controller = (apiVersion: string, plural: string, template: FieldPath = ['spec', 'template']) =>
  kind(
    apiVersion,
    plural,
    true,
    (fields, identity) => readController(fields, identity, template),
    (found) => found.controllers,
  );

/**
 * The kinds that are read; others are passed over and counted. A live cluster is asked for them in this order: controllers
 * before pods, so that pods are grouped as they arrive.
 */
export const KINDS: ReadonlyMap<string, ListedKind> = new Map([
  ['Namespace', kind('v1', 'namespaces', false, readNamespace, (found) => found.namespaces)],
  ['Node', kind('v1', 'nodes', false, readNode, (found) => found.nodes)],
  [
    'NetworkPolicy',
    { apiVersion: 'networking.k8s.io/v1', plural: 'networkpolicies', isNamespaced: true, read: readPolicy },
  ],
  ['Deployment', controller('apps/v1', 'deployments')],
  ['StatefulSet', controller('apps/v1', 'statefulsets')],
  ['DaemonSet', controller('apps/v1', 'daemonsets')],
  ['ReplicaSet', controller('apps/v1', 'replicasets')],
  ['ReplicationController', controller('v1', 'replicationcontrollers')],
  ['Job', controller('batch/v1', 'jobs')],
  ['CronJob', controller('batch/v1', 'cronjobs', ['spec', 'jobTemplate', 'spec', 'template'])],
  ['Service', kind('v1', 'services', true, readService, (found) => found.services)],
  ['Ingress', kind('networking.k8s.io/v1', 'ingresses', true, readIngress, (found) => found.ingresses)],
  ['Pod', kind('v1', 'pods', true, readPod, (found) => found.pods)],
]);

/**
 * How to read an object; `undefined` if it is passed over.
 *
 * @param value the object; left out if only its kind is known: then a kind counts as passed over if some of its objects are
 */
export function kindOf(kind: string, apiVersion: unknown, value?: object): ManifestKind | undefined {
  const known = KINDS.get(kind);
  return known === undefined
    ? callerKind(kind, apiVersion, value)
    : isForeign(kind, apiVersion)
      ? undefined
      : known;
}

function readPolicy(
  value: object,
  { namespace, name, source }: Identity,
  problems: Problems,
): (found: FoundObjects) => void {
  appendAll(problems, validateNetworkPolicy(value));
  return (found) =>
    found.policies.push(networkPolicyEntry(value as NetworkPolicy, { namespace, name, source }));
}

/**
 * Whether a kind only shares its name with one that is read, as Knative's Service does. For a NetworkPolicy only Calico's
 * does: one of any other group is not passed over, because it may affect traffic.
 */
function isForeign(kind: string, apiVersion: unknown): boolean {
  return kind === 'NetworkPolicy'
    ? otherPolicyOf(kind, apiVersion) !== undefined
    : isForeignGroup(apiVersion);
}

/**
 * The kind of Kubernetes itself that was probably meant by a misspelt one; `undefined` if none is similar. The API server
 * refuses such an object, so a `NetworkPolicies` is not passed over like other kinds.
 */
export function meantKind(kind: string, apiVersion: unknown): string | undefined {
  if (isForeignGroup(apiVersion)) {
    return undefined;
  }
  const written = kind.toLowerCase();
  return SPELLINGS.find((each) => editDistance(written, each.toLowerCase()) <= Math.floor(each.length / 4));
}

const SPELLINGS: readonly string[] = ['List', ...[...KINDS.keys()].flatMap((kind) => [kind, `${kind}List`])];

/** Whether an object is a `List`, or a typed list such as a `PodList`. */
export function isListKind(kind: unknown, value: object): boolean {
  return (
    typeof kind === 'string' &&
    kind.endsWith('List') &&
    (kind === 'List' || 'items' in value || KINDS.has(kind.slice(0, -4)))
  );
}
