import { readAddress, readCidr } from '../model/cidr';
import type { Workload } from '../model/cluster';
import { readPods } from '../model/pods-by-labels';
import type { Question, Side, Verdict } from '../reachability/answers/verdict';

/** Texts that stand in quotes as they are. */
const PLAIN = /^[\w.:/*-]+$/;

/**
 * The code that allows what a verdict denies, one line for each; none where it takes more than to allow a connection: what
 * denies, filters requests, or is not known.
 *
 * @param workloads in which the ends of the question may be
 */
export function allowingCode(verdict: Verdict, workloads: readonly Workload[]): readonly string[] {
  const { question, egress, ingress } = verdict;
  const shut = { source: isShut(egress), destination: isShut(ingress) };
  const denied = [...egress.deniedBy, ...ingress.deniedBy];
  const isOpenable = verdict.verdict === 'denied' || verdict.verdict === 'partly';
  const from = endCode(question.from, workloads);
  const to = endCode(question.to, workloads);
  const ports = portCode(question);
  const hasOutside = [from, to].some((end) => end?.startsWith('Peer.') === true);
  if (
    !isOpenable ||
    denied.length > 0 ||
    question.http !== undefined ||
    !(shut.source || shut.destination) ||
    from === undefined ||
    to === undefined ||
    ports === undefined
  ) {
    return [];
  }
  // A policy at an end that is open would isolate it.
  const sides =
    hasOutside || (shut.source && shut.destination) ? [] : [shut.source ? 'source' : 'destination'];
  return [
    `new AllowedConnection(chart, 'connection', {`,
    `  from: ${from},`,
    `  to: ${to},`,
    `  ports: [${ports}],`,
    ...sides.map((side) => `  sides: '${side}',`),
    '});',
  ];
}

function isShut({ verdict, exempt }: Side): boolean {
  return exempt === undefined && verdict !== 'allowed';
}

function endCode(end: string, workloads: readonly Workload[]): string | undefined {
  if (end.toLowerCase() === 'internet') {
    return 'Peer.allIpBlocks()';
  }
  const address = readAddress(end);
  if (address !== undefined || readCidr(end) !== undefined) {
    const block = address === undefined ? end : `${end}/${address.family === 4 ? 32 : 128}`;
    return `Peer.ipBlock('${block}')`;
  }
  const found = workloads.filter((each) => `${each.namespace}/${each.name}` === end);
  const [workload] = found;
  if (workload !== undefined && found.length === 1) {
    return podsCode(workload.name, workload.namespace, workload.labels);
  }
  const { namespaces, pods } = readPods(end, 'the question') ?? {};
  const { matchExpressions = [] } = pods ?? {};
  const labels = matchExpressions.flatMap(({ key, operator, values = [] }) =>
    operator === 'In' && values.length === 1 ? [[key, values[0] as string] as const] : [],
  );
  const [first] = labels;
  return typeof namespaces === 'string' && first !== undefined && labels.length === matchExpressions.length
    ? podsCode(first[1], namespaces, Object.fromEntries(labels))
    : undefined;
}

function podsCode(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): string | undefined {
  const entries = Object.entries(labels);
  const texts = [name, namespace, ...entries.flat()];
  if (entries.length === 0 || !texts.every((text) => PLAIN.test(text))) {
    return undefined;
  }
  const selector = entries
    .map(([key, value]) => `${/^[a-z]\w*$/i.test(key) ? key : `'${key}'`}: '${value}'`)
    .join(', ');
  return `{ name: '${name}', namespace: '${namespace}', podSelector: { ${selector} } }`;
}

function portCode({ port, protocol }: Question): string | undefined {
  if (port === undefined) {
    return protocol === undefined ? 'Port.all()' : `'*/${protocol}'`;
  }
  const text = protocol === undefined || String(port).includes('/') ? port : `${port}/${protocol}`;
  return typeof text === 'number' || /^\d+$/.test(text)
    ? String(text)
    : PLAIN.test(text)
      ? `'${text}'`
      : undefined;
}
