import type { PortSet } from '../../model/port-set';
import { readPort } from '../../model/port-text';
import { NetworkPolicyError } from '../../model/problem';
import { explanation } from '../../reachability/answers/explanation';
import type { Connection } from '../../reachability/answers/parties';
import type { Reachability } from '../../reachability/reachability';
import { connectionTable } from '../../render/connection-table';
import { connectionsOfNamespace } from '../../render/namespace-connections';
import { textElement } from '../../render/xml';
import { wrap } from '../html';
import { htmlTable } from '../html-table';

/** The answer to a question, in the words of `explain`. */
export function answerTo(reachability: Reachability, from: string, to: string, port: string): string {
  return orProblem(() => {
    const verdict = reachability.verdict({ from, to, ...(port === '' ? {} : { port }) });
    const [headline = '', ...lines] = explanation(verdict);
    return wrap(
      'div',
      { class: `answer verdict-${verdict.verdict}` },
      textElement('p', { class: 'headline' }, headline),
      ...lines.map((line) => textElement('p', {}, line)),
    );
  });
}

/** Who reaches a workload, whom it reaches, and which policies select it. */
export function workloadAnswer(reachability: Reachability, workload: string, port: string): string {
  return orProblem(() => {
    const policies = reachability.policiesSelecting(workload);
    const open = port === '' ? undefined : portsOf(port);
    const rows = (filter: { readonly from?: string; readonly to?: string }) =>
      [...reachability.connections(filter)].filter(({ ports }) => open?.overlaps(ports) ?? true);
    const on = port === '' ? '' : ` on ${port}`;
    const [into, out] = [rows({ to: workload }), rows({ from: workload })];
    return [
      textElement('h3', {}, workload),
      policies.length === 0
        ? textElement('p', {}, 'No policy selects it.')
        : wrap(
            'p',
            {},
            'Selected by ',
            policies
              .map(
                ({ policy, directions }) =>
                  `${textElement('a', { href: `#policies/${policy}` }, policy)} ${textElement('span', { class: 'quiet-word' }, `(${directions.join(', ')})`)}`,
              )
              .join(', '),
            '.',
          ),
      rowsHtml(into, reachability, `Who reaches ${workload}${on}`, 'Nobody reaches it.'),
      rowsHtml(out, reachability, `Whom ${workload} reaches${on}`, 'It reaches nobody.'),
    ].join('');
  });
}

/** Which connections are wanted. */
export interface WantedConnections {
  readonly namespace?: string;
  readonly direction?: string;
  readonly port?: string;
}

export function connectionRows(reachability: Reachability, wanted: WantedConnections): readonly Connection[] {
  const { namespace = '', direction = '', port = '' } = wanted;
  const end = `${namespace}/*`;
  const rows =
    namespace === ''
      ? reachability.connections()
      : direction === ''
        ? connectionsOfNamespace(namespace, reachability)
        : reachability.connections(direction === 'into' ? { to: end } : { from: end });
  const open = port === '' ? undefined : portsOf(port);
  return [...rows].filter(({ ports }) => open?.overlaps(ports) ?? true);
}

export function rowsHtml(
  rows: readonly Connection[],
  reachability: Reachability,
  caption: string,
  none: string,
): string {
  return htmlTable(connectionTable(rows, reachability, {}), { caption, none, marked: 'verdict' });
}

/** @throws NetworkPolicyError `port-unreadable` for what is no number */
function portsOf(text: string): PortSet {
  const asked = readPort(text);
  if ('name' in asked) {
    throw new NetworkPolicyError({
      code: 'port-unreadable',
      at: 'port',
      got: text,
      problem: 'this is a name, and rows have numbers',
      fix: 'write a number, such as 5432 or 53/UDP',
    });
  }
  return asked.ports;
}

/** What is wrong with a question is its answer; anything else is a mistake of this program. */
export function orProblem(answer: () => string): string {
  try {
    return answer();
  } catch (error) {
    if (error instanceof NetworkPolicyError) {
      return textElement('p', { class: 'problem' }, error.message);
    }
    throw error;
  }
}
