import { quoted } from '../../codegen/literals';
import { moduleClassName } from '../../codegen/module';
import type { ContainerPort, Workload } from '../../model/cluster';
import { PortSet } from '../../model/port-set';
import type { Outcome } from '../../reachability/answers/verdict';
import type { Reachability } from '../../reachability/reachability';
import { type InitFile, importing, policiesFile } from './starter';

/** A question that the test asks, and its answer today. */
interface Row {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly outcome: Outcome;
}

/** So many rows a person still reads; what is denied between workloads is left out beyond. */
const MOST_ROWS = 200;

/**
 * A test of who can reach whom in a namespace today: each workload and the internet, on the ports that
 * are open and those that containers declare.
 *
 * @param today by the policies and the workloads that the test reads, so that it passes as it is written
 * @param file with the manifests of the workloads
 */
export function connectivityTest(
  namespace: string,
  today: Reachability,
  workloads: readonly Workload[],
  file: string,
): InitFile {
  const all = rowsOf(namespace, today, workloads);
  const rows = all.length > MOST_ROWS ? all.filter(isWorthMore) : all;
  const [allowed, denied] = [rowsWith(rows, 'allowed'), rowsWith(rows, 'denied')];
  const open = all.filter(({ outcome }) => outcome !== 'allowed' && outcome !== 'denied').length;
  const name = moduleClassName(namespace);
  return {
    name: `${policiesFile(namespace)}.test.ts`,
    what: `a test of who can reach whom today: ${allowed.length} connections that are allowed, ${denied.length} that are denied`,
    text: `${importing('cdk8s-aks-network-policy/jest')}
${importing('node:path', '{ join }')}
${importing('cdk8s', '{ Testing }')}
${importing(`./${policiesFile(namespace)}`, `{ ${name} }`)}

// Who could reach whom by these policies when this file was written, as the Kubernetes specification has it. Policies of other
// namespaces and of other kinds than NetworkPolicy are not in it.${open === 0 ? '' : ` Left out: ${open} that depend on the port, or on what is not known.`}
const namespace = [new ${name}(Testing.app()), join(__dirname, ${quoted(file)})];
${tableOf('$from reaches $to on $port', 'toAllow', allowed)}${tableOf('$from does not reach $to on $port', 'toDeny', denied)}
test('who can reach whom is what it was', () => {
  expect(namespace).toMatchConnectivitySnapshot();
});
`,
  };
}

function rowsOf(namespace: string, today: Reachability, workloads: readonly Workload[]): readonly Row[] {
  // What is on its node's network is in reach of no policy.
  const judged = workloads.filter(({ hostNetwork }) => !hostNetwork);
  const ends = judged.map(({ name, ports }) => ({ name: `${namespace}/${name}`, ports }));
  return [
    ...ends.flatMap((to) =>
      [...ends.filter((from) => from !== to).map(({ name }) => name), 'internet'].flatMap((from) =>
        rowsBetween(today, from, to.name, to.ports),
      ),
    ),
    ...ends.flatMap(({ name }) => rowsBetween(today, name, 'internet', [])),
  ];
}

/** One row where all ports are alike; else one for each range that is open, and for each declared port that is not. */
function rowsBetween(
  today: Reachability,
  from: string,
  to: string,
  declared: readonly Pick<ContainerPort, 'port' | 'protocol'>[],
): readonly Row[] {
  const outcome = today.outcome({ from, to });
  if (outcome === 'allowed' || outcome === 'denied') {
    return [{ from, to, port: '*', outcome }];
  }
  const { ports } = today.verdict({ from, to });
  const open = ports.ranges().map(({ protocol, first, last }): Row => {
    return { from, to, port: String(PortSet.range(protocol, first, last)), outcome: 'allowed' };
  });
  const others = declared.filter(({ port, protocol }) => !ports.has(protocol, port));
  const shut = [...new Set(others.map(({ port, protocol }) => `${port}/${protocol}`))].map(
    (port): Row => ({ from, to, port, outcome: today.outcome({ from, to, port }) }),
  );
  return open.length + shut.length === 0 ? [{ from, to, port: '*', outcome }] : [...open, ...shut];
}

/** What is open, and whether the internet is, is worth more than who else is shut out. */
function isWorthMore({ from, outcome }: Row): boolean {
  return outcome === 'allowed' || from === 'internet';
}

const rowsWith = (rows: readonly Row[], wanted: Outcome) => rows.filter(({ outcome }) => outcome === wanted);

function tableOf(title: string, matcher: 'toAllow' | 'toDeny', rows: readonly Row[]): string {
  if (rows.length === 0) {
    return '';
  }
  const lines = rows.map(
    ({ from, to, port }) => `  { from: ${quoted(from)}, to: ${quoted(to)}, port: ${quoted(port)} },\n`,
  );
  return `
test.each([
${lines.join('')}])('${title}', ({ from, to, port }) => {
  expect(namespace).${matcher}(from, to, port);
});
`;
}
