import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { NAMES, type Schema, schemaOf, typeOf } from './schemas';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `Same` is its name only for types that are identical, down to what is optional. */
const HEAD = `import type * as Analysis from 'cdk8s-aks-network-policy/analysis';
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Same<Name, A, B> = Identical<A, B> extends true ? Name : never;
`;

/** Each definition has to be the exported type of its name. */
function agreement({ definitions = {} }: Schema): string {
  const lines = Object.entries(definitions).flatMap(([name, schema]) => [
    `export type ${name} = ${typeOf(schema)};`,
    // Plain text with a pattern has no type of its own.
    ...(schema.type === 'string'
      ? []
      : [`export const is${name}: Same<'${name}', ${name}, Analysis.${name}> = '${name}';`]),
  ]);
  return [HEAD, ...lines].join('\n');
}

const WRONG = [
  { why: 'a field that may be missing is left out', file: 'left-out', wrong: { pods: undefined } },
  { why: 'a field is new', file: 'new', wrong: { labels: { type: 'string' } } },
  {
    why: 'a field has another type',
    file: 'other-type',
    wrong: { pods: { type: 'array', items: { type: 'integer' } } },
  },
];

function altered(wrong: object): Schema {
  const { definitions = {}, ...rest } = schemaOf('connections');
  const workload = definitions.WorkloadJson as Schema;
  const properties = JSON.parse(JSON.stringify({ ...workload.properties, ...wrong }));
  return { ...rest, definitions: { ...definitions, WorkloadJson: { ...workload, properties } } };
}

/** What the compiler says of all of them: one start of it, because it reads the library anew each time. */
let messages: readonly string[] = [];

const files = [
  ...NAMES.map((name) => ({ file: name, text: () => agreement(schemaOf(name)) })),
  ...WRONG.map(({ file, wrong }) => ({ file, text: () => agreement(altered(wrong)) })),
];

beforeAll(() => {
  for (const { file, text } of files) {
    writeFileSync(join(folder, `${file}.ts`), text());
  }
  const config = {
    extends: relative(folder, join(ROOT, 'tsconfig.json')),
    include: [],
    files: files.map(({ file }) => `${file}.ts`),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout, stderr } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' });
  // A message goes on in indented lines.
  messages = `${stdout}${stderr}`.split(/^(?=\S)/m).filter((message) => message !== '');
});

/** What is said of a file, and of none of the others. */
function disagreements(file: string): string {
  const others = files.filter((each) => each.file !== file).map((each) => `/${each.file}.ts(`);
  return messages.filter((message) => !others.some((other) => message.includes(other))).join('');
}

test.each(NAMES)('the schema of %s says what the exported types say', (name) => {
  expect(disagreements(name)).toBe('');
});

test.each(WRONG)('they differ when $why', ({ file }) => {
  expect(disagreements(file)).toMatch(/'"WorkloadJson"' is not assignable to type 'never'/);
});
