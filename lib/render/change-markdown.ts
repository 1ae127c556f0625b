import type { ChangeWord } from '../diff/connection-change';
import type { EntryWord } from '../diff/entry-change';
import type { GateVerdict } from '../diff/gates';
import type { ManifestProblem } from '../model/manifest-problem';
import { count, listWords } from '../model/word-list';
import type { Column, Note, Tabular } from './listing';
import { MarkdownPage, MOST_BYTES, markdownText, row } from './markdown-page';

type Word = ChangeWord | EntryWord;

/** A difference for a comment or a job's summary. */
export interface ChangeReport<Row extends { readonly change: Word }> extends Tabular<Row> {
  /** What the gates say; left out where none was asked. */
  readonly gates?: readonly Note[];
  readonly verdicts: readonly Pick<GateVerdict, 'gate' | 'outcome'>[];
  /** What could not be read of either version, so that more may change. @default all was read */
  readonly problems?: readonly ManifestProblem[];
  /** A picture as a block of Markdown; it stands behind what opens. @default none */
  readonly picture?: string;
}

/** The parts of the page in the order in which a reviewer asks for them. */
const PARTS: readonly {
  readonly title: string;
  readonly words: readonly Word[];
  readonly isFolded?: true;
}[] = [
  { title: 'Opens', words: ['opened', 'widened', 'changed', 'entry-added', 'entry-changed'] },
  { title: 'Not known', words: ['unknown'] },
  { title: 'Closes', words: ['closed', 'narrowed', 'entry-removed'], isFolded: true },
  { title: 'With workloads that are new', words: ['added'], isFolded: true },
  { title: 'With workloads that are gone', words: ['removed'], isFolded: true },
];

/**
 * The verdict, the gates, what opens, and folded what else changes. Each host shows it alike: no line break in a table, and a
 * blank line behind each summary.
 */
export function* renderChangeMarkdown<Row extends { readonly change: Word }>({
  head,
  notes = [],
  gates = [],
  verdicts,
  problems = [],
  columns,
  rows,
  picture,
}: ChangeReport<Row>): Generator<string> {
  const page = new MarkdownPage();
  const [first = '', ...more] = head?.lines ?? [];
  yield page.line(
    problems.length === 0
      ? `**Network policies: ${markdownText(first)}**\n`
      : `**Could not judge all of it: ${count(problems.length, 'problem')} with the input, so more may change.** Of what could be read: ${markdownText(first)}\n`,
  );
  yield* page.section(
    '\n',
    [...more].map((line) => `- ${markdownText(line)}\n`),
    'lines',
    '',
    MOST_BYTES / 4,
  );
  if (verdicts.length > 0) {
    yield page.line(`\n**${markdownText(gatesInBrief(verdicts))}**\n`);
    yield* page.section(
      '\n',
      gates.map(({ line }) => `- ${markdownText(line)}\n`),
      'gates',
      '',
      MOST_BYTES / 4,
    );
  }
  yield* page.problems(problems);
  const others = notes.filter((note) => !gates.includes(note)).map(({ line }) => `${markdownText(line)}\n`);
  yield* page.section('\n', others, 'sentences about what was read', '', MOST_BYTES / 4);
  const all = [...rows];
  const headings = columns.map(({ heading }) => heading);
  for (const { title, words, isFolded } of PARTS) {
    const part = all.filter(({ change }) => words.includes(change));
    if (part.length > 0) {
      const name = `${title}: ${part.length}`;
      const [begin, end] = isFolded
        ? [`\n<details><summary>${name}</summary>\n`, '\n</details>\n']
        : [`\n### ${name}\n`, ''];
      const most = isFolded ? Number.POSITIVE_INFINITY : (MOST_BYTES * 2) / 3;
      yield* page.section(
        begin,
        part.map((each) => cells(each, columns)),
        `rows of ${title.toLowerCase()}`,
        end,
        most,
        headings,
      );
    }
    if (words.includes('opened') && picture !== undefined) {
      yield* page.section('', [`\n${picture}\n`], 'picture', '', MOST_BYTES / 3);
    }
  }
  yield* page.end();
}

/** Whether such a page tells of any change; no text of others begins a line. */
export function tellsOfChanges(page: string): boolean {
  return /^(### |<details>)/m.test(page);
}

/** `gates opened and internet fail; gate closed cannot be judged`, `all gates pass` */
function gatesInBrief(verdicts: ChangeReport<never>['verdicts']): string {
  const said = (
    [
      ['failed', 'fail'],
      ['unknown', 'cannot be judged'],
    ] as const
  ).flatMap(([outcome, what]) => {
    const names = verdicts.filter((each) => each.outcome === outcome).map(({ gate }) => gate);
    const verb = names.length === 1 && what === 'fail' ? 'fails' : what;
    return names.length === 0 ? [] : [`${names.length === 1 ? 'gate' : 'gates'} ${listWords(names)} ${verb}`];
  });
  return said.length === 0 ? 'all gates pass' : said.join('; ');
}

/** Line breaks in a cell are shown as text by some hosts. */
function cells<Row>(each: Row, columns: readonly Column<Row>[]): string {
  return row(
    columns.map(({ cell, isBelow }) =>
      cell(each)
        .map(markdownText)
        .join(isBelow ? '; ' : ', '),
    ),
  );
}
