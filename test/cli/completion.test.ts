import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Argument, Command, Option } from 'commander';
import { completionOf } from '../../lib/cli/completion/answer';
import { offersAt } from '../../lib/cli/completion/offers';
import { STUBS } from '../../lib/cli/completion/stubs';
import { RULES } from '../../lib/lint/catalogue';
import { bin } from '../../package.json';
import { CONTEXTS, ENDS, FILES, flagsOf, ROWS, VERBS } from '../support/completion-rows';
import { NASTY, nastyProgram, optionsOf, PROGRAM, verbsOf } from '../support/outlined';
import { useRecordedKubectl } from '../support/recorded-kubectl';
import { cli } from '../support/run-cli';

const kubectl = useRecordedKubectl();
const SHELLS = Object.keys(STUBS) as (keyof typeof STUBS)[];

function knowContexts(...contexts: readonly string[]): void {
  kubectl.answerBut((answers) => {
    const stdout = contexts.map((context) => `${context}\n`).join('');
    answers['config get-contexts -o name'] = { stdout, stderr: '', status: 0 };
  });
}

/** What the program answers at the end of a line. */
async function answerAt(line: string): Promise<string> {
  const typed = line.split(' ');
  const { out, err } = await cli('__complete', `word=${typed.pop()}`, ...typed);
  expect(err).toBe('');
  return out;
}

/** The whole words that a shell offers then. */
async function offersOf(line: string): Promise<string[]> {
  const [kind, before, ...lines] = (await answerAt(line)).split('\n').slice(0, -1);
  const values = kind === 'files' ? FILES : lines.map((each) => each.replace(/\t.*/, ''));
  const word = line.slice(line.lastIndexOf(' ') + 1);
  return values.map((value) => before + value).filter((whole) => whole.startsWith(word));
}

const GATE_WORDS = ['opened', 'closed', 'added', 'internet', 'any-pod', 'unknown', 'namespace:'];

