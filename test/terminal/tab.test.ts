import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../support/run-cli';
import { succeed } from '../tools/run';
import { atTerminal, type Typing } from './support/person';
import { environment, MAIN, need, newFolder, writeProgram } from './support/programs';

/** How each shell starts, and where its user sets it up. */
const SHELLS = {
  bash: { start: 'exec bash', settings: '.bashrc', prompt: "PS1='ready> '" },
  zsh: { start: 'exec zsh', settings: '.zshrc', prompt: "PROMPT='ready> '" },
  fish: {
    start: 'exec fish',
    settings: '.config/fish/config.fish',
    prompt: "function fish_prompt; echo -n 'ready> '; end",
  },
} as const;

/** Types some keys, and goes on as soon as the shell has done what it does with them. */
const keys = (...texts: readonly string[]): Typing[] => texts.map((text) => ({ after: /^/, text }));

describe.each(Object.keys(SHELLS) as (keyof typeof SHELLS)[])('%s, set up as --help says', (shell) => {
  const { start, settings, prompt } = SHELLS[shell];
  const here = newFolder();
  const home = newFolder();
  const programs = newFolder();
  const env = environment(home, programs);
  const words = join(home, 'words');

  beforeAll(async () => {
    need(shell, 'script');
    mkdirSync(join(here, 'dist'));
    writeFileSync(join(here, 'my file.yaml'), '');
    mkdirSync(join(home, '.config/fish'), { recursive: true });
    // The real one completes; of any verb the words are kept.
    writeProgram(
      programs,
      'aks-netpol',
      `case $1 in completion | __complete) exec '${process.execPath}' '${MAIN}' "$@" ;; esac\nprintf '%s\\n' "$@" >'${words}'`,
    );
    writeProgram(programs, 'kubectl', `printf '%s\\n' 'user@shop:west' '$(touch pwned)'`);
    writeFileSync(join(home, settings), `${prompt}\n`);
    const { out } = await cli('completion', '--help');
    const [line = 'false'] = out.split('\n').filter((each) => each.includes(`completion ${shell}`));
    succeed(shell, ['-c', line.trim()], { env });
  });

  test('completes a verb, a choice, a file with a blank in its name and a folder', async () => {
    await atTerminal(start, {
      cwd: here,
      env,
      typing: [
        { after: /ready> /, text: 'aks-netpol lin\t' },
        ...keys('--fail-on ne\t', 'my\t', 'dis\t', '\r'),
        { after: /ready> /, text: 'exit\r' },
      ],
    });
    const typed = readFileSync(words, 'utf8').split('\n').slice(0, -1);
    expect(typed.map((word) => word.replace(/\/$/, ''))).toEqual([
      'lint',
      '--fail-on',
      'never',
      'my file.yaml',
      'dist',
    ]);
  });

  test('goes on with a name of which the quoted beginning stands there', async () => {
    await atTerminal(start, {
      cwd: here,
      env,
      typing: [
        { after: /ready> /, text: 'aks-netpol lint my\\ f\t' },
        ...keys(`"my f\t`, '\r'),
        { after: /ready> /, text: 'exit\r' },
      ],
    });
    expect(readFileSync(words, 'utf8')).toBe('lint\nmy file.yaml\nmy file.yaml\n');
  });

  test('goes on behind =, @ and :, where words are cut', async () => {
    await atTerminal(start, {
      cwd: here,
      env,
      typing: [
        { after: /ready> /, text: 'aks-netpol lint --engine=az\t' },
        ...keys(
          '--format=sarif=m\t',
          '--context user@sh\t',
          '--context=user@shop:w\t',
          '--profile="my f\t',
          '\r',
        ),
        { after: /ready> /, text: 'exit\r' },
      ],
    });
    expect(readFileSync(words, 'utf8').split('\n').slice(0, -1)).toEqual([
      'lint',
      '--engine=azure',
      '--format=sarif=my file.yaml',
      '--context',
      'user@shop:west',
      '--context=user@shop:west',
      '--profile=my file.yaml',
    ]);
  });

  test('quotes the name of a context that would be a command', async () => {
    await atTerminal(start, {
      cwd: here,
      env,
      typing: [
        { after: /ready> /, text: 'aks-netpol list --context \\$\t' },
        ...keys('\r'),
        { after: /ready> /, text: 'exit\r' },
      ],
    });
    expect(readFileSync(words, 'utf8')).toBe('list\n--context\n$(touch pwned)\n');
    expect(readdirSync(here).sort()).toEqual(['dist', 'my file.yaml']);
  });
});
