import fc from 'fast-check';
import { fittedWidths } from '../../lib/render/column-widths';
import { foldCell, foldText } from '../../lib/render/fold-lines';
import { renderTable } from '../../lib/render/table';

const fold = (text: string, width: number) => [...foldText([text], width)].join('');
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

describe('text', () => {
  test.each([
    { why: 'what fits stays', text: 'a b\n', width: 3, folded: 'a b\n' },
    {
      why: 'a line goes on indented',
      text: 'one two three\nfour\n',
      width: 7,
      folded: 'one two\n  three\nfour\n',
    },
    {
      why: 'and a little more than it was',
      text: '  - one two three\n',
      width: 11,
      folded: '  - one two\n    three\n',
    },
    {
      why: 'columns keep their gaps',
      text: 'error  rule  shop/web\n',
      width: 12,
      folded: 'error  rule\n  shop/web\n',
    },
    {
      why: 'a word that is wider stays whole',
      text: 'see /a/long/way.yaml now\n',
      width: 10,
      folded: 'see\n  /a/long/way.yaml\n  now\n',
    },
    {
      why: 'colours take no room',
      text: '\u001b[31merror\u001b[39m one two\n',
      width: 9,
      folded: '\u001b[31merror\u001b[39m one\n  two\n',
    },
    { why: 'a line that has not ended does not end', text: 'one two', width: 4, folded: 'one\n  two' },
    { why: 'many blanks at the end are nothing', text: `a${' '.repeat(200_000)}\n`, width: 5, folded: 'a\n' },
    { why: 'empty lines stay', text: '\n\na\n', width: 5, folded: '\n\na\n' },
  ])('$why', ({ text, width, folded }) => {
    expect(fold(text, width)).toBe(folded);
  });

  test('a line may come in pieces', () => {
    expect([...foldText(['one ', 'two', ' three\n', 'four'], 7)].join('')).toBe('one two\n  three\nfour');
  });

  const line = fc
    .array(fc.stringMatching(/^ {0,3}[a-z/.-]{0,12}$/), { maxLength: 12 })
    .map((all) => all.join(' '));

  test('nothing is lost, and only words that are wider than a line are wider', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const found = fold(`${text}\n`, width);
        expect(words(found)).toEqual(words(text));
        const long = found.split('\n').filter((each) => each.length > width);
        expect(long.filter((each) => words(each).length > 1)).toEqual([]);
      }),
    );
  });
});

describe('a cell', () => {
  test.each([
    { why: 'breaks at blanks', text: 'app=web in shop', width: 10, lines: ['app=web in', '  shop'] },
    {
      why: 'cuts a name that is wider behind a seam',
      text: 'payments/orders-worker',
      width: 12,
      lines: ['payments/', '  orders-', '  worker'],
    },
    { why: 'or anywhere', text: 'abcdefghijkl', width: 6, lines: ['abcdef', '  ghij', '  kl'] },
    { why: 'has no indent where there is no room', text: 'abcdef', width: 3, lines: ['abc', 'def'] },
  ])('$why', ({ text, width, lines }) => {
    expect(foldCell(text, width)).toEqual(lines);
  });

  test('is never wider than its column, and keeps every letter', () => {
    const cell = fc.stringMatching(/^[a-z /.-]{0,60}$/);
    fc.assert(
      fc.property(cell, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = foldCell(text, width);
        expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('widths', () => {
  const column = (natural: number, unbroken = natural, heading = 4) => ({ natural, unbroken, heading });

  test.each([
    {
      why: 'what fits keeps its width, and the last has the rest',
      columns: [column(5), column(6)],
      room: 20,
      widths: [5, 15],
    },
    { why: 'narrow columns keep theirs', columns: [column(5), column(60, 10)], room: 30, widths: [5, 25] },
    {
      why: 'wide ones share',
      columns: [column(50, 10), column(5), column(60, 10)],
      room: 46,
      widths: [20, 5, 21],
    },
    {
      why: 'no word is cut without need',
      columns: [column(30, 30), column(40, 5)],
      room: 40,
      widths: [30, 10],
    },
    { why: 'no heading is cut', columns: [column(90, 90, 12), column(90, 90, 4)], room: 20, widths: [12, 8] },
    {
      why: 'where headings do not fit there is no help',
      columns: [column(9, 9, 9), column(9, 9, 9)],
      room: 17,
      widths: undefined,
    },
  ])('$why', ({ columns, room, widths }) => {
    expect(fittedWidths(columns, room)).toEqual(widths);
  });
});

describe('a table', () => {
  const listing = (rows: readonly (readonly [string, readonly string[]])[]) => ({
    name: 'rows',
    head: { lines: ['opens 1; closes 2; more'], json: {} },
    columns: [
      { heading: 'from', cell: ([from]: readonly [string, readonly string[]]) => [from] },
      { heading: 'to', cell: ([, to]: readonly [string, readonly string[]]) => to },
      { heading: 'ports', cell: () => ['80/TCP'] },
    ],
    rows,
    toJson: (row: unknown) => row,
  });
  const rows = [['shop/web', ['payments/orders-worker', 'shop/db']] as const, ['a/b', ['c/d']] as const];

  test('folds within its columns, and so that the next row is seen', () => {
    expect(`\n${[...renderTable(listing(rows), { width: 30 })].join('')}`).toBe(`
opens 1; closes 2; more

FROM      TO            PORTS
shop/web  payments/     80/TCP
            orders-
            worker
          shop/db
a/b       c/d           80/TCP
`);
  });

  test('does not where it has room, or nobody says how wide it is', () => {
    const wide = [...renderTable(listing(rows))].join('');
    expect([...renderTable(listing(rows), { width: 60 })].join('')).toBe(wide);
    expect(wide).toContain('payments/orders-worker  80/TCP');
  });

  test('folds rows after those that its columns were measured by', () => {
    const many = Array.from({ length: 1200 }, () => ['a/b', ['c/d']] as const);
    const long = ['x/'.repeat(30), ['c/d']] as const;
    const found = [...renderTable(listing([...many, long]), { width: 40 })].join('').split('\n');
    expect(found.filter((each) => each.length > 40)).toEqual([]);
    expect(found.join('').replaceAll(/[^x]/g, '')).toHaveLength(30);
  });
});
