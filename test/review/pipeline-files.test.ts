import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { azureCommands } from '../support/pipelines';

const ROOT = resolve(__dirname, '../..');
const ACTION = join(ROOT, '.github/actions/aks-netpol');
const TEMPLATE = join(ROOT, '.azuredevops/aks-netpol.yml');

interface Step {
  readonly run?: string;
  readonly bash?: string;
  readonly uses?: string;
  readonly task?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = load(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};
const template = load(readFileSync(TEMPLATE, 'utf8')) as {
  readonly parameters: readonly { readonly name: string; readonly default?: string | boolean }[];
  readonly steps: readonly Step[];
};
const { version } = require('../../package.json') as { version: string };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipeline-files-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that writes down how it was called. */
function plant(path: string, more = ''): void {
  mkdirSync(resolve(folder, path, '..'), { recursive: true });
  writeFileSync(
    join(folder, path),
    `#!/usr/bin/env bash\nprintf '%s\\n' "$@" >"${folder}/called"\nenv >"${folder}/env"\n${more}\n`,
  );
  chmodSync(join(folder, path), 0o755);
}

function bash(words: readonly string[], env: Readonly<Record<string, string>>) {
  return spawnSync('bash', words, {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, ...env },
  });
}

const called = () =>
  existsSync(join(folder, 'called')) ? readFileSync(join(folder, 'called'), 'utf8').trim().split('\n') : [];
const script = (place: number) => template.steps[place]?.bash as string;

test("GitHub's own parser takes the action, and would not take another", () => {
  const parsed = (file: string) =>
    JSON.parse(
      spawnSync(process.execPath, [join(__dirname, 'parse-action.mjs'), file], { encoding: 'utf8' }).stdout,
    );
  expect(parsed(join(ACTION, 'action.yml'))).toEqual([]);
  const wrong = join(folder, 'action.yml');
  writeFileSync(wrong, readFileSync(join(ACTION, 'action.yml'), 'utf8').replace('shell: bash', 'sell: bash'));
  expect(parsed(wrong)).toEqual(expect.arrayContaining([expect.stringContaining("Unexpected value 'sell'")]));
});

test.each([
  { host: 'GitHub', steps: action.runs.steps },
  { host: 'Azure DevOps', steps: template.steps },
])(
  'on $host, no input is a part of a script, each has its variable, and the token goes to one step',
  ({ steps }) => {
    const scripts = steps.flatMap(({ run, bash: text }) => run ?? text ?? []);
    expect(scripts.length).toBe(3);
    expect(scripts.filter((text) => /\$\{\{|\$\(/.test(text))).toEqual([]);
    const variables = steps.flatMap(({ env = {} }) => Object.keys(env));
    for (const name of [
      'PATHS',
      'GIT',
      'BEFORE',
      'FAIL_ON',
      'LINT_FAIL_ON',
      'PROFILE',
      'CONFIG',
      'COMMENT',
      'KEY',
    ]) {
      expect(variables).toContain(`AKS_NETPOL_${name}`);
    }
    expect(variables.filter((name) => /TOKEN/.test(name))).toHaveLength(1);
  },
);

test('every input is used, and the version is the one of this package', () => {
  const text = readFileSync(join(ACTION, 'action.yml'), 'utf8');
  expect(Object.keys(action.inputs).filter((name) => !text.includes(`inputs.${name}`))).toEqual([]);
  const steps = readFileSync(TEMPLATE, 'utf8');
  expect(template.parameters.filter(({ name }) => !steps.includes(`parameters.${name}`))).toEqual([]);
  expect(action.inputs.version?.default).toBe(version);
  expect(template.parameters.find(({ name }) => name === 'version')?.default).toBe(version);
});

describe.each([
  { host: 'GitHub', words: [join(ACTION, 'install.sh')], temp: 'RUNNER_TEMP' },
  { host: 'Azure DevOps', words: ['-c', script(0)], temp: 'AGENT_TEMPDIRECTORY' },
])('what $host installs', ({ words, temp }) => {
  test.each(['1.2.3', '1.2.3-rc.1'])(
    '%s is the version that was named, and none of its scripts run',
    (named) => {
      plant('bin/npm');
      const { status } = bash(words, { AKS_NETPOL_VERSION: named, [temp]: folder });
      expect(status).toBe(0);
      expect(called()).toEqual(
        expect.arrayContaining(['--ignore-scripts', '--prefix', `cdk8s-aks-network-policy@${named}`]),
      );
    },
  );

  test.each([
    '',
    'latest',
    '^1.2.3',
    '1.2',
    '1.2.3 evil',
    '1.2.3\nevil',
    'npm:evil@1.2.3',
    '1.2.3-$(touch stolen)',
  ])('%p is none', (named) => {
    plant('bin/npm');
    const { status, stderr } = bash(words, { AKS_NETPOL_VERSION: named, [temp]: folder });
    expect(status).toBe(2);
    expect(stderr).toContain('has to be exact');
    expect(called()).toEqual([]);
    expect(existsSync(join(folder, 'stolen'))).toBe(false);
  });
});

const REVIEW = 'aks-netpol/node_modules/.bin/aks-netpol-review';

describe('the step that reviews', () => {
  test('on GitHub passes, and hands on the exit code and the files that there are', () => {
    plant(REVIEW, 'mkdir -p "$AKS_NETPOL_OUTPUT"; touch "$AKS_NETPOL_OUTPUT/report.md"; exit 1');
    const output = join(folder, 'output');
    const { status } = bash([join(ACTION, 'review.sh')], {
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
      AKS_NETPOL_KEY: '../a b',
    });
    expect(status).toBe(0);
    expect(called()).toEqual(['github']);
    const place = join(folder, 'aks-netpol-report-.._a_b');
    expect(readFileSync(output, 'utf8')).toBe(`exit-code=1\nreport=${place}/report.md\nfolder=${place}\n`);
  });

  test.each([0, 1, 2])('on Azure DevOps passes, and hands on the exit code %d', (code) => {
    plant(REVIEW, `exit ${code}`);
    const { status, stdout } = bash(['-c', script(1)], {
      AGENT_TEMPDIRECTORY: folder,
      AKS_NETPOL_KEY: 'prod',
    });
    expect(status).toBe(0);
    expect(called()).toEqual(['azure-devops']);
    expect(azureCommands(stdout)).toEqual([`##vso[task.setvariable variable=aksNetpolExitCode]${code}`]);
  });
});

test.each([0, 1, 2])('the last step of both ends with %d', (code) => {
  const last = [action.runs.steps.at(-1)?.run, template.steps.at(-1)?.bash];
  for (const text of last) {
    expect(bash(['-c', text as string], { EXIT_CODE: String(code) }).status).toBe(code);
  }
});
