import { CIDR_FLAW_CODES } from '../model/ip-block';
import type { ManifestProblem } from '../model/manifest-problem';
import type { OtherPolicyKind } from '../model/other-policies';
import { Collector } from './collector';
import { ObjectOrigin } from './origin';
import { type ReadManifests, readingOf } from './read-manifests';

/** What a cluster answers when it is asked for the objects of a kind: some of them, or why it does not. */
export type LivePart =
  | { readonly kind: string; readonly apiVersion: string; readonly objects: readonly object[] }
  | {
      readonly kind: string;
      readonly problem: ManifestProblem;
      /** The namespaces in which its objects could be listed all the same. */
      readonly except?: readonly string[];
    }
  /** A kind on which no verdict is founded, and which could not be listed. */
  | { readonly unlisted: string }
  /** A kind of policies that is not judged, and could not be listed. */
  | { readonly hidden: OtherPolicyKind };

const ORIGIN = new ObjectOrigin({});

/**
 * Reads the objects of a live cluster as they come, so that only what matters of each stays in memory. A kind
 * that could not be listed stands among the unreadable.
 */
export async function readLive(
  parts: AsyncIterable<LivePart>,
  ignoredKinds: readonly string[] = [],
): Promise<ReadManifests> {
  // What the cluster holds its API server has taken, whatever a newer one says.
  const collector = new Collector({
    isUnique: true,
    accepted: [...CIDR_FLAW_CODES, 'status-superfluous'],
    ignoredKinds,
  });
  const unlisted: string[] = [];
  for await (const part of parts) {
    if ('unlisted' in part) {
      unlisted.push(part.unlisted);
    } else if ('hidden' in part) {
      collector.hide(part.hidden);
    } else if ('problem' in part) {
      collector.fail(part.problem, part.kind, part.except);
    } else {
      const { kind, apiVersion, objects } = part;
      for (const object of objects) {
        // The API server leaves both out in a list.
        collector.add({ kind, apiVersion, ...object }, ORIGIN);
      }
    }
  }
  return { ...readingOf(collector), ...(unlisted.length === 0 ? {} : { unlisted }) };
}
