import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Yaml } from 'cdk8s';
import { validateNetworkPolicy } from '../../lib/model/check-policy';
import type { NetworkPolicy } from '../../lib/model/network-policy';

/** What an example app leaves behind: its files as text, its objects, and what it printed as findings. */
export interface SynthesizedApp {
  readonly files: Record<string, string>;
  readonly objects: readonly object[];
  readonly policies: readonly NetworkPolicy[];
  readonly printed: string;
}

/** Runs an example app's `main.ts` as `cdk8s synth` would, into a folder that is gone afterwards. */
export function synthesizeApp(folder: string): SynthesizedApp {
  const outdir = mkdtempSync(join(tmpdir(), 'app-'));
  const { CDK8S_OUTDIR } = process.env;
  process.env.CDK8S_OUTDIR = outdir;
  const printed: string[] = [];
  const spy = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    jest.isolateModules(() => require(resolve('apps', folder, 'main.ts')));
    const names = readdirSync(outdir)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
    const objects = names.flatMap((name) => Yaml.load(join(outdir, name)) as NetworkPolicy[]);
    return {
      files,
      objects,
      policies: objects.filter(({ kind }) => kind === 'NetworkPolicy'),
      printed: printed.join(''),
    };
  } finally {
    spy.mockRestore();
    rmSync(outdir, { recursive: true });
    if (CDK8S_OUTDIR === undefined) {
      delete process.env.CDK8S_OUTDIR;
    } else {
      process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
    }
  }
}

/** Expects manifests that the API server accepts, with every finding acknowledged. */
export function expectSound({ policies, printed }: SynthesizedApp): void {
  expect(policies.flatMap((policy) => validateNetworkPolicy(policy))).toEqual([]);
  expect(printed).toBe('');
}
