import { readAddress } from '../model/cidr';
import type { Cluster } from '../model/cluster';
import { compare } from '../model/collections';
import { readHostName } from '../model/named-host';
import { checkNamespaceName, isDnsSubdomain } from '../model/names';
import { NetworkPolicyError, refuseIf, show } from '../model/problem';
import { firstWords } from '../model/word-list';
import type { Kubectl } from './live/kubectl';

/**
 * What `--namespace` says; else, for a live cluster, what kubectl's context says; else `default`.
 *
 * @param cluster the one that is meant; left out for files
 * @throws NetworkPolicyError `namespace-invalid`
 */
export async function namespaceOf(named: string | undefined, cluster: Kubectl | undefined): Promise<string> {
  checkNamespace(named);
  return named ?? (await cluster?.namespace()) ?? 'default';
}

/** The ends that have a word of their own, in letters of any size. */
const WORDS = ['internet', 'any'];

/**
 * The ends of a question; a name alone, without a dot, is a workload or a pod in the namespace that
 * `--namespace` says, or for a live cluster kubectl's context.
 *
 * @param named what `--namespace` says
 * @param cluster the one that is meant; left out for files
 * @throws NetworkPolicyError `namespace-invalid`, `end-unreadable`
 */
export async function endsIn(
  named: string | undefined,
  cluster: Kubectl | undefined,
  written: readonly string[],
): Promise<readonly string[]> {
  checkNamespace(named);
  const ends = written.map((end) => (WORDS.includes(end.toLowerCase()) ? end.toLowerCase() : end));
  const alone = ends.find(isNameAlone);
  if (alone === undefined) {
    return ends;
  }
  if (named === undefined && cluster === undefined) {
    throw new NetworkPolicyError({
      code: 'end-unreadable',
      at: 'the question',
      got: show(alone),
      problem: 'names no namespace',
      fix: `write NAMESPACE/${alone}, or say with -n in which namespace a name alone is sought`,
    });
  }
  const namespace = await namespaceOf(named, cluster);
  return ends.map((end) => (isNameAlone(end) ? `${namespace}/${end}` : end));
}

/** The namespaces that objects are in, each once. */
export function namespacesOf(objects: readonly { readonly namespace?: string }[]): readonly string[] {
  return [...new Set(objects.flatMap(({ namespace = [] }) => namespace))].sort();
}

/**
 * @param at what names it
 * @throws NetworkPolicyError `namespace-invalid`
 */
export function checkNamespace(namespace: string | undefined, at = '--namespace'): void {
  if (namespace !== undefined) {
    refuseIf((problems) => checkNamespaceName(namespace, at, problems));
  }
}

/**
 * @param clusters in which objects may stand in the namespace
 * @throws NetworkPolicyError `end-unknown` where none does: an empty answer would read as a good one
 */
export function checkKnown(
  namespace: string,
  clusters: readonly Pick<Cluster, 'namespaces' | 'workloads'>[],
): void {
  const names = clusters.flatMap(({ namespaces, workloads }) => [
    ...namespaces.map(({ name }) => name),
    ...workloads.map((workload) => workload.namespace),
  ]);
  if (!names.includes(namespace)) {
    const known = [...new Set(names)].sort(compare);
    throw new NetworkPolicyError({
      code: 'end-unknown',
      at: '--namespace',
      got: show(namespace),
      problem: 'nothing that was read is in this namespace',
      fix: known.length === 0 ? 'look at what was read' : `write one of ${firstWords(known, 10)}`,
    });
  }
}

function isNameAlone(end: string): boolean {
  return (
    !WORDS.includes(end) &&
    isDnsSubdomain(end) &&
    readHostName(end) === undefined &&
    readAddress(end) === undefined
  );
}