/** What can stand in a place. */
function valuesOf(place: Argument | Option): readonly string[] {
  const name = place instanceof Option ? /[<[](\w+)/.exec(place.flags)?.[1] : place.name();
  switch (place.argChoices === undefined ? name : undefined) {
    case undefined:
      return place.argChoices ?? [];
    case 'command':
      return VERBS;
    case 'context':
      return CONTEXTS;
    case 'end':
    case 'from':
    case 'to':
      return ENDS;
    case 'gate':
      return GATE_WORDS;
    case 'labels':
    case 'name':
    case 'ref':
    case 'port':
    case 'request':
    case 'text':
      return [];
    case 'rule':
      return expect.arrayContaining(RULES.map(({ id }) => id));
    default:
      return FILES;
  }
}

/** A row for every verb, every option and every place of the program. */
const EVERY = verbsOf(PROGRAM).flatMap((verb) => {
  const name = verb.name();
  const [first] = verb.registeredArguments;
  return [
    { line: `${name} -`, offers: flagsOf(name) },
    { line: `${name} `, offers: first === undefined ? flagsOf(name) : valuesOf(first) },
    ...optionsOf(verb)
      .filter(({ required, optional }) => required || optional)
      .flatMap((option) =>
        [option.short, option.long].flatMap((flag) =>
          flag === undefined ? [] : [{ line: `${name} ${flag} `, offers: valuesOf(option) }],
        ),
      ),
  ];
});

test('every verb is offered, in the order of help, with what it is for', async () => {
  const told = verbsOf(PROGRAM).map((verb) => `${verb.name()}\t${verb.description()}\n`);
  expect(await answerAt('')).toBe(`words\n\n${told.join('')}`);
});

test('every option is offered with what it is for', async () => {
  const [show] = verbsOf(PROGRAM).filter((verb) => verb.name() === 'show');
  const told = optionsOf(show as Command).flatMap(({ short, long, description }) =>
    [short, long].flatMap((flag) => (flag === undefined ? [] : [`${flag}\t${description}\n`])),
  );
  expect(await answerAt('show -')).toBe(`words\n\n${told.join('')}`);
});

test('every option and every place of every verb has what can stand there, and nothing else', async () => {
  expect(EVERY.length).toBeGreaterThan(150);
  expect(EVERY).toContainEqual({ line: 'lint --fail-on ', offers: ['error', 'warning', 'info', 'never'] });
  expect(EVERY).toContainEqual({ line: 'create -f ', offers: FILES });
  expect(EVERY).toContainEqual({ line: 'delete ', offers: [] });
  knowContexts(...CONTEXTS);
  const found = [];
  for (const { line } of EVERY) {
    found.push({ line, offers: await offersOf(line) });
  }
  expect(found).toEqual(EVERY);
});

test.each(ROWS)('aks-netpol $line', async ({ line, offers }) => {
  knowContexts(...CONTEXTS);
  expect((await offersOf(line)).sort()).toEqual([...offers].sort());
});

test('every verb and every option says what it is for', () => {
  const silent = [PROGRAM, ...verbsOf(PROGRAM)].flatMap((verb) =>
    [verb.description(), ...optionsOf(verb).map(({ description }) => description)].filter((text) => !text),
  );
  expect(silent).toEqual([]);
});

test('an option that takes many words takes them up to the next option', () => {
  const program = new Command('program');
  const many = new Option('--many <words...>', 'what it takes').choices(['one', 'two']);
  program.command('verb').addOption(many).option('--other <name>', 'some other').argument('[path...]');
  const MANY = ['one', 'two'];
  expect(offersAt(program, ['verb', '--many'], '-')).toEqual(['', MANY]);
  expect(offersAt(program, ['verb', '--many', 'one'], 't')).toEqual(['', MANY]);
  expect(offersAt(program, ['verb', '--many', 'one', 'two'], '-')[1]).toContain('--other\tsome other');
  expect(offersAt(program, ['verb', '--many', 'one', '--other', 'x'], 't')).toEqual(['', 'files']);
  expect(offersAt(program, ['verb', '--many', 'one', '--'], '-')).toEqual(['', 'files']);
});

test('a verb is known by its alias as well', () => {
  const [, values] = offersAt(nastyProgram(), ['one'], '--pl');
  expect(values).toContain(`--open\t${NASTY}`);
});

test('an offer is a line, whatever it is for', async () => {
  const text = await completionOf(['word=--', 'first'], nastyProgram);
  expect(text.split('\n')).toContain(`--choose\t${NASTY} and a second line`);
});

test('a context whose name commands a terminal commands nobody', async () => {
  knowContexts('a\u001b[2Jb\tc', 'd');
  expect(await answerAt('list --context ')).toBe('words\n\na\\u001b[2Jb\\u0009c\nd\n');
});

test('where there is no kubectl, a shell is offered nothing', async () => {
  const { out, exitCode } = await kubectl.without(() => cli('__complete', 'word=', 'list', '--context'));
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
});

test('no help tells of what shells ask', async () => {
  expect((await cli('--help')).out).not.toContain('__complete');
});

test('a value of which nobody has said what it can be is a mistake', () => {
  const program = new Command('new');
  program.command('verb').option('--thing <thing>', 'what');
  expect(() => offersAt(program, ['verb', '--thing'], '')).toThrow('what can stand in the place of <thing>?');
});

test.each(SHELLS)('completion %s writes what asks the program, under each of its names', async (shell) => {
  const { out, err, exitCode } = await cli('completion', shell);
  expect({ out, err, exitCode }).toEqual({ out: STUBS[shell], err: '', exitCode: 0 });
  expect(out).toContain('aks-netpol __complete "word=');
  const registered = out.split('\n').filter((line) => /^ *(complete|compdef|Register)/.test(line));
  // A plugin is a word of kubectl's own line, which kubectl completes; a pipeline starts the review without words.
  const names = Object.entries(bin).filter(([, file]) => file === bin['aks-netpol']);
  expect(names.filter(([name]) => !registered.join().includes(name))).toEqual([]);
});

// PowerShell itself is not to be had everywhere, so its text is read as it would read it.
test('PowerShell finds the end of every string and every bracket', () => {
  const bare = STUBS.powershell.replace(/#[^\n]*|'[^']*'|"(?:[^"`]|`.)*"/g, '');
  expect(bare).not.toMatch(/['"`]/);
  let rest = bare.replace(/[^()[\]{}]/g, '');
  expect(rest.length).toBeGreaterThan(30);
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\(\)|\[\]|\{\}/g, '');
  }
  expect(rest).toBe('');
});

test('a shell that is none is wrong usage', async () => {
  expect(await cli('completion', 'tcsh')).toMatchObject({
    out: '',
    err: expect.stringContaining('Allowed choices are bash, zsh, fish, powershell.'),
    exitCode: 2,
  });
});

test('the page of the command line has the lines that --help shows', async () => {
  const { out } = await cli('completion', '--help');
  const lines = [...out.matchAll(/^ {2}(echo .*)$/gm)].map(([, line]) => line as string);
  expect(lines).toHaveLength(SHELLS.length);
  const page = readFileSync(join(__dirname, '../../lib/cli/README.md'), 'utf8');
  expect(lines.filter((line) => !page.includes(`${line} `) && !page.includes(`${line}\n`))).toEqual([]);
});
