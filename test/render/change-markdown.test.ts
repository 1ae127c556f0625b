import type { ChangeWord } from '../../lib/diff/connection-change';
import type { EntryWord } from '../../lib/diff/entry-change';
import { type ChangeReport, renderChangeMarkdown, tellsOfChanges } from '../../lib/render/change-markdown';
import { literal } from '../../lib/render/markdown';
import { PROBLEM } from './lint-answer';

interface Row {
  readonly change: ChangeWord | EntryWord;
  readonly from?: readonly string[];
}

const row = (change: Row['change'], ...from: string[]): Row => ({
  change,
  from: from.length === 0 ? ['a', 'b'] : from,
});

function page(rows: readonly Row[], more: Partial<ChangeReport<Row>> = {}): string {
  return [
    ...renderChangeMarkdown<Row>({
      head: { lines: ['opens 1; closes 1', 'entry points: 1 new'], json: {} },
      columns: [
        { heading: 'change', cell: ({ change }) => [change] },
        { heading: 'from', cell: ({ from = [] }) => from },
        { heading: 'by', cell: ({ from = [] }) => from, isBelow: true },
      ],
      rows,
      verdicts: [],
      ...more,
    }),
  ].join('');
}

test('what opens comes first, what closes is folded, and no cell breaks its line', () => {
  const rows = [
    row('removed'),
    row('added'),
    row('closed'),
    row('unknown'),
    row('entry-added'),
    row('opened'),
  ];
  expect(page(rows, { picture: '```mermaid\ngraph LR\n```' })).toMatchInlineSnapshot(`
"**Network policies: opens 1; closes 1**

- entry points: 1 new

### Opens: 2

| change | from | by |
| --- | --- | --- |
| entry-added | a, b | a; b |
| opened | a, b | a; b |

\`\`\`mermaid
graph LR
\`\`\`

### Not known: 1

| change | from | by |
| --- | --- | --- |
| unknown | a, b | a; b |

<details><summary>Closes: 1</summary>

| change | from | by |
| --- | --- | --- |
| closed | a, b | a; b |

</details>

<details><summary>With workloads that are new: 1</summary>

| change | from | by |
| --- | --- | --- |
| added | a, b | a; b |

</details>

<details><summary>With workloads that are gone: 1</summary>

| change | from | by |
| --- | --- | --- |
| removed | a, b | a; b |

</details>
"
`);
});

test.each([
  { why: 'pass', verdicts: { opened: 'passed', closed: 'passed' }, says: '**all gates pass**' },
  {
    why: 'fail',
    verdicts: { opened: 'failed', internet: 'failed' },
    says: '**gates opened and internet fail**',
  },
  {
    why: 'are not known',
    verdicts: { opened: 'failed', closed: 'unknown' },
    says: '**gate opened fails; gate closed cannot be judged**',
  },
] as const)('gates that $why', ({ verdicts, says }) => {
  const all = Object.entries(verdicts).map(([gate, outcome]) => ({ gate: gate as 'opened', outcome }));
  const gates = all.map(({ gate }) => ({ line: `Gate ${gate}.`, json: {} }));
  const text = page([], { verdicts: all, gates, notes: [...gates, { line: 'Known pods only.', json: {} }] });
  expect(text).toContain(`\n\n${says}\n\n- Gate ${all[0]?.gate}.\n`);
  expect(text.match(/Gate opened\./g)).toHaveLength(1);
  expect(text).toContain('\nKnown pods only.\n');
});

test('what could not be read is the verdict, with its place', () => {
  const text = page([row('opened')], { problems: [PROBLEM] });
  expect(text).toMatch(
    /^\*\*Could not judge all of it: 1 problem with the input, so more may change\.\*\* Of what/,
  );
  expect(text).toContain('| where | problem |');
  expect(text).toContain('policies/broken.yaml:4:16');
});

describe.each([
  {
    why: 'many rows',
    rows: (word: Row['change']) => Array.from({ length: 3000 }, () => row(word, 'x'.repeat(90))),
  },
  {
    why: 'a row that fills the page',
    rows: (word: Row['change']) => [row(word, 'x'.repeat(70_000)), row(word)],
  },
])('of $why', ({ rows }) => {
  const words = ['opened', 'unknown', 'closed', 'added', 'removed'] as const;
  const text = page(words.flatMap(rows), {
    problems: Array.from({ length: 3000 }, () => PROBLEM),
    notes: [{ line: 'y'.repeat(70_000), json: {} }],
    picture: 'z'.repeat(50_000),
  });

  test('no more is written than a comment takes', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
  });

  test('what is left out is named', () => {
    for (const what of [
      'problems',
      'rows of opens',
      'rows of not known',
      'rows of closes',
      'sentences',
      'picture',
    ]) {
      expect(text).toMatch(new RegExp(`(…and \\d+ more|nothing is said here of .*\\d+) ${what}`));
    }
    // What is begun is ended.
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

test.each([
  { host: 'a milestone of GitLab', text: '%12', not: /%\d/ },
  { host: 'a milestone by its name', text: '%"x"', not: /%"/ },
  { host: 'an issue by its other name', text: 'GH-12', not: /GH-\d/ },
  { host: 'a picture of a word', text: ':tada:', not: /:tada:/ },
  { host: 'a person', text: '@team', not: /@t/ },
])('$host is text', ({ text, not }) => {
  expect(literal(text)).not.toMatch(not);
  expect(literal(text).replaceAll('&#8203;', '')).toBe(text);
});

test('a page knows whether it tells of changes', () => {
  expect([page([]), page([row('opened')]), page([row('closed', '### x')])].map(tellsOfChanges)).toEqual([
    false,
    true,
    true,
  ]);
  const lines = { head: { lines: ['### x\n<details>', '### x\n### y'], json: {} } };
  expect(tellsOfChanges(page([], { ...lines, problems: [{ ...PROBLEM, got: '\n### x' }] }))).toBe(false);
});

test('places keep their look', () => {
  expect(literal('main.ts:11:5 · dist/a.yaml:1')).toBe('main.ts:11:5 · dist/a.yaml:1');
});
