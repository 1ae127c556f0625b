import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { outlineOf } from '../../lib/cli/completion/outline';
import { COMPLETIONS } from '../../lib/cli/completion/shells';
import { RULES } from '../../lib/lint/catalogue';
import { nastyProgram, OUTLINE, optionsOf, PROGRAM, verbsOf } from '../support/outlined';
import { cli } from '../support/run-cli';

type Shell = keyof typeof COMPLETIONS;
const SHELLS = Object.keys(COMPLETIONS) as Shell[];

/** Every verb, and every option with its verb in front of it; before a verb there is none. */
const KNOWN = [PROGRAM, ...verbsOf(PROGRAM)]
  .flatMap((verb) => {
    const name = verb === PROGRAM ? '' : verb.name();
    const flags = optionsOf(verb).flatMap(({ short, long }) => [short, long]);
    return [
      ...(name === '' ? [] : [name]),
      ...flags.flatMap((flag) => flag ?? []).map((flag) => `${name} ${flag}`),
    ];
  })
  .sort();

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)];

/** What a script knows, in the same words. */
const READERS: Readonly<Record<Shell, (script: string) => string[]>> = {
  bash: (script) => {
    const [, table = ''] = /_options\(\) \{\n(.*?)^\}/ms.exec(script) ?? [];
    const arms = all(table, /^ {4}'([^']*)'\) offers=\((.*)\) ;;$/gm);
    const [, verbs = ''] = /-z \$verb \]\]; then\n {4}offers=\((.*)\)/.exec(script) ?? [];
    return [
      ...all(verbs, /'([^']*)'/g).map(([, verb]) => verb as string),
      ...arms.flatMap(([, verb, flags = '']) =>
        all(flags, /'([^']*)'/g).map(([, flag]) => `${verb} ${flag}`),
      ),
    ];
  },
  zsh: (script) => {
    const [, verbs = ''] = /verbs=\(\n(.*?)^ {2}\)/ms.exec(script) ?? [];
    const parts = script.split(/^ {4}([\w-]+)\)\n/m);
    // Parts are the text before the first verb, and then a verb and its text in turn.
    return parts
      .flatMap((text, i) =>
        i % 2 === 1
          ? []
          : all(text, /^ +'?\*(--?\w[\w-]*)[=+[]/gm).map(([, flag]) => `${parts[i - 1] ?? ''} ${flag}`),
      )
      .concat(all(verbs, /'([\w-]+):/g).map(([, verb]) => verb as string));
  },
  fish: (script) =>
    all(script, /^complete .*--condition '\w+ (\\'\\'|[\w-]+)(.*?)' (.*)$/gm).flatMap(
      ([, at, more, words = '']) => {
        const verb = at === "\\'\\'" ? '' : at;
        if (verb === '' && more === '' && words.startsWith('--arguments')) {
          return all(words, /--arguments ([\w-]+) /g).map(([, name]) => name as string);
        }
        // What has two lines is told once.
        return more?.includes('; and not')
          ? []
          : [
              ...all(words, /--short-option (\w)/g).map(([, flag]) => `${verb} -${flag}`),
              ...all(words, /--long-option ([\w-]+)/g).map(([, flag]) => `${verb} --${flag}`),
            ];
      },
    ),
  powershell: (script) => {
    const [, verbs = ''] = /\$verbs = @\(\n(.*?)^ {4}\)/ms.exec(script) ?? [];
    const [, table = ''] = /\$offers = @\(switch.*?\n(.*?)^ {8}\}\)/ms.exec(script) ?? [];
    return [
      ...all(verbs, /^ +, @\('([^']*)'/gm).map(([, verb]) => verb as string),
      ...all(table, /^ {12}'([^']*)' \{\n(.*?)^ {12}\}/gms).flatMap(([, verb, flags = '']) =>
        all(flags, /^ +, @\('([^']*)'/gm).map(([, flag]) => `${verb} ${flag}`),
      ),
    ];
  },
};

describe.each(SHELLS)('%s', (shell) => {
  test('has every verb and every option of the program, and no other', () => {
    expect(READERS[shell](COMPLETIONS[shell](OUTLINE)).sort()).toEqual(KNOWN);
  });

  test('has every choice of an option, where the option is', () => {
    const script = COMPLETIONS[shell](OUTLINE);
    const choices = verbsOf(PROGRAM).flatMap((verb) =>
      [...optionsOf(verb), ...verb.registeredArguments].flatMap(({ argChoices }) => argChoices ?? []),
    );
    expect(choices).toEqual(expect.arrayContaining(['cilium', 'sarif', 'workload', 'never', 'powershell']));
    expect(choices.filter((choice) => !script.includes(choice))).toEqual([]);
  });

  test('is what the verb writes, under both names', async () => {
    const { out, err, exitCode } = await cli('completion', shell);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toBe(COMPLETIONS[shell](OUTLINE));
    expect(out).toMatch(/^(complete|compdef|Register).*cdk8s-aks-network-policy|^ {2}compdef .*cdk8s-aks/m);
  });
});

