import type { Operand, Outline, OutlineOption } from './outline';
import { identifier, oneLine, placeGroups } from './places';

/** The completion of a program for fish, with descriptions. */
export function fishCompletion(outline: Outline): string {
  const { names, options, verbs } = outline;
  const [program, ...others] = names;
  const at = `__${identifier(outline)}_at`;
  const contexts = `__${identifier(outline)}_contexts`;
  const isIntoFile = `__${identifier(outline)}_is_into_file`;
  const taking = placeGroups(outline).flatMap(({ places }) => places.filter((place) => / -/.test(place)));
  const aliasArms = verbs
    .filter(({ aliases }) => aliases.length > 0)
    .map(
      (verb) =>
        `                case ${list(verb.aliases)}\n                    set verb ${quote(verb.name)}\n`,
    );
  const aliasSwitch =
    aliasArms.length === 0 ? '' : `            switch $word\n${aliasArms.join('')}            end\n`;

  const complete = (condition: string, ...words: string[]) =>
    `complete --command ${program} --condition ${quote(condition)} ${words.join(' ')}\n`;
  const wordsOfValue = ({ values }: Operand): string => {
    switch (values.kind) {
      case 'words':
        return `--exclusive --arguments ${quote(list(values.words))}`;
      case 'files':
        return '--require-parameter --force-files';
      case 'contexts':
        return `--exclusive --arguments ${quote(`(${contexts})`)}`;
      case 'free':
        return '--exclusive';
    }
  };
  const optionLines = (verb: string, { flags, description, value }: OutlineOption) => {
    const words = [
      ...flags.map((flag) =>
        flag.startsWith('--') ? `--long-option ${flag.slice(2)}` : `--short-option ${flag.slice(1)}`,
      ),
      `--description ${quote(oneLine(description))}`,
    ];
    const here = `${at} ${quote(verb)}`;
    if (value === undefined) {
      return complete(here, ...words);
    }
    // Fish has no option that takes many words: to it the others are operands.
    const others = value.isMany && value.values.kind === 'files' ? complete(here, '--force-files') : '';
    return (
      others +
      (value.values.kind === 'words' && value.values.intoFile
        ? complete(`${here}; and not ${isIntoFile}`, ...words, wordsOfValue(value)) +
          complete(`${here}; and ${isIntoFile}`, ...words, '--require-parameter --force-files')
        : complete(here, ...words, wordsOfValue(value)))
    );
  };
  const operandLine = (verb: string, operand: Operand, number: number) => {
    const { values, isMany } = operand;
    const here = `${at} ${quote(verb)} ${number}${isMany ? ' more' : ''}`;
    switch (values.kind) {
      case 'words':
        return complete(here, `--arguments ${quote(list(values.words))}`);
      case 'files':
        return complete(here, '--force-files');
      case 'contexts':
        return complete(here, `--arguments ${quote(`(${contexts})`)}`);
      case 'free':
        return '';
    }
  };

  return `# Completion of ${program} for fish: ${program} completion fish

# Whether the cursor is in a verb, or in a certain of its operands: "${at} list 1", with "more" in any from it on.
function ${at} --argument-names wanted number more
    set --local verb ''
    set --local current 1
    set --local is_value ''
    set --local is_ended ''
    for word in (commandline --current-process --tokenize --cut-at-cursor)[2..]
        if test -n "$is_value"
            set is_value ''
        else if test -z "$is_ended"; and test "$word" = --
            set is_ended yes
        else if test -z "$is_ended"; and string match --quiet --regex -- '^-.' $word
            contains -- "$verb $word" ${list(taking)}; and set is_value yes
        else if test -z "$verb"
            set verb $word
${aliasSwitch}        else
            set current (math $current + 1)
        end
    end
    test "$verb" = "$wanted"; or return 1
    test -z "$number"; and return 0
    test $current -eq $number; or test -n "$more" -a $current -ge $number
end

function ${contexts}
    command --query kubectl; and kubectl config get-contexts -o name 2>/dev/null
end

# Whether = and the name of a file follow the value: "sarif=out", "--format=sarif=out".
function ${isIntoFile}
    string match --quiet --regex -- '^(-[^=]*=)?[^-=][^=]*=' (commandline --current-token)
end

complete --command ${program} --no-files
${others.map((other) => `complete --command ${other} --wraps ${program}\n`).join('')}
${options.map((option) => optionLines('', option)).join('')}${verbs
  .flatMap((verb) =>
    [verb.name, ...verb.aliases].map((word) =>
      complete(
        `${at} ''`,
        `--arguments ${quote(quote(word))}`,
        `--description ${quote(oneLine(verb.description))}`,
      ),
    ),
  )
  .join('')}${verbs
  .map(
    ({ name, options, operands }) =>
      `\n${options.map((option) => optionLines(name, option)).join('')}${operands
        .map((operand, i) => operandLine(name, operand, i + 1))
        .join('')}`,
  )
  .join('')}`;
}

function list(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

/** Bare where it may be, so that a nested list is readable. */
function quote(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, '\\$&')}'`;
}
