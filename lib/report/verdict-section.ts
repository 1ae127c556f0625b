import { ENGINES } from '../aks/engines';
import { SEVERITIES, type Severity } from '../model/finding';
import type { PolicyType } from '../model/network-policy';
import { count } from '../model/word-list';
import type { Exposure } from '../reachability/answers/list-exposure';
import { textElement } from '../render/xml';
import { wrap } from './html';
import type { Report } from './report-content';

/** The first thing that a reader sees: how far it is open, in one sentence, and what was found in one line. */
export function verdictSection(report: Report): string {
  return `${wrap(
    'section',
    { id: 'verdict', 'aria-label': 'Verdict' },
    wrap('p', { class: 'verdict' }, ...sentence(report)),
    wrap('p', { class: 'facts' }, ...facts(report)),
    textElement('p', { class: 'quiet' }, engineLine(report)),
  )}\n`;
}

const figure = (text: string, href: string, isOpen: boolean) =>
  textElement('a', { href, class: isOpen ? 'figure open' : 'figure' }, text);

function sentence({ engine, exposures, reachability }: Report): readonly string[] {
  if (exposures.length === 0) {
    return ['No workload is known, so there is nobody to reach.'];
  }
  const judge = engine === undefined ? 'By the specification' : `On ${ENGINES[engine].label}`;
  const exposed = exposures.filter(({ internet }) => !internet.isEmpty);
  const open = exposures.filter(({ unknownPods }) => !unknownPods.isEmpty);
  const reached = (some: readonly Exposure[]) =>
    figure(
      some.length === 0 ? 'no workload' : `${some.length} of ${count(exposures.length, 'workload')}`,
      '#exposure',
      some.length > 0,
    );
  const pods = isSame(exposed, open) ? figure('the same', '#exposure', true) : reached(open);
  return [
    textElement('span', {}, `${judge}, the internet can reach `),
    reached(exposed),
    ...(reachability.knownOnly ? [] : [' and any pod ', pods]),
    '. ',
    ...isolation(exposures),
  ];
}

function isSame(some: readonly Exposure[], others: readonly Exposure[]): boolean {
  return some.length > 0 && some.length === others.length && some.every((each) => others.includes(each));
}

function isolation(exposures: readonly Exposure[]): readonly string[] {
  const open = (type: PolicyType) => exposures.filter(({ isolated }) => isolated[type] !== 'yes').length;
  const [into, out] = [open('Ingress'), open('Egress')];
  if (into + out === 0) {
    return ['Every workload is ', figure('isolated both ways', '#exposure', false), '.'];
  }
  return [
    figure(into === 0 ? 'None' : String(into), '#not-isolated', into > 0),
    ' not isolated for ingress, ',
    figure(out === 0 ? 'none' : String(out), '#not-isolated', out > 0),
    ' for egress.',
  ];
}

const SIGNS: Readonly<Record<Severity, string>> = { error: '✕', warning: '▲', info: '·' };

function facts({ lint, reachability }: Report): readonly string[] {
  const { findings, acknowledged, problems } = lint;
  const found = SEVERITIES.map((severity) => {
    const { length } = findings.filter((each) => each.severity === severity);
    return [severity, length] as const;
  }).filter(([, length]) => length > 0);
  const unknown = reachability.notJudged.length;
  return [
    ...(found.length === 0 ? [textElement('span', {}, 'no findings')] : []),
    ...found.map(([severity, length]) =>
      textElement(
        'a',
        { href: '#findings', class: `severity-${severity}` },
        `${SIGNS[severity]} ${count(length, severity)}`,
      ),
    ),
    ...(acknowledged.length === 0 ? [] : [textElement('span', {}, `${acknowledged.length} accepted`)]),
    ...(unknown === 0
      ? []
      : [
          textElement(
            'a',
            { href: '#not-judged', class: 'doubtful' },
            `? ${count(unknown, 'object')} not judged`,
          ),
        ]),
    ...(problems.length === 0
      ? []
      : [
          textElement(
            'a',
            { href: '#not-judged', class: 'severity-error' },
            `✕ ${count(problems.length, 'problem')} with the input`,
          ),
        ]),
  ];
}

function engineLine({ engine, reachability }: Report): string {
  const counted = 'What is unknown counts as open in these figures.';
  const known = reachability.knownOnly ? ' Pods that no manifest tells of are left out.' : '';
  if (engine === undefined) {
    return `No engine is named, so the Kubernetes specification judges; engines depart from it. ${counted}${known}`;
  }
  return engine === 'none'
    ? `The cluster stores network policies and enforces none of them. ${counted}${known}`
    : `${ENGINES[engine].label} judges, with the ways in which it departs from the specification. ${counted}${known}`;
}