test('every verb and every option says what it is for', () => {
  const silent = [PROGRAM, ...verbsOf(PROGRAM)].flatMap((verb) =>
    [verb.description(), ...optionsOf(verb).map(({ description }) => description)].filter((text) => !text),
  );
  expect(silent).toEqual([]);
});

describe('an option that takes many words', () => {
  function scripts(name: string, choices: readonly string[] = []): Readonly<Record<Shell, string>> {
    const program = new Command('program');
    const option = new Option(`--many <${name}...>`, 'what it takes');
    program.command('verb').addOption(choices.length === 0 ? option : option.choices(choices));
    const outline = outlineOf(program, ['program']);
    return {
      ...COMPLETIONS,
      ...Object.fromEntries(SHELLS.map((shell) => [shell, COMPLETIONS[shell](outline)])),
    } as never;
  }

  test('has files among the operands, where it takes files', () => {
    const { fish, zsh } = scripts('path');
    expect(all(fish, /^complete .* --force-files$/gm)).toHaveLength(2);
    expect(zsh).toContain("'*:path:_files'");
  });

  test('has words there, and no files, where it takes words', () => {
    const { fish, zsh } = scripts('words', ['one', 'two words']);
    expect(fish).not.toContain('--force-files');
    expect(zsh).toContain("*:words:(one '\\''two words'\\'')");
  });
});

test('rules are completed by their names', () => {
  const lint = OUTLINE.verbs.find(({ name }) => name === 'lint');
  const rule = lint?.options.find(({ flags }) => flags.includes('--rule'));
  expect(rule?.value?.values).toEqual({
    kind: 'words',
    words: expect.arrayContaining(RULES.map(({ id }) => id)),
    intoFile: false,
  });
});

test('a value of which nobody has said what it can be is a mistake', () => {
  const program = new Command('new');
  program.command('verb').option('--thing <thing>', 'what');
  expect(() => outlineOf(program)).toThrow('what can stand in the place of <thing>?');
});

test('a shell that is none is wrong usage', async () => {
  expect(await cli('completion', 'tcsh')).toMatchObject({
    out: '',
    err: expect.stringContaining('Allowed choices are bash, zsh, fish, powershell.'),
    exitCode: 2,
  });
});

test('README has the lines that --help shows', async () => {
  const { out } = await cli('completion', '--help');
  const lines = all(out, /^ {2}(echo .*)$/gm).map(([, line]) => line as string);
  expect(lines).toHaveLength(SHELLS.length);
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  expect(lines.filter((line) => !readme.includes(`${line} `) && !readme.includes(`${line}\n`))).toEqual([]);
});

// PowerShell itself is not to be had everywhere, so its text is read as it would read it.
describe('PowerShell can read it', () => {
  /** The text without its strings and comments, each string as one letter; nothing where a quote stays open. */
  function bare(script: string): string | undefined {
    const token =
      /#[^\n]*|'(?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*'|"(?:[^"`]|`.)*"/g;
    const rest = script.replace(token, (text) => (text.startsWith('#') ? '' : 'S'));
    return /['"\u2018\u2019\u201a\u201b]/.test(rest) ? undefined : rest;
  }

  function isBalanced(text: string): boolean {
    const open: string[] = [];
    for (const char of text) {
      if ('([{'.includes(char)) {
        open.push(char);
      } else if (')]}'.includes(char) && open.pop() !== '([{'[')]}'.indexOf(char)]) {
        return false;
      }
    }
    return open.length === 0;
  }

  test.each([
    { why: 'of the program', outline: OUTLINE },
    { why: 'of one with quotes, brackets and variables in its words', outline: outlineOf(nastyProgram()) },
  ])('$why', ({ outline }) => {
    const text = bare(COMPLETIONS.powershell(outline)) ?? 'a quote is open';
    expect(text).not.toBe('a quote is open');
    expect(isBalanced(text)).toBe(true);
    // Words of the program stand in strings and nowhere else.
    expect(text).not.toMatch(/touch|pwned|--/);
  });
});
