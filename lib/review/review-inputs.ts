import { NetworkPolicyError, show } from '../model/problem';

/** What a pipeline asks for. */
export interface ReviewInputs {
  /** Where the manifests are after the change. */
  readonly paths: readonly string[];
  /** The version before: a path, or a commit that has the same paths. @default nothing is compared */
  readonly before?: { readonly path: string } | { readonly git: string };
  /** The gates of `diff`. */
  readonly gates: readonly string[];
  /** From which findings on `lint` fails. @default as its configuration says */
  readonly lintFailOn?: string;
  readonly profile?: string;
  readonly configs: readonly string[];
  /** Where the results are written. */
  readonly output: string;
  /** Whether the pull request gets a comment. */
  readonly comments: boolean;
  /** Tells this comment from that of another job. */
  readonly key: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the inputs from variables, where no text of others becomes a part of a script. No pipeline checks its inputs itself.
 *
 * @throws NetworkPolicyError `input-wrong`
 */
export function readInputs(env: Environment): ReviewInputs {
  const [before, git] = [one(env, 'BEFORE'), one(env, 'GIT')];
  const [lintFailOn, profile] = [one(env, 'LINT_FAIL_ON'), one(env, 'PROFILE')];
  const paths = several(env, 'PATHS');
  if (paths.length === 0) {
    throw wrong(
      'paths',
      '',
      'there is nothing to judge',
      'name files and folders with manifests, one a line',
    );
  }
  if (before !== undefined && git !== undefined) {
    throw wrong('git', git, 'the version before is named twice', 'leave out before or git');
  }
  if (before !== undefined && paths.length > 1) {
    throw wrong(
      'before',
      before,
      'a folder is compared with one other',
      'name one path, or the commit with git',
    );
  }
  return {
    paths,
    ...(before !== undefined ? { before: { path: before } } : git !== undefined ? { before: { git } } : {}),
    gates: several(env, 'FAIL_ON'),
    ...(lintFailOn === undefined ? {} : { lintFailOn }),
    ...(profile === undefined ? {} : { profile }),
    configs: several(env, 'CONFIG'),
    output: one(env, 'OUTPUT') ?? 'aks-netpol-report',
    comments: isTrue(one(env, 'COMMENT') ?? 'true'),
    key: keyOf(one(env, 'KEY') ?? 'default'),
  };
}

const nameOf = (name: string) => `AKS_NETPOL_${name}`;

/** An input in one line; undefined where it is empty. */
function one(env: Environment, name: string): string | undefined {
  const value = env[nameOf(name)]?.trim() ?? '';
  if (/[\r\n]/.test(value)) {
    throw wrong(name.toLowerCase(), value, 'is one line', 'write it in one line');
  }
  return value === '' ? undefined : value;
}

/** An input that has an entry on each line. */
function several(env: Environment, name: string): readonly string[] {
  const lines = (env[nameOf(name)] ?? '').split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

function isTrue(value: string): boolean {
  if (!/^(true|false)$/i.test(value)) {
    throw wrong('comment', value, 'is neither true nor false', 'write true or false');
  }
  return value.toLowerCase() === 'true';
}

function keyOf(value: string): string {
  if (!/^[a-z\d][\w.-]{0,59}$/i.test(value)) {
    throw wrong(
      'key',
      value,
      'may have letters, digits, and . _ - between',
      'write a short name such as shop-prod',
    );
  }
  return value;
}

function wrong(input: string, got: string, problem: string, fix: string): NetworkPolicyError {
  return new NetworkPolicyError({ code: 'input-wrong', at: `input ${input}`, got: show(got), problem, fix });
}
