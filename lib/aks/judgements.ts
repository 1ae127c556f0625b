import type { AksClusterProfile } from './cluster-profile';
import { ENGINES } from './engines';
import { ENDS_OF_SUPPORT, type EndOfSupport } from './support-dates';

/** An answer about a cluster; `unknown` when the profile lacks a field that it needs. */
export interface ProfileAnswer<Answer extends string> {
  readonly answer: Answer | 'unknown';
  /** Why, in a sentence. */
  readonly reason: string;
}

/** Whether the cluster enforces network policies at all. */
export function enforcesPolicies({ engine }: AksClusterProfile): ProfileAnswer<'yes' | 'no'> {
  if (engine === undefined) {
    return { answer: 'unknown', reason: 'the cluster’s network policy engine is not known' };
  }
  return engine === 'none'
    ? { answer: 'no', reason: 'the cluster stores network policies and enforces none of them' }
    : { answer: 'yes', reason: `${ENGINES[engine].label} enforces network policies` };
}

/** How a part of the cluster stands to its last day of support. */
export interface SupportJudgement extends ProfileAnswer<'ended' | 'near' | 'ahead'> {
  readonly part: EndOfSupport;
}

/**
 * The parts of a cluster whose support ends, on a given day. A part that the cluster does not have is left
 * out; one that it may have is `unknown`.
 *
 * @param today `YYYY-MM-DD`
 * @param noticeDays how many days before its end a part is `near`, 0 or more
 */
export function judgeSupport(
  profile: AksClusterProfile,
  today: string,
  noticeDays = 180,
): readonly SupportJudgement[] {
  return ENDS_OF_SUPPORT.flatMap((part): readonly SupportJudgement[] => {
    const has = hasPart(profile, part);
    if (has === false) {
      return [];
    }
    if (has !== true) {
      return [{ part, answer: 'unknown', reason: `${has} not known, and ${describeEnd(part)}` }];
    }
    if (today > part.ends) {
      return [{ part, answer: 'ended', reason: describeEnd(part, 'ended') }];
    }
    const answer = today >= noticeStart(part, noticeDays) ? 'near' : 'ahead';
    return [{ part, answer, reason: describeEnd(part) }];
  });
}

/** The first day, `YYYY-MM-DD`, on which the end of support of a part is near. */
export function noticeStart({ ends }: EndOfSupport, noticeDays: number): string {
  const day = new Date(`${ends}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - noticeDays);
  return day.toISOString().slice(0, 10);
}

/** `the support of … ends on …; move to …`. */
export function describeEnd({ subject, ends, successor }: EndOfSupport, verb = 'ends'): string {
  return `the support of ${subject} ${verb} on ${ends}; move to ${successor}`;
}

/** Whether the cluster has the part; the fields that would tell where they are not known. */
function hasPart(profile: AksClusterProfile, part: EndOfSupport): boolean | string {
  const { engine, networkPlugin, windowsNodePools } = profile;
  if (part.networkPlugin !== undefined) {
    return networkPlugin === undefined ? 'the network plugin is' : networkPlugin === part.networkPlugin;
  }
  if (engine !== part.engine) {
    return engine === undefined ? 'the network policy engine is' : false;
  }
  if (part.windows !== true) {
    return true;
  }
  return windowsNodePools === undefined
    ? 'whether there are Windows node pools is'
    : windowsNodePools.length > 0;
}
