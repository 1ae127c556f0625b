import type { ProblemCode } from '../model/problem';
import type { Outcome } from '../reachability/answers/verdict';

/** What the shell is told, the same for every verb. */
export const EXIT_CODE = { yes: 0, no: 1, cannotJudge: 2, noCluster: 3, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];

/** The exit code of a verdict. */
export const EXIT_CODE_OF: Readonly<Record<Outcome, ExitCode>> = {
  allowed: EXIT_CODE.yes,
  denied: EXIT_CODE.no,
  partly: EXIT_CODE.no,
  unknown: EXIT_CODE.cannotJudge,
};

/** The errors after which there is no cluster to ask, or none to believe. */
export const NO_CLUSTER: readonly ProblemCode[] = [
  'kubectl-missing',
  'cluster-unreachable',
  'not-signed-in',
  'answer-unreadable',
];

/** The table as `--help` shows it. */
export const EXIT_CODES = `
Exit codes:
  ${EXIT_CODE.yes}    allowed; all of it read; done; no finding from --fail-on on, no change with --exit-code, no drift
  ${EXIT_CODE.no}    denied, or allowed in part; refused, or not all done; such a finding, such a change, drift
  ${EXIT_CODE.cannotJudge}    could not judge: an unknown verdict, unreadable input, wrong usage
  ${EXIT_CODE.noCluster}    the cluster could not be asked, or its answer not read, for verbs that ask one
  ${EXIT_CODE.interrupted}  interrupted with Ctrl-C
`;
