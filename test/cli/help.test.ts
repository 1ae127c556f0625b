import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES, exitCodesOf } from '../../lib/cli/exit-code';
import { PROGRAM, verbsOf } from '../support/outlined';
import { cli } from '../support/run-cli';

const VERBS = verbsOf(PROGRAM)
  .map((verb) => verb.name())
  .filter((name) => name !== 'help');

test.each(VERBS)('%s --help shows examples that fit a terminal, and its own exit codes', async (verb) => {
  const { out, exitCode } = await cli(verb, '--help');
  expect(exitCode).toBe(0);
  const [, examples = ''] =
    new RegExp(
      `\n\nExamples:\n((?:  .*(?:aks-netpol|npx cdk8s-aks-network-policy) ${verb}\\b.*\n)+)${escaped(exitCodesOf(verb))}\n$`,
    ).exec(out) ?? [];
  expect(exitCodesOf(verb)).not.toBe(EXIT_CODES);
  expect(examples).not.toBe('');
  expect(examples.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the help of the program has the exit codes of all verbs', async () => {
  expect((await cli('--help')).out).toContain(EXIT_CODES);
});

test('the exit codes stand in one table: no other file of the command line has a number for one', () => {
  const folder = join(__dirname, '../../lib/cli');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files).toContain('commands/reach.ts');
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  expect(files.filter((file) => /exitCode\s*[=:]\s*\d|process\.exit\(/.test(text(file)))).toEqual([]);
});

test('without a verb the help is shown, and it is wrong usage', async () => {
  expect(await cli()).toMatchObject({ out: '', err: expect.stringContaining('Commands:'), exitCode: 2 });
});
