import { loadAll } from 'js-yaml';
import { expectWords } from './harmless-text';
import { labelsOfDot, readXml } from './picture-readers';
import { githubCommands } from './pipelines';
import { runModule } from './run-module';

/** An output as whoever it is for reads it; throws where it is none. */
type Read = (text: string) => void | Promise<void>;

/** How each format is read, and what must not be in it. */
export const READ = {
  text: expectWords,
  table: expectWords,
  human: expectWords,
  json: (text) => {
    expectWords(text);
    JSON.parse(text);
  },
  sarif: (text) => {
    expectWords(text);
    const { results } = JSON.parse(text).runs[0];
    for (const { message, locations } of results) {
      expect(message.text.replace('[the manifest](1)', '')).not.toMatch(/(?<!\\)\]\(/);
      for (const { physicalLocation } of locations) {
        expect(decodeURIComponent(physicalLocation.artifactLocation.uri)).not.toBe('');
        expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
      }
    }
  },
  junit: (text) => {
    expectWords(text);
    readXml(text);
  },
  svg: (text) => {
    expectWords(text);
    const names = new Set(readXml(text).map(({ name }) => name));
    expect(PLAIN_SVG).toEqual(expect.arrayContaining([...names]));
  },
  dot: async (text) => {
    expectWords(text);
    await labelsOfDot(text);
  },
  // Mermaid's own parser needs a browser: `npm run test:browser` has it read these.
  mermaid: (text) => {
    expectWords(text);
    expect(text.split('\n').filter((line) => !MERMAID_LINE.test(line))).toEqual([]);
  },
  matrix: expectWords,
  github: (text) => {
    const [last, ...commands] = text.trimEnd().split('\n').reverse();
    expectWords(`${last}\n`);
    expect(commands.filter((line) => !/^::(error|warning|notice) (file|title)=[^:]*::/.test(line))).toEqual(
      [],
    );
    expect(githubCommands(text)).toHaveLength(commands.length);
  },
  gcc: (text) => {
    expectWords(text);
    const lines = text.trimEnd().split('\n');
    expect(
      lines.filter((line) => !/^(.+:\d+:\d+|aks-netpol): (error|warning|note): .* \[[\w-]+\]$/.test(line)),
    ).toEqual([]);
  },
  csv: (text) => {
    expectWords(text);
    const [headings = [], ...rows] = readCsv(text);
    expect(rows.filter(({ length }) => length !== headings.length)).toEqual([]);
    const cells = rows.flat().filter((cell) => !/^[-+]( [a-z]+)?$/.test(cell));
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
  },
  markdown: (text) => {
    expectWords(text);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    const columns = (row: string) => row.replaceAll(/\\[\s\S]/g, '').split('|').length;
    expect(new Set(rows.map(columns)).size).toBeLessThanOrEqual(text.includes('| problem |') ? 2 : 1);
    const bare = text
      .replaceAll(/\\[\s\S]/g, '')
      .replaceAll('&#8203;', '·')
      .replaceAll(/<\/?(details|summary|br)>/g, '');
    expect(bare).not.toMatch(/@(?!·)|[#!]\d|:\/\/|www\.|[<&`\]]|~(?! )/);
  },
  yaml: (text) => {
    expectWords(text);
    loadAll(text);
  },
  typescript: (text) => {
    expectWords(text);
    runModule(text);
  },
} satisfies Record<string, Read>;

export type Format = keyof typeof READ;

/** What a picture is made of: nothing that runs, and nothing that is fetched. */
const PLAIN_SVG = 'svg title desc style rect text g path polygon circle'.split(' ');

/** What a line of a picture in Mermaid may be; a quoted text has no mark in it but numbers of characters. */
const MERMAID_LINE = new RegExp(
  [
    'graph LR',
    'subgraph b\\d+\\[TEXT\\]',
    'end',
    'n\\d+(\\[TEXT\\]|\\[\\[TEXT\\]\\]|\\{\\{TEXT\\}\\}|\\(\\[TEXT\\]\\)|>TEXT\\]|\\[/TEXT\\\\\\])(:::dashed)?',
    'note\\d+\\[TEXT\\]:::note',
    'n\\d+ (-->|==>|-\\.->)\\|TEXT\\| n\\d+',
    'linkStyle [\\d,]+ stroke-dasharray:[\\d ]+',
    'classDef \\w+ stroke-dasharray:[\\d ]+',
    '',
  ]
    .map((form) => `^ *${form.replaceAll('TEXT', '"([^"#<>`*_]|#\\d+;)*"')}$`)
    .join('|'),
);

/** Records of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') {
      rows.push([]);
    }
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}
