import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { completionOf } from '../../lib/cli/completion/answer';
import { STUBS } from '../../lib/cli/completion/stubs';
import { CONTEXTS, FILES, ROWS } from '../support/completion-rows';
import { NASTY, nastyProgram, optionsOf, PROGRAM, verbsOf } from '../support/outlined';
import { succeed } from '../tools/run';
import { type Offer, SHELLS } from './support/offers';
import { environment, MAIN, need, newFolder, writeProgram } from './support/programs';

const here = newFolder();
for (const name of FILES) {
  if (name.endsWith('.yaml')) {
    writeFileSync(join(here, name), '');
  } else {
    mkdirSync(join(here, name));
  }
}
const programs = newFolder();
writeProgram(programs, 'aks-netpol', `exec '${process.execPath}' '${MAIN}' "$@"`);
writeProgram(
  programs,
  'kubectl',
  `test "$*" = 'config get-contexts -o name' && printf '%s\\n' ${CONTEXTS.join(' ')}`,
);
const where = { cwd: here, env: environment(newFolder(), programs) };

/** What only a shell reads: quotes, and the other name of the program. */
const SHELL_ROWS = [
  { line: 'aks-netpol show db my\\ fi', offers: ['my file.yaml'] },
  { line: 'aks-netpol show db --profile=my\\ fi', offers: ['--profile=my file.yaml'] },
  { line: 'aks-netpol lint my\\ file.yaml --fail-on n', offers: ['never'] },
  { line: 'aks-netpol reach --profile my\\ file.yaml a ', offers: ['any', 'internet'] },
  { line: 'cdk8s-aks-network-policy li', offers: ['lint', 'list'] },
];
const ALL_ROWS = [...ROWS.map(({ line, offers }) => ({ line: `aks-netpol ${line}`, offers })), ...SHELL_ROWS];

/** The lines of a program that nobody wrote with shells in mind. */
const NASTY_LINES = ['', 'one --', 'first --choose ', 'one ', 'first -o my'];

/** Answers those lines as the program would, by a file for each. */
async function writeNasty(): Promise<void> {
  const answers = newFolder();
  for (const line of NASTY_LINES) {
    const typed = line.split(' ');
    const words = [`word=${typed.pop()}`, ...typed];
    writeFileSync(join(answers, words.join(' ')), await completionOf(words, nastyProgram));
  }
  writeProgram(programs, 'nasty', `shift; cat '${answers}'/"$*"`);
}

const wordsOf = (offers: readonly Offer[] | undefined) => offers?.map(({ word }) => word).sort();

describe.each(Object.keys(SHELLS) as (keyof typeof SHELLS)[])('%s', (shell) => {
  const stub = STUBS[shell];
  const answers = new Map<string, readonly Offer[]>();
  beforeAll(() => {
    need(shell);
    const lines = [...ALL_ROWS.map(({ line }) => line), 'aks-netpol show --'];
    const found = SHELLS[shell](stub, lines, where);
    lines.forEach((line, i) => {
      answers.set(line, found[i] ?? []);
    });
  });

  test.each(ALL_ROWS)('$line', ({ line, offers }) => {
    expect(wordsOf(answers.get(line))).toEqual([...offers].sort());
  });

  test('offers no cluster, and says nothing, where there is no kubectl', () => {
    const bare = newFolder();
    symlinkSync(join(programs, 'aks-netpol'), join(bare, 'aks-netpol'));
    for (const tool of [shell, 'sh', 'cat', 'mktemp', 'rm', 'stty']) {
      symlinkSync(succeed('sh', ['-c', `command -v ${tool}`]).trim(), join(bare, tool));
    }
    const env = { ...where.env, PATH: bare };
    expect(SHELLS[shell](stub, ['aks-netpol list --context '], { cwd: here, env })).toEqual([[]]);
  });

  test('offers nothing, and says nothing, where the program is gone', () => {
    const env = { ...where.env, PATH: process.env.PATH };
    expect(SHELLS[shell](stub, ['aks-netpol '], { cwd: here, env })).toEqual([[]]);
  });

  test('tells what verbs and options are for, where the shell shows it', () => {
    const told = (line: string) => answers.get(line)?.map(({ word, description }) => [word, description]);
    const verbs = verbsOf(PROGRAM).map((verb) => [verb.name(), verb.description()]);
    const [show] = verbsOf(PROGRAM).filter((verb) => verb.name() === 'show');
    const options = optionsOf(show as Command).map(({ long, description }) => [long, description]);
    const shown = (pairs: readonly (readonly (string | undefined)[])[]) =>
      pairs.map(([word, description]) => [word, shell === 'bash' ? '' : description]).sort();
    expect(told('aks-netpol ')?.sort()).toEqual(shown(verbs));
    expect(told('aks-netpol show --')?.sort()).toEqual(shown(options));
  });

  test('reads words and descriptions that break what is not quoted', async () => {
    await writeNasty();
    const lines = NASTY_LINES.map((line) => `nasty ${line}`);
    const nasty = stub.replaceAll('aks-netpol', 'nasty');
    const [verbs, options, choices, operands, files] = SHELLS[shell](nasty, lines, where);
    expect(wordsOf(verbs)).toEqual(['first', 'help', 'one', 'second']);
    expect(wordsOf(options)).toEqual(['--choose', '--help', '--open']);
    const [first] = verbsOf(nastyProgram());
    const [, choose] = optionsOf(first as Command);
    expect(wordsOf(choices)).toEqual([...(choose?.argChoices ?? [])].sort());
    expect(wordsOf(operands)).toEqual([...(first?.registeredArguments[0]?.argChoices ?? [])].sort());
    expect(wordsOf(files)).toEqual(['my file.yaml', 'my folder']);
    const told = options?.find(({ word }) => word === '--open')?.description;
    expect(told).toBe(shell === 'bash' ? '' : NASTY);
    expect(readdirSync(here).sort()).toEqual(FILES);
  });
});
