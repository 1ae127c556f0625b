import { judgeSupport } from '../../aks/judgements';
import { CLUSTER } from '../context';
import type { LintRule } from '../lint-rule';

/** A change of engine reimages every node and wants a migration of policies: two years are near. */
const NOTICE_DAYS = 730;

const SEVERITIES = { ended: 'error', near: 'warning', ahead: 'info' } as const;

export const endOfSupport: LintRule = {
  id: 'end-of-support',
  severity: 'warning',
  summary: 'the support of a part of the cluster ends, or has ended',
  fix: 'plan the move, and judge the policies by the new engine before: set it in the profile and run this again',
  needs: ({ profile: { engine, networkPlugin } }) =>
    engine === undefined && networkPlugin === undefined
      ? 'the profile names neither the network policy engine nor the network plugin'
      : undefined,
  *check({ profile, today }) {
    for (const { answer, reason } of judgeSupport(profile, today, NOTICE_DAYS)) {
      if (answer !== 'unknown') {
        yield { object: CLUSTER, severity: SEVERITIES[answer], message: reason };
      }
    }
  },
};
