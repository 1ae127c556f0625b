import type { IConstruct } from 'constructs';
import { Findings } from './findings';

const REPORTS = Symbol('reports findings');

/** An app as far as it concerns us; a root that is none has no synth to follow. */
type Root = IConstruct & { [REPORTS]?: true } & Partial<Record<'synth' | 'synthYaml', Synth>>;
type Synth = (...args: unknown[]) => unknown;

/**
 * Makes an app print its open findings on standard error when it has written its manifests: once a synth,
 * and never in a unit test's `Testing.synth`, which does not go through the app.
 */
export function reportAfterSynth(construct: IConstruct): void {
  const root: Root = construct.node.root;
  if (root[REPORTS] === true) {
    return;
  }
  root[REPORTS] = true;
  for (const name of ['synth', 'synthYaml'] as const) {
    const original = root[name];
    if (original !== undefined) {
      root[name] = (...args) => {
        const result = original.apply(root, args);
        print(root);
        return result;
      };
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
