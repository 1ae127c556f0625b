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

/** What the codes mean for a verb. */
type Meanings = Partial<Record<keyof typeof EXIT_CODE, string>>;

const UNREAD = 'some of the input could not be read, or wrong usage';
const NO_ANSWER = 'with --cluster: it could not be asked, or its answer not read';
const LISTED: Meanings = { yes: 'all of it was read', cannotJudge: UNREAD, noCluster: NO_ANSWER };
const JUDGED: Meanings = {
  yes: 'allowed',
  no: 'denied, or allowed in part',
  cannotJudge: `the verdict is unknown, ${UNREAD}`,
  noCluster: NO_ANSWER,
};
const NO_SUCH_CLUSTER = 'the cluster could not be asked, or its answer not read';
const INTERRUPTED = 'interrupted with Ctrl-C';
const CHANGED: Meanings = {
  yes: 'all is done, or there was nothing to do',
  no: 'refused by the cluster, by a finding or by you, or not all was done',
  cannotJudge: UNREAD,
  noCluster: NO_SUCH_CLUSTER,
  interrupted: INTERRUPTED,
};

/** What each verb tells the shell. */
const OF_VERBS: Readonly<Record<string, Meanings>> = {
  connections: LISTED,
  exposure: LISTED,
  report: LISTED,
  reach: JUDGED,
  explain: JUDGED,
  diff: {
    yes: 'both versions were read; with --exit-code: and nothing changes',
    no: 'with --exit-code: something changes',
    cannotJudge: `${UNREAD}; with --exit-code also: whether something changes is unknown`,
  },
  lint: {
    yes: 'no finding as serious as --fail-on says',
    no: 'there is such a finding',
    cannotJudge: UNREAD,
    noCluster: NO_ANSWER,
  },
  list: { ...LISTED, noCluster: NO_SUCH_CLUSTER },
  show: { ...LISTED, noCluster: NO_SUCH_CLUSTER },
  import: {
    yes: 'every policy was imported',
    cannotJudge: `a policy was not imported, ${UNREAD}`,
    noCluster: NO_ANSWER,
  },
  convert: { yes: 'every policy has a twin', no: 'a policy has none', cannotJudge: UNREAD },
  apply: CHANGED,
  create: CHANGED,
  delete: CHANGED,
  drift: {
    yes: 'the cluster is as the manifests say',
    no: 'it is not',
    cannotJudge: UNREAD,
    noCluster: NO_SUCH_CLUSTER,
  },
  doctor: {
    yes: 'the policies that are there are enforced',
    no: 'some of them are not',
    cannotJudge: 'whether they are is unknown',
    noCluster: NO_SUCH_CLUSTER,
  },
  init: {
    yes: 'what was missing is written',
    cannotJudge: `there is no such project, ${UNREAD}`,
    noCluster: NO_ANSWER,
  },
  completion: { yes: 'the script was written', cannotJudge: 'wrong usage' },
};

/** The table of a verb as its `--help` shows it; of no verb, that of all of them. */
export function exitCodesOf(verb: string): string {
  const meanings = Object.hasOwn(OF_VERBS, verb) ? OF_VERBS[verb] : undefined;
  if (meanings === undefined) {
    return EXIT_CODES;
  }
  const rows = Object.entries(meanings).map(([word, meaning]) => {
    const code = String(EXIT_CODE[word as keyof typeof EXIT_CODE]);
    return `  ${code.padEnd(3)}  ${meaning}\n`;
  });
  return `\nExit codes:\n${rows.join('')}`;
}
