import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const LIB = join(__dirname, '../lib');

interface Step {
  readonly file: string;
  readonly name: string;
}

const textOf = (file: string) => readFileSync(join(LIB, file), 'utf8');

/** The walks of the page, by their titles. */
function walksIn(page: string): readonly { readonly title: string; readonly steps: readonly Step[] }[] {
  const [, section = ''] = page.split(/^## Five walks$/m);
  const [walks = ''] = section.split(/^## /m);
  return walks
    .split(/^### /m)
    .slice(1)
    .map((walk) => ({
      title: walk.slice(0, walk.indexOf('\n')),
      steps: [...walk.matchAll(/^\d+\. (?:`([^`]+)` `(\w+)`)?/gm)].map(([, file = '', name = '']) => ({
        file,
        name,
      })),
    }));
}

/** Whether a file has a function, a class, a constant or a method of a name. */
function declares({ file, name }: Step): boolean {
  const declared = String.raw`^(export )?(abstract |async )*(function\*?|class|const) ${name}\b`;
  const method = String.raw`^ {2}(public |private |static |async |\*)+${name}\(`;
  return new RegExp(`${declared}|${method}`, 'm').test(textOf(file));
}

/** What a file imports of this library, at once, when it runs, or as a type. */
function importsOf(file: string): readonly string[] {
  const found = [...textOf(file).matchAll(/(?:\bfrom |\brequire\()'(\.[^']+)'/g)];
  return found.map(([, path = '']) => `${posix.join(posix.dirname(file), path)}.ts`);
}

/** Whether a step is where one before it is, or one import away from there. */
function follows({ file }: Step, before: readonly Step[]): boolean {
  return before.some(
    (other) =>
      other.file === file || importsOf(other.file).includes(file) || importsOf(file).includes(other.file),
  );
}

const WALKS = walksIn(textOf('README.md'));

test('there are five walks', () => {
  expect(WALKS.map(({ title }) => title)).toEqual([
    'From a rule to its manifest',
    'From a file to a verdict',
    'From two folders to a difference',
    'From a file to SARIF',
    'From a cluster to apply',
  ]);
});

describe.each(WALKS)('$title', ({ steps }) => {
  test('takes some steps, and at most eight', () => {
    expect(steps.length).toBeGreaterThan(4);
    expect(steps.length).toBeLessThan(9);
  });

  test('has names that are there', () => {
    expect(steps.filter((step) => !declares(step))).toEqual([]);
  });

  test('goes from each step to one that it has to do with', () => {
    expect(steps.filter((step, i) => i > 0 && !follows(step, steps.slice(0, i)))).toEqual([]);
  });
});

test('a name that is nowhere, or a file that nobody imports, would be told', () => {
  const first = { file: 'cli/program.ts', name: 'nobody' };
  expect(declares(first)).toBe(false);
  expect(follows({ file: 'yaml/scanner.ts', name: 'Scanner' }, [first])).toBe(false);
});
