import { filled } from '../model/defined';
import { CIDR_FLAW_CODES } from '../model/ip-block';
import type { ManifestProblem } from '../model/manifest-problem';
import type { OtherPolicyKind } from '../model/other-policies';
import { Collector } from './collector';
import { ObjectOrigin } from './origin';
import { type ReadManifests, readingOf } from './read-manifests';

/** A cluster's answer to a list of one kind: some of the objects, or why there are none. */
export type LivePart =
  | { readonly kind: string; readonly apiVersion: string; readonly objects: readonly object[] }
  | {
      readonly kind: string;
      readonly problem: ManifestProblem;
      /** The namespaces in which its objects could be listed. */
      readonly except?: readonly string[];
    }
  /** A kind that could not be listed, and that no verdict depends on. */
  | { readonly unlisted: string }
  /** A kind of policies that could not be listed, and that is not judged. */
  | {
      readonly hidden: OtherPolicyKind;
      /** The namespaces in which its objects could be listed. */
      readonly except?: readonly string[];
    };

const ORIGIN = new ObjectOrigin({});

/**
 * Reads the objects of a live cluster as they arrive, so that only the relevant part of each stays in memory. A kind that
 * could not be listed is unreadable.
 *
 * @param isWhole whether every object of the kinds that are read was asked for
 */
export async function readLive(
  parts: AsyncIterable<LivePart>,
  isWhole: boolean,
  ignoredKinds: readonly string[] = [],
): Promise<ReadManifests> {
  // The cluster's API server has accepted these objects, even if a newer one would refuse them.
  const collector = new Collector({
    isLive: true,
    accepted: [...CIDR_FLAW_CODES, 'status-superfluous'],
    ignoredKinds,
  });
  const unlisted: string[] = [];
  let isListed = isWhole;
  for await (const part of parts) {
    if ('unlisted' in part) {
      unlisted.push(part.unlisted);
      isListed = false;
    } else if ('hidden' in part) {
      collector.hide(part.hidden, part.except);
    } else if ('problem' in part) {
      collector.fail(part.problem, part.kind, part.except);
      isListed = false;
    } else {
      const { kind, apiVersion, objects } = part;
      for (const object of objects) {
        // In a list the API server omits both.
        collector.add({ kind, apiVersion, ...object }, ORIGIN);
      }
    }
  }
  collector.hasEveryPart = isListed;
  const read = readingOf(collector);
  return {
    ...read,
    ...(isWhole ? { cluster: { ...read.cluster, isLive: true } } : {}),
    ...filled({ unlisted }),
  };
}
