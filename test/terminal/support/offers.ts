import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './programs';

/** What a shell offers for a word. */
export interface Offer {
  /** The whole word, as if nothing of it needed quotes; a folder without its slash. */
  readonly word: string;
  readonly description: string;
}

/** Asks a shell that has read a completion what it offers at the end of lines. */
export type Asking = (
  script: string,
  lines: readonly string[],
  where: Where,
) => readonly (readonly Offer[])[];

interface Where {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const SEPARATOR = '---';

export const SHELLS: Readonly<Record<'bash' | 'zsh' | 'fish', Asking>> = {
  bash(script, lines, where) {
    // Outside of a command line that somebody types, there is nothing to set an option of.
    const asked = lines.map(
      (line) => `COMP_LINE=${quote(line)} COMP_POINT=\${#COMP_LINE} COMPREPLY=()
        COMP_WORDS=(${bashWords(line).map(quote).join(' ')}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
        function=$(complete -p "\${COMP_WORDS[0]}"); function=\${function#*-F }
        "\${function%% *}" "\${COMP_WORDS[0]}" ${quote(replacedByBash(line))}
        for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done; echo ${SEPARATOR}\n`,
    );
    const driver = write(`compopt() { :; }\nsource ${quote(write(script))}\n${asked.join('')}`);
    const answers = sections(ask('bash', ['--norc', driver], where), lines);
    // Bash is told what takes the place of the end of a word, as somebody would type it.
    return answers.map((answer, i) => {
      const line = lines[i] ?? '';
      const before = lastWord(line.slice(0, line.length - replacedByBash(line).length));
      return answer.map((word) => ({ word: before + word.replace(/\\(.)/g, '$1'), description: '' }));
    });
  },
  zsh(script, lines, where) {
    const driver = join(__dirname, 'zsh-offers.zsh');
    const answers = sections(ask('zsh', ['-f', driver, write(script), ...lines], where), lines);
    return answers.map((answer) =>
      answer.map((line) => {
        const [word = '', shown = ''] = line.split('\t');
        return { word: word.replace(/\\(.)/g, '$1'), description: shown.replace(/^\S+ */, '') };
      }),
    );
  },
  fish(script, lines, where) {
    const driver = `source $argv[1]; for line in $argv[2..]; complete --do-complete $line; echo ${SEPARATOR}; end`;
    const answers = sections(
      ask('fish', ['--no-config', '-c', driver, write(script), ...lines], where),
      lines,
    );
    return answers.map((answer) =>
      answer.map((line) => {
        const [word = '', description = ''] = line.split('\t');
        return { word: word.replace(/\/$/, ''), description };
      }),
    );
  },
};

function write(text: string): string {
  const file = join(newFolder(), 'script');
  writeFileSync(file, text);
  return file;
}

function ask(program: string, words: readonly string[], { cwd, env }: Where): string {
  const { stdout, stderr, status } = spawnSync(program, words, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 100_000,
  });
  if (status !== 0 || stderr !== '') {
    throw new Error(`${program} ended with ${status}: ${stderr}`);
  }
  return stdout;
}

/** The lines of each answer; there is one for each question. */
function sections(text: string, questions: readonly string[]): readonly (readonly string[])[] {
  const answers = text.split(new RegExp(`^${SEPARATOR}\n`, 'm')).map((part) => part.split('\n').slice(0, -1));
  if (answers.pop()?.length !== 0 || answers.length !== questions.length) {
    throw new Error(`${questions.length} questions have ${answers.length} answers:\n${text}`);
  }
  return answers;
}

/** A line as Bash hands it to a completion: cut at blanks, and at =, : and @ too. */
function bashWords(line: string): string[] {
  return line.split(BLANK).flatMap((word) => word.match(/[=:@]+|[^=:@]+/g) ?? ['']);
}

/** The end of a line, as far as Bash puts an offer in its place: an @ goes with what follows it. */
function replacedByBash(line: string): string {
  return /(?:@?[^=:@]*)$/.exec(lastWord(line))?.[0] ?? '';
}

const BLANK = /(?<!\\) /;
const lastWord = (line: string) => line.split(BLANK).at(-1) ?? '';

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
