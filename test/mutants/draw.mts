import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Random } from '../bench/random.js';
import { parentheses } from './drawn.mjs';

type Logger = ConstructorParameters<typeof Instrumenter>[0];

const quiet = new Proxy({} as Logger, { get: () => () => false });

/** What is mutated in a file or a folder. */
export function filesOf(path: string): string[] {
  if (statSync(path).isFile()) {
    return [path];
  }
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(path, name));
}

/** Every mutant of some files, in a fixed order. */
export async function mutantsOf(files: readonly string[]): Promise<readonly Mutant[]> {
  const contents = [...new Set(files.map((file) => resolve(file)))]
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [parentheses] };
  return (await new Instrumenter(quiet).instrument(contents, options)).mutants;
}

/** Some of a list by chance, each with the same probability. */
export function draw<T>(list: readonly T[], count: number, random: Random): T[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, list.length) }, () =>
    left.splice(random.below(left.length), 1),
  ).flat();
}
