import { readAddress } from '../model/cidr';
import { checkNamespaceName, isDnsSubdomain } from '../model/names';
import { NetworkPolicyError, refuseIf, show } from '../model/problem';
import type { Kubectl, KubectlOptions } from './kubectl';
import type { SourceOptions } from './source-options';

/** Where a verb looks for what names no namespace. */
export interface NamespaceOptions extends SourceOptions {
  readonly namespace?: string;
}

/** Kubernetes' own, where nothing names another. */
const DEFAULT = 'default';

/**
 * What `--namespace` says; else, for a live cluster, what kubectl's context says; else `default`.
 *
 * @throws NetworkPolicyError `namespace-invalid`
 */
export async function namespaceOf(options: NamespaceOptions): Promise<string> {
  checkNamespace(options.namespace);
  if (options.namespace !== undefined) {
    return options.namespace;
  }
  return options.cluster === true ? (await ofContext(kubectlOf(options))) || DEFAULT : DEFAULT;
}

/**
 * The ends of a question; a name alone is a workload or a pod in the namespace that `--namespace` says, or for a live
 * cluster kubectl's context.
 *
 * @throws NetworkPolicyError `namespace-invalid`, `end-unreadable`
 */
export async function endsIn(
  options: NamespaceOptions,
  ends: readonly (string | undefined)[],
): Promise<readonly (string | undefined)[]> {
  checkNamespace(options.namespace);
  const alone = ends.find(isNameAlone);
  if (alone === undefined) {
    return ends;
  }
  if (options.namespace === undefined && options.cluster !== true) {
    throw new NetworkPolicyError({
      code: 'end-unreadable',
      at: 'the question',
      got: show(alone),
      problem: 'names no namespace',
      fix: `write NAMESPACE/${alone}, or say with -n in which namespace a name alone is sought`,
    });
  }
  const namespace = await namespaceOf(options);
  return ends.map((end) => (isNameAlone(end) ? `${namespace}/${end}` : end));
}

/**
 * The policy that a person names: `db-ingress` in a namespace, or `shop/db-ingress`.
 *
 * @throws NetworkPolicyError `namespace-invalid`
 */
export function policyNamed(
  text: string,
  own: string,
): { readonly namespace: string; readonly name: string } {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return { namespace: own, name: text };
  }
  const namespace = text.slice(0, slash);
  checkNamespace(namespace, text);
  return { namespace, name: text.slice(slash + 1) };
}

/** The namespaces that objects are in, each once. */
export function namespacesOf(objects: readonly { readonly namespace: string }[]): readonly string[] {
  return [...new Set(objects.map(({ namespace }) => namespace))].sort();
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

function isNameAlone(end: string | undefined): boolean {
  return (
    end !== undefined &&
    !['internet', 'any'].includes(end) &&
    isDnsSubdomain(end) &&
    readAddress(end) === undefined
  );
}

/** Loaded here, because files need no kubectl. */
function kubectlOf(options: KubectlOptions): Kubectl {
  const { Kubectl } = require('./kubectl') as typeof import('./kubectl');
  return new Kubectl(options);
}

async function ofContext(kubectl: Kubectl): Promise<string> {
  const path = 'jsonpath={.contexts[0].context.namespace}';
  try {
    return (await kubectl.run(['config', 'view', '--minify', '--output', path])).trim();
  } catch (error) {
    // A kubectl that has no context at all may still reach a cluster: the one that it runs in.
    if (error instanceof NetworkPolicyError && error.got.includes('current-context must exist')) {
      return '';
    }
    throw error;
  }
}
