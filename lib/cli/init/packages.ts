import type { InitFile } from './starter';

/** What the program of a project needs, and what checks it. */
const NEEDED = ['cdk8s', 'cdk8s-aks-network-policy', 'constructs'];
const CHECKING = ['@types/jest', '@types/node', 'cdk8s-cli', 'jest'];
/** What Jest reads TypeScript with, and what else a new project runs it with. */
export const TRANSFORMERS = ['@swc/core', '@swc/jest'];
export const RUNNERS = ['tsx', 'typescript'];

/** This package's own file, which names versions that work together. */
interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function ownManifest(): Manifest {
  return require('../../../package.json') as Manifest;
}

/** `package.json` of a new project. */
export function newManifest(folder: string): InitFile {
  const versions = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, versionOf(name)]));
  const manifest = {
    name: packageName(folder),
    private: true,
    scripts: { synth: 'cdk8s synth', test: 'jest', check: 'tsc' },
    dependencies: versions(NEEDED),
    devDependencies: versions([...CHECKING, ...TRANSFORMERS, ...RUNNERS].sort()),
  };
  return {
    name: 'package.json',
    what: 'the packages that it needs',
    text: `${JSON.stringify(manifest, null, 2)}\n`,
  };
}

/**
 * The commands that install what a project lacks; none where it lacks nothing.
 *
 * @param runs the packages that run what was written
 */
export function installing(packages: readonly string[], runs: readonly string[]): readonly string[] {
  const lacking = (names: readonly string[]) => names.filter((name) => !packages.includes(name));
  return [
    ['npm install', lacking(NEEDED)] as const,
    ['npm install --save-dev', lacking([...CHECKING, ...runs])] as const,
  ].flatMap(([command, names]) => (names.length === 0 ? [] : [`${command} ${names.join(' ')}`]));
}

function versionOf(name: string): string {
  const { version, devDependencies } = ownManifest();
  const known = name === 'cdk8s-aks-network-policy' ? version : (devDependencies[name] ?? '*');
  return /^\d/.test(known) ? `^${known}` : known;
}

/** The name of a folder as npm takes it for a package. */
function packageName(folder: string): string {
  const name = folder.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
  return name.replaceAll(/^-+|-+$/g, '') || 'network-policies';
}
