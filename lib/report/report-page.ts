import type { Harmless } from '../model/harmless';
import { harmlessPieces } from '../model/harmless';
import type { Connection } from '../reachability/answers/parties';
import { connectionTable } from '../render/connection-table';
import { exposureListing } from '../render/exposure-listing';
import { exposureTable } from '../render/exposure-table';
import { sceneOf } from '../render/scene';
import { renderSvg } from '../render/svg';
import { textElement } from '../render/xml';
import { askSection, connectionFilter } from './ask-section';
import { changesSection, pictureBox } from './changes-section';
import { engineSection } from './engine-section';
import { findingSection, notJudgedSection, quantity } from './finding-section';
import { dataBlock, section, wrap } from './html';
import { htmlTable } from './html-table';
import { DATA_ID, pageData } from './page-data';
import { PAGE_STYLE } from './page-style';
import { policySection } from './policy-section';
import { contentSecurityPolicy, type Report } from './report-content';
import { verdictSection } from './verdict-section';
import { whatIfSection } from './what-if-section';

/** The page piece by piece; the same report gives the same bytes. Whatever others wrote in it commands nobody. */
export function* renderReport(report: Report): Generator<Harmless | string> {
  yield* harmlessPieces(partsOf(report));
  if (report.script !== undefined) {
    yield* harmlessPieces([dataBlock(DATA_ID, pageData(report))]);
    // The page's own code, as it was hashed.
    yield `<script>${report.script}</script>\n`;
  }
  yield '</body>\n</html>\n';
}

function* partsOf(report: Report): Generator<string> {
  const { sources, changes, reachability } = report;
  const connections = [...reachability.connections()];
  const title = `Network policies of ${sources.join(', ')}`;
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(report.script)}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield '<meta name="color-scheme" content="light dark">\n';
  yield `${textElement('title', {}, title)}\n<style>${PAGE_STYLE}</style>\n</head>\n<body>\n`;
  yield masthead(report, connections.length);
  yield '<main id="main">\n';
  yield verdictSection(report);
  yield changes === undefined ? '' : changesSection(changes);
  yield report.script === undefined ? '' : askSection();
  yield section('picture', 'Picture', pictureOf(report));
  yield exposureSection(report);
  yield findingSection(report);
  yield policySection(report);
  yield report.script === undefined ? '' : whatIfSection();
  yield connectionSection(report, connections);
  yield engineSection(report);
  yield notJudgedSection(report);
  yield '</main>\n';
  yield wrap(
    'footer',
    {},
    textElement(
      'p',
      { class: 'quiet' },
      'Written by aks-netpol report. This page asks nothing of any network.',
    ),
  );
}

/** The picture of who can reach whom; the tables have all that it shows. */
export function pictureOf({ exposures, reachability }: Pick<Report, 'exposures' | 'reachability'>): string {
  return pictureBox('Who can reach whom', exposures.length, () =>
    [...renderSvg(exposureListing(exposures, {}, sceneOf(reachability)))].join(''),
  );
}

function masthead({ sources, changes, script }: Report, connections: number): string {
  const links = [
    ...(changes === undefined ? [] : [['#changes', 'Changes']]),
    ...(script === undefined ? [] : [['#ask', 'Ask']]),
    ['#picture', 'Picture'],
    ['#exposure', 'Exposure'],
    ['#findings', 'Findings'],
    ['#policies', 'Policies'],
    ...(script === undefined ? [] : [['#what-if', 'What if']]),
    ['#connections', `Connections ${connections}`],
    ['#engines', 'Engines'],
  ].map(([href = '', text = '']) => textElement('a', { href }, text));
  return `${wrap(
    'header',
    {},
    '<a class="skip" href="#main">To the content</a>',
    wrap('h1', {}, 'Network policies of ', textElement('span', { class: 'source' }, sources.join(', '))),
    wrap('nav', { 'aria-label': 'Sections' }, ...links),
  )}\n`;
}

function exposureSection({ exposures, reachability }: Report): string {
  const open = exposures.filter(({ isolated }) => isolated.Ingress !== 'yes' || isolated.Egress !== 'yes');
  const sides = ({ isolated }: (typeof exposures)[number]) =>
    [isolated.Ingress === 'yes' ? [] : ['ingress'], isolated.Egress === 'yes' ? [] : ['egress']].flat();
  return section(
    'exposure',
    'Exposure',
    htmlTable(exposureTable(exposures, reachability), {
      caption: 'For each workload who can reach it at the most, whom it can reach, and its ways in',
      none: 'No workload is known.',
    }),
    textElement('h3', { id: 'not-isolated' }, 'Not isolated'),
    htmlTable(
      {
        columns: [
          { heading: 'workload', cell: ({ workload }) => [`${workload.namespace}/${workload.name}`] },
          { heading: 'open for', cell: (exposure) => [sides(exposure).join(' and ')] },
        ],
        rows: open,
      },
      { caption: 'Workloads that no policy isolates', none: 'Every workload is isolated both ways.' },
    ),
  );
}

function connectionSection({ reachability }: Report, connections: readonly Connection[]): string {
  return section(
    'connections',
    `Connections ${quantity(connections.length)}`,
    connectionFilter(),
    wrap(
      'div',
      { id: 'connection-table' },
      htmlTable(connectionTable(connections, reachability), {
        caption: 'Everything that is allowed or in doubt',
        none: 'Nothing is allowed.',
        marked: 'verdict',
      }),
    ),
  );
}
