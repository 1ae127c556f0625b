import { NetworkPolicyError } from '../model/problem';
import { Kubectl } from './kubectl';
import type { SourceOptions } from './source-options';

/** Where a verb looks for what names no namespace. */
export interface NamespaceOptions extends SourceOptions {
  readonly namespace?: string;
}

/** Kubernetes' own, where nothing names another. */
const DEFAULT = 'default';

/** What `--namespace` says; else, for a live cluster, what kubectl's context says; else `default`. */
export async function namespaceOf(options: NamespaceOptions): Promise<string> {
  if (options.namespace !== undefined) {
    return options.namespace;
  }
  return options.cluster === true ? (await ofContext(new Kubectl(options))) || DEFAULT : DEFAULT;
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
