import { CIDR_FLAW_CODES } from '../model/ip-block';
import type { ManifestProblem } from '../model/manifest-problem';
import { Collector } from './collector';
import { ObjectOrigin } from './origin';
import { type ReadManifests, readingOf } from './read-manifests';

/** What a cluster answers when it is asked for the objects of a kind: a page of them, or why it does not. */
export type LivePart =
  | { readonly page: object }
  | { readonly kind: string; readonly problem: ManifestProblem };

/**
 * Reads the objects of a live cluster, page by page, so that only what matters of each stays in memory. A kind
 * that could not be listed stands among the unreadable.
 */
export async function readLive(parts: AsyncIterable<LivePart>): Promise<ReadManifests> {
  const collector = new Collector('default', CIDR_FLAW_CODES);
  for await (const part of parts) {
    if ('page' in part) {
      collector.add(part.page, new ObjectOrigin({}));
    } else {
      collector.fail(part.problem, part.kind);
    }
  }
  return readingOf(collector);
}
