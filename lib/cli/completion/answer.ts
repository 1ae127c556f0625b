import type { Command } from 'commander';
import { type Harmless, harmless, inOneLine } from '../../model/harmless';
import { offersAt } from './offers';

/**
 * What a shell is told when somebody types Tab: a line that is `files` where the shell is to offer files and folders, and
 * otherwise `words`; a line with the part of the word that stands before each offer; and the offers, each with a
 * tab and what it is for, where that is known. A shell keeps those that fit what has been typed.
 *
 * @param words `word=` and the word under the cursor, because PowerShell hands over no empty word; then the words
 *   before it
 * @param programFor the program, with the verb that a word names or with all
 */
export async function completionOf(
  [word = '', ...typed]: readonly string[],
  programFor: (verb?: string) => Command,
): Promise<Harmless> {
  const program = programFor(typed.find((each) => !each.startsWith('-')));
  const [before, values] = offersAt(program, typed, word.slice('word='.length));
  const lines = values === 'contexts' ? await contexts() : values === 'files' ? [] : values;
  return harmless(`${[values === 'files' ? 'files' : 'words', before, ...lines].join('\n')}\n`);
}

/** The clusters that kubectl knows; none of them is asked. */
async function contexts(): Promise<string[]> {
  const { Kubectl } = require('../live/kubectl') as typeof import('../live/kubectl');
  const { stdout } = await new Kubectl({}).contexts();
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : inOneLine(line)));
}
