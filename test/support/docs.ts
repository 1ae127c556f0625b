import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** A block of code on a page. */
export interface Block {
  readonly language: string;
  /** What stands behind the language: the file that it is, or `test`. */
  readonly name: string;
  readonly code: string;
  /** The text of the section in which it stands, from one heading of the second level to the next. */
  readonly section: string;
}

/** Every page for people, by its path from the root. */
export const PAGES: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...['lib', 'apps'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file))
      .sort(),
  ),
];

export function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The blocks of a page in a language, or of all languages. */
export function blocks(page: string, language?: string): Block[] {
  return textOf(page)
    .split(/^(?=## )/m)
    .flatMap((section) =>
      [...section.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
        ([, language = '', name = '', code = '']) => ({ language, name, code, section }),
      ),
    )
    .filter((block) => language === undefined || block.language === language);
}

/** The blocks that are a program of their own, each with the name of a file for it. */
export function programs(page: string): (Block & { readonly file: string })[] {
  return blocks(page, 'ts')
    .filter(({ name }) => name !== 'test')
    .map((block, index) => ({ ...block, file: `${page.replace(/\W/g, '-')}-${index}.ts` }));
}

/** The links of a page to files of this repository: a path from the root, or none for the page itself, and an anchor. */
export function links(page: string): { readonly path: string; readonly anchor: string }[] {
  const text = textOf(page).replace(/^```.*?^```$/gms, '');
  return [...text.matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].map(([, path = '', anchor = '']) => ({
    path: path === '' ? page : join(page, '..', path),
    anchor,
  }));
}

/** The anchors of pages that were asked for: thousands of links lead to some. */
const ANCHORS = new Map<string, ReadonlySet<string>>();

/** The anchors of a page: those that GitHub makes of its headings, numbered where one is there already, and its own. */
export function anchors(page: string): ReadonlySet<string> {
  const earlier = ANCHORS.get(page);
  if (earlier !== undefined) {
    return earlier;
  }
  const text = textOf(page).replace(/^```.*?^```$/gms, '');
  const known = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id as string));
  for (const [, heading = ''] of text.matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-');
    let numbered = anchor;
    for (let number = 1; known.has(numbered); number += 1) {
      numbered = `${anchor}-${number}`;
    }
    known.add(numbered);
  }
  ANCHORS.set(page, known);
  return known;
}
