import type { IConstruct } from 'constructs';
import { Findings } from './findings';
import { findTwins } from './twins';

// In the global registry, so that two copies of the package in one app watch it once.
const WATCHED = Symbol.for('cdk8s-aks-network-policy.watched');

/** An app as far as it concerns us; a root that is none has no synth to follow. */
type Root = IConstruct & { [WATCHED]?: true } & Partial<Record<'synth' | 'synthYaml', Synth>>;
type Synth = (...args: unknown[]) => unknown;

/**
 * Watches the app of a construct, once: synth fails where two policies share a name, and prints the open
 * findings on standard error when it has written its manifests. A unit test's `Testing.synth` does not go
 * through the app and prints nothing.
 */
export function watchApp(construct: IConstruct): void {
  const root: Root = construct.node.root;
  if (root[WATCHED] === true) {
    return;
  }
  Object.defineProperty(root, WATCHED, { value: true });
  root.node.addValidation({ validate: () => findTwins(root) });
  for (const name of ['synth', 'synthYaml'] as const) {
    const original = root[name];
    if (original !== undefined) {
      const value = (...args: unknown[]) => {
        const result = original.apply(root, args);
        print(root);
        return result;
      };
      Object.defineProperty(root, name, { value, configurable: true, writable: true });
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
