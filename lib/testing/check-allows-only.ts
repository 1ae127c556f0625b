import { appendAll } from '../model/collections';
import { inside, placeOf } from '../model/place';
import { checkFields, isList, isMap, type Problems, refuseIf } from '../model/problem';
import { explain } from '../reachability/answers/explanation';
import { PartyWords } from '../reachability/answers/party-words';
import type { Reachability } from '../reachability/reachability';
import { KNOWN_ONLY } from '../render/notes';
import { type AskedConnection, readConnection } from './asked-ends';
import { type Check, unreadableManifests } from './check';
import { type Flow, includes, without, withoutNameResolution } from './flows';
import { ListedConnection } from './listed-connection';
import { judgeSubject, type Subject } from './subject';
import { describeFlows } from './told-flows';

interface Deviation {
  readonly certain: boolean;
  readonly text: string;
}

/**
 * Whether these connections are allowed and no others. Pods that no manifest declares count as well: those that policies
 * let in or out must be among the listed pods by labels.
 *
 * Between workloads a connection must be allowed as a whole. Addresses and pods by labels are an upper bound: at least some
 * of them must be allowed. Traffic of a pod with itself, with nodes, and DNS queries to AKS's CoreDNS are ignored.
 *
 * @param expected ends are a workload, `ns/workload`, an address, a CIDR (`0.0.0.0/0` for every address) or `internet`;
 *   or pods by their labels: `any`, `ns/*`, `ns/app=web`, `*\/app=web` or `{ namespaces, pods }`
 * @throws NetworkPolicyError `end-unreadable`, `end-unknown`, `selector-unreadable`, `port-unreadable`,
 *   `protocol-unknown`, `type-mismatch`, `field-unknown`
 */
export function checkAllowsOnly(subject: Subject, expected: readonly AskedConnection[]): Check {
  refuseIf((found) => checkExpected(expected, found));
  const asked = expected.map((each, i) => readConnection(each, String(placeOf(inside(EXPECTED, i)))));
  const { reachability, problems } = judgeSubject(subject);
  if (problems.length > 0) {
    return unreadableManifests(problems);
  }
  const { knownOnly } = reachability;
  if (isAboutNobody(reachability)) {
    return { pass: false, certain: false, message: textOf(['There is nothing to judge.'], knownOnly) };
  }
  const listed = asked.map((question) => new ListedConnection(question, reachability.judged.cluster));
  const missing = listed.flatMap((each) => missingFrom(reachability, each));
  const surplus = surplusIn(reachability, listed);
  const deviations = [...missing, ...surplus];
  if (deviations.length === 0) {
    const count = asked.length === 1 ? '1 connection is' : `${asked.length} connections are`;
    return { pass: true, certain: true, message: textOf([`${count} allowed, and no other.`], knownOnly) };
  }
  return {
    pass: false,
    // One certain deviation is enough.
    certain: deviations.some(({ certain }) => certain),
    message: textOf(
      [...section('Expected, and not allowed:', missing), ...section('Allowed, and not expected:', surplus)],
      knownOnly,
    ),
  };
}

const EXPECTED = 'the expected connections';

/** Unknown fields are refused, because a misspelt port would mean every port. */
function checkExpected(expected: unknown, problems: Problems): void {
  if (!isList(expected, EXPECTED, problems)) {
    return;
  }
  for (const [i, question] of expected.entries()) {
    if (isMap(question, inside(EXPECTED, i), problems)) {
      checkFields(question, ['from', 'to', 'port', 'protocol'], inside(EXPECTED, i), problems);
    }
  }
}

/** Whether there are no pods to judge, so that every claim would hold. */
function isAboutNobody({ judged: { cluster }, knownOnly }: Reachability): boolean {
  const isAboutPossible = !knownOnly && cluster.policies.length > 0;
  return !isAboutPossible && cluster.workloads.every(({ assumed }) => assumed === true);
}

function textOf(lines: readonly string[], knownOnly: boolean): string {
  return [...lines, ...(knownOnly ? [KNOWN_ONLY.line] : [])].join('\n');
}

function section(heading: string, deviations: readonly Deviation[]): string[] {
  return deviations.length === 0
    ? []
    : [heading, ...deviations.map(({ text }) => `  ${text.replaceAll('\n', '\n    ')}`)];
}

function missingFrom(reachability: Reachability, { question, isBound }: ListedConnection): Deviation[] {
  const verdict = reachability.verdict(question);
  const isOpen = verdict.verdict === 'allowed' || (verdict.verdict === 'partly' && isBound);
  return isOpen ? [] : [{ certain: verdict.verdict !== 'unknown', text: explain(verdict) }];
}

function surplusIn(reachability: Reachability, listed: readonly ListedConnection[]): Deviation[] {
  const { space } = reachability.judged.world.possible;
  const certain: Flow[] = [];
  const inDoubt: Flow[] = [];
  for (const connection of reachability.connections({ groupBy: 'workload' })) {
    let left = withoutNameResolution(connection);
    for (const each of listed) {
      left = left.flatMap((flow) => without(flow, each, space));
    }
    appendAll(connection.verdict === 'allowed' ? certain : inDoubt, left);
  }
  const wide = certain.filter(({ from, to }) => (from.possible ?? to.possible) !== undefined);
  const shown = (flows: readonly Flow[]) =>
    flows.filter((flow) => !wide.some((each) => includes(each, flow)));
  const words = PartyWords.of(reachability.judged);
  return [
    ...describeFlows(shown(certain), words).map((text) => ({ certain: true, text })),
    ...describeFlows(shown(inDoubt), words).map((text) => ({ certain: false, text: `${text} (unknown)` })),
  ];
}
