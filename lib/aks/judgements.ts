import { dayAfter } from '../model/day';
import type { AksClusterProfile } from './cluster-profile';
import { ENGINES } from './engines';
import { ENDS_OF_SUPPORT, type EndOfSupport } from './support-dates';

/** An answer about a cluster; `unknown` if the profile lacks a field that it needs. */
export interface ProfileAnswer<Answer extends string> {
  readonly answer: Answer | 'unknown';
  readonly reason: string;
}

/** Whether the cluster enforces network policies. */
export function enforcesPolicies({ engine }: AksClusterProfile): ProfileAnswer<'yes' | 'no'> {
  if (engine === undefined) {
    return { answer: 'unknown', reason: 'the cluster’s network policy engine is not known' };
  }
  return engine === 'none'
    ? { answer: 'no', reason: 'the cluster stores network policies and enforces none of them' }
    : { answer: 'yes', reason: `${ENGINES[engine].label} enforces network policies` };
}

/** Whether support of a part of the cluster has ended, or ends soon. */
export interface SupportJudgement extends ProfileAnswer<'ended' | 'near' | 'ahead'> {
  readonly part: EndOfSupport;
}

/**
 * The parts of a cluster whose support ends. Parts that the cluster does not have are left out; parts that it may have
 * are `unknown`.
 *
 * @param today `YYYY-MM-DD`
 * @param noticeDays from how many days before its end a part is `near`, 0 or more
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
    const answer = today >= dayAfter(part.ends, -noticeDays) ? 'near' : 'ahead';
    return [{ part, answer, reason: describeEnd(part) }];
  });
}

/** `the support of … ends on …; move to …`. */
export function describeEnd({ subject, ends, successor }: EndOfSupport, verb = 'ends'): string {
  return `the support of ${subject} ${verb} on ${ends}; move to ${successor}`;
}

/** Whether the cluster has the part; a text for what is not known. */
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
