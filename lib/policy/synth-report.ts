import type { IConstruct } from 'constructs';
import { Findings } from './findings';

const reporting = new WeakSet<IConstruct>();

/**
 * Makes an app print its open findings on standard error when it has written its manifests: once a synth,
 * and never in a unit test's `Testing.synth`, which does not go through the app.
 */
export function reportAfterSynth({ root }: IConstruct['node']): void {
  if (reporting.has(root)) {
    return;
  }
  reporting.add(root);
  for (const name of ['synth', 'synthYaml'] as const) {
    const app = root as unknown as Record<typeof name, ((...args: unknown[]) => unknown) | undefined>;
    const original = app[name];
    if (original !== undefined) {
      const wrapped = (...args: unknown[]) => {
        const result = original.apply(root, args);
        print(root);
        return result;
      };
      Object.defineProperty(root, name, { value: wrapped, configurable: true, writable: true });
    }
  }
}

function print(root: IConstruct): void {
  const findings = Findings.of(root).list();
  if (findings.length === 0) {
    return;
  }
  const lines = findings.map(
    ({ code, at, message, path, source }) =>
      `  ${path} ${at}${source ? ` (${source})` : ''}\n    ${message} [${code}]\n`,
  );
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  process.stderr.write(`${count} in network policies\n${lines.join('')}`);
}
