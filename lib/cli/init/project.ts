import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defined } from '../../model/defined';
import { isPlainObject, NetworkPolicyError, show } from '../../model/problem';
import { readDocuments } from '../../yaml/documents';

/** The file by which cdk8s knows a project. */
export const PROJECT_FILE = 'cdk8s.yaml';

/** What is there of a project; nothing in it was changed. */
export interface Project {
  readonly folder: string;
  /** The text of `cdk8s.yaml`; left out where there is none. */
  readonly configuration?: string;
  /** Whether `cdk8s.yaml` can take `validations`, has some of its own, or has those of this package. */
  readonly validations: 'missing' | 'others' | 'ours';
  /** The names of the packages in `package.json`; left out where there is none. */
  readonly packages?: readonly string[];
  /** The text of `main.ts`; left out where there is none. */
  readonly program?: string;
  /** Whether `package.json` configures Jest. */
  readonly hasJest: boolean;
}

/**
 * Reads a folder as a project of cdk8s.
 *
 * @throws NetworkPolicyError `syntax-invalid` for a `cdk8s.yaml` or a `package.json` that cannot be read, `value-unknown` for
 *   another language than TypeScript
 */
export function readProject(folder: string): Project {
  const configuration = textOf(join(folder, PROJECT_FILE));
  const { language, validations } = settingsIn(configuration ?? '{}', join(folder, PROJECT_FILE));
  if (language !== undefined && language !== 'typescript') {
    throw new NetworkPolicyError({
      code: 'value-unknown',
      at: `${join(folder, PROJECT_FILE)} language`,
      got: show(language),
      problem: 'the constructs are written in TypeScript',
      fix: 'use a project of its own for policies: init --new --dir policies',
    });
  }
  const manifest = textOf(join(folder, 'package.json'));
  const program = textOf(join(folder, 'main.ts'));
  return {
    folder,
    ...defined({ configuration, program }),
    validations:
      validations === undefined
        ? 'missing'
        : JSON.stringify(validations).includes('cdk8s-aks-network-policy')
          ? 'ours'
          : 'others',
    ...(manifest === undefined ? {} : packagesIn(manifest, join(folder, 'package.json'))),
    hasJest: manifest !== undefined && 'jest' in parsed(manifest, join(folder, 'package.json')),
  };
}

function settingsIn(text: string, file: string): Readonly<Record<string, unknown>> {
  const [document] = [...readDocuments(text)];
  const value = document?.value ?? {};
  const [problem] = document?.problems ?? [];
  if (problem === undefined && isPlainObject(value)) {
    return value;
  }
  throw unreadable(file, problem?.problem ?? 'is no mapping of settings');
}

function packagesIn(text: string, file: string): Pick<Project, 'packages'> {
  const { dependencies, devDependencies, peerDependencies } = parsed(text, file);
  const lists = [dependencies, devDependencies, peerDependencies];
  return { packages: lists.flatMap((list) => (isPlainObject(list) ? Object.keys(list) : [])) };
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : {};
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
}

function unreadable(file: string, problem: string): NetworkPolicyError {
  return new NetworkPolicyError({
    code: 'syntax-invalid',
    at: file,
    got: 'a text that cannot be read',
    problem,
    fix: 'mend the file, and run init again',
  });
}

/** The text of a file; undefined where there is none. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    throw new NetworkPolicyError({
      code: 'file-unreadable',
      at: file,
      got: code ?? 'no code',
      problem: message,
      fix: 'check its permissions',
    });
  }
}
