import type { ManifestText } from '../manifests/inputs';
import { NetworkPolicyError, show } from '../model/problem';
import { Kubectl } from './live/kubectl';
import type { Ended } from './live/kubectl-process';

/**
 * What kustomize makes of folders, one after the other. It is a part of kubectl that asks no cluster; it fetches remote
 * bases by itself.
 *
 * @throws NetworkPolicyError `kustomize-failed`
 */
export async function builtBy(folders: readonly string[]): Promise<ManifestText[]> {
  const kubectl = new Kubectl({});
  const texts: ManifestText[] = [];
  for (const folder of folders) {
    const { isDone, stdout, stderr } = await kubectl.kustomize(folder).catch(unstarted);
    if (!isDone) {
      throw failed(folder, stderr.trim());
    }
    texts.push({ file: `kubectl kustomize ${folder}`, text: stdout });
  }
  return texts;
}

/** A kubectl that is missing is told as a build that failed, because nobody asked for a cluster. */
function unstarted(error: unknown): Ended & { readonly stdout: string } {
  if (error instanceof NetworkPolicyError && error.code === 'kubectl-missing') {
    return { isDone: false, stdout: '', stderr: `${error.problem}; ${error.fix}` };
  }
  throw error;
}

function failed(folder: string, said: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'kustomize-failed',
    at: `-k ${folder}`,
    got: show(folder),
    problem: `kubectl does not build it: ${said}`,
    fix: 'try kubectl kustomize with this folder',
  });
}
