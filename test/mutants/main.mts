import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { LogLevel, Mutant, MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { Random } from '../bench/random.js';
import { draw, filesOf, mutantsOf } from './draw.mjs';

const USAGE = `npm run mutants -- PATH... [--sample N] [--seed S] [--all]

Changes a drawn place of the files at a time, such as a flipped condition or a dropped block, and runs the tests that
reach it. What no test notices is printed. Tests are those of the files' rooms, test/ROOM; with --all, every suite.
`;

/** Suites that take seconds and look from far, left out: they start compilers and programs, or read corpora. */
const SLOW = [
  'test/bench/*',
  'test/docs.test.ts',
  'test/render/schema-types.test.ts',
  'test/cli/process.test.ts',
  'test/validation/synth.test.ts',
];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      all: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) {
    console.log(USAGE);
    return;
  }
  const all = await mutantsOf(positionals.flatMap(filesOf));
  const drawn = draw(all, Number(values.sample), new Random(Number(values.seed)));
  const suites = values.all ? ['{test,apps}'] : roomsOf(drawn).map((room) => `test/${room}`);
  console.log(`${drawn.length} of ${all.length} mutants, --seed ${values.seed}`);
  console.log(`Tests in ${suites.join(', ')}, without ${SLOW.join(', ')}`);
  report(drawn.length === 0 ? [] : await tryOut(drawn, suites));
}

/** The folders of tests about some mutants: test/ mirrors lib/. */
function roomsOf(mutants: readonly Mutant[]): string[] {
  return [
    ...new Set(mutants.map(({ fileName }) => relative('lib', fileName).replace(/(\/|\.ts$).*/, ''))),
  ].sort();
}

async function tryOut(drawn: readonly Mutant[], suites: readonly string[]) {
  const testMatch = [
    ...suites.map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
    ...SLOW.map((suite) => `!**/${suite}`),
  ];
  const stryker = new Stryker({
    // Stryker counts lines from 0, and in this option from 1.
    mutate: drawn.map(({ fileName, location: { start, end } }) => {
      const range = `${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
      return `${relative('.', fileName)}:${range}`;
    }),
    plugins: ['@stryker-mutator/jest-runner', fileURLToPath(new URL('drawn.mjs', import.meta.url))],
    checkers: ['drawn'],
    ignorers: ['parentheses'],
    drawn: drawn.map(({ id, ...mutant }) => mutant),
    warnings: false,
    testRunner: 'jest',
    jest: { config: { testMatch } },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Machines are shared: only what hangs is late.
    timeoutMS: 30_000,
    reporters: ['dots'],
    logLevel: 'warn' as LogLevel,
    // Both would have Stryker read TypeScript with a compiler that it does not know.
    disableTypeChecks: false,
    tsconfigFile: '',
    tempDirName: 'dist/mutants',
    cleanTempDir: 'always',
    ignorePatterns: ['/build', '/dist', '/cdktf.out', '/coverage'],
  });
  return (await stryker.runMutationTest()).filter(({ status }) => status !== 'CompileError');
}

/** Prints what survived. A mutant that breaks a whole suite, or makes it hang, is noticed as well. */
function report(results: readonly MutantResult[]): void {
  const survivors = results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const order = ({ fileName, location }: MutantResult) => [fileName, 1e6 + location.start.line].join(':');
  for (const each of [...survivors].sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const { before, after } = change(each);
    const reached = each.status === 'NoCoverage' ? ' (no test reaches it)' : '';
    console.log(
      `\n${relative('.', each.fileName)}:${each.location.start.line}${reached}\n  - ${before}\n  + ${after}`,
    );
  }
  const killed = results.length - survivors.length;
  const late = results.filter(({ status }) => status === 'Timeout').length;
  console.log(`\n${killed} of ${results.length} killed, ${late} of them because tests hung`);
}

/** The lines of a mutant as they are and as it makes them, each laid out as one. */
function change({ fileName, location: { start, end }, replacement }: MutantResult) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const [head, tail] = [lines[0]?.slice(0, start.column - 1), lines.at(-1)?.slice(end.column - 1)];
  const line = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 200);
  return { before: line(lines.join(' ')), after: line(`${head}${replacement}${tail}`) };
}

// For people: what survives fails nothing.
main().catch((error: unknown) => console.error(String(error)));
