import { execFileSync } from 'node:child_process';
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

/** What the compiler says when each definition has to be the exported type of its name. */
function disagreements({ definitions = {} }: Schema): string {
  const lines = Object.entries(definitions).flatMap(([name, schema]) => [
    `export type ${name} = ${typeOf(schema)};`,
    // Plain text with a pattern has no type of its own.
    ...(schema.type === 'string'
      ? []
      : [`export const is${name}: Same<'${name}', ${name}, Analysis.${name}> = '${name}';`]),
  ]);
  writeFileSync(join(folder, 'agreement.ts'), [HEAD, ...lines].join('\n'));
  const config = {
    extends: relative(folder, join(ROOT, 'tsconfig.json')),
    include: [],
    files: ['agreement.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test.each(NAMES)('the schema of %s says what the exported types say', (name) => {
  expect(disagreements(schemaOf(name))).toBe('');
});

test.each([
  { why: 'a field that may be missing is left out', wrong: { pods: undefined } },
  { why: 'a field is new', wrong: { labels: { type: 'string' } } },
  { why: 'a field has another type', wrong: { pods: { type: 'array', items: { type: 'integer' } } } },
])('they differ when $why', ({ wrong }) => {
  const { definitions = {}, ...rest } = schemaOf('connections');
  const workload = definitions.WorkloadJson as Schema;
  const properties = JSON.parse(JSON.stringify({ ...workload.properties, ...wrong }));
  const altered = { ...rest, definitions: { ...definitions, WorkloadJson: { ...workload, properties } } };
  expect(disagreements(altered)).toMatch(/'"WorkloadJson"' is not assignable to type 'never'/);
});
