import type { IConstruct } from 'constructs';
import { Shared } from '../model/shared';
import { INTENT } from '../model/side-file';
import { isJudgedBySynth } from './under-synth';

// Shared, so that an app is watched once, even with two copies of this package.
const WATCHED = new Shared<true>('watched');

// Loaded at synth, because unit tests of charts need none of it.
const intent = () => require('./intent') as typeof import('./intent');
const sideFile = () => require('./write-side-file') as typeof import('./write-side-file');
const findings = () => require('./print-findings') as typeof import('./print-findings');
const twins = () => require('./duplicate-policies') as typeof import('./duplicate-policies');

/** The root of a construct tree; one that is not an app has no synth. */
type Root = IConstruct & { readonly outdir?: string } & Partial<Record<'synth' | 'synthYaml', Synth>>;
type Synth = (...args: unknown[]) => unknown;

/**
 * Watches the app of a construct: synth fails if two policies share a name, and afterwards it writes the side file and
 * prints the open findings on standard error. `Testing.synth` in unit tests does not synthesize the app and does neither.
 */
export function watchApp(construct: IConstruct): void {
  const root: Root = construct.node.root;
  if (WATCHED.of(root) === true) {
    return;
  }
  WATCHED.set(root, true);
  INTENT.set(root, (scope) => intent().intentOf(scope as IConstruct));
  root.node.addValidation({ validate: () => twins().findDuplicatePolicies(root) });
  follow(root, 'synth', () => {
    if (root.outdir !== undefined) {
      sideFile().writeSideFile(root, root.outdir);
    }
    if (!isJudgedBySynth()) {
      print(root);
    }
  });
  follow(root, 'synthYaml', () => print(root));
}

function follow(root: Root, name: 'synth' | 'synthYaml', then: () => void): void {
  const original = root[name];
  if (original !== undefined) {
    const value = (...args: unknown[]) => {
      const result = original.apply(root, args);
      then();
      return result;
    };
    Object.defineProperty(root, name, { value, configurable: true, writable: true });
  }
}

function print(root: IConstruct): void {
  findings().printFindings(root, (text) => process.stderr.write(text));
}
