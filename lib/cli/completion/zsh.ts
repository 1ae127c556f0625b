import type { Operand, Outline, OutlineOption, OutlineVerb } from './outline';
import { identifier, oneLine } from './places';

/** The completion of a program for zsh, with descriptions. */
export function zshCompletion(outline: Outline): string {
  const { names, options, verbs } = outline;
  const name = `_${identifier(outline)}`;
  const described = verbs.flatMap((verb) =>
    [verb.name, ...verb.aliases].map((word) => quote(`${escaped(word, ':')}:${oneLine(verb.description)}`)),
  );
  return `#compdef ${names.join(' ')}
# Completion of ${names[0]} for zsh: ${names[0]} completion zsh

${name}_verbs() {
  local -a verbs=(
${described.map((verb) => `    ${verb}\n`).join('')}  )
  _describe -V verb verbs
}

# Words that = and a file may follow.
${name}_into_file() {
  if compset -P '*='; then
    _files
  else
    compadd "$@"
  fi
}

${name}_contexts() {
  local -a contexts=(\${(f)"$(kubectl config get-contexts -o name 2>/dev/null)"})
  compadd "$@" -a contexts
}

${name}() {
  local curcontext=$curcontext state line
  local -A opt_args
  _arguments -C -S \\
${options.flatMap((option) => optionSpecs(option, name)).join('')}    '1:verb:${name}_verbs' '*:: :->verb' && return
  [[ $state == verb ]] || return
  curcontext="\${curcontext%:*:*}:${names[0]}-$line[1]:"
  case $line[1] in
${verbs.map((verb) => verbArm(verb, name)).join('')}    *) return 1 ;;
  esac
}

# From a folder of $fpath it is loaded by its first use, in .zshrc it is read.
if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef ${name} ${names.join(' ')}
fi
`;
}

function verbArm({ name: verb, aliases, options, operands }: OutlineVerb, name: string): string {
  const [many] = operands.some(({ isMany }) => isMany)
    ? []
    : options.flatMap(({ value }) => (value?.isMany ? [value] : []));
  const specs = [
    ...options.flatMap((option) => optionSpecs(option, name)),
    ...operands.map((operand, i) => line(`${operand.isMany ? '*' : i + 1}:${valueSpec(operand, name)}`)),
    // No option ends its many words where the next one begins: to zsh the others are operands.
    ...(many === undefined ? [] : [line(`*:${valueSpec(many, name)}`)]),
  ].join('');
  const words = [verb, ...aliases].map(quote).join(' | ');
  return `    ${words})\n      _arguments -S \\\n${specs.replace(/ \\\n$/, '').replace(/^/gm, '    ')}\n      ;;\n`;
}

/** A line for each flag; the `*` says that it may be given again, which commander alone knows. */
function optionSpecs({ flags, description, value }: OutlineOption, name: string): string[] {
  const told = `[${escaped(oneLine(description), '[]:')}]`;
  return flags.map((flag) => {
    if (value === undefined) {
      return line(`*${flag}${told}`);
    }
    // A value is the rest of the word or the next word.
    const joint = flag.startsWith('--') ? '=' : '+';
    return line(`*${flag}${joint}${told}:${valueSpec(value, name)}`);
  });
}

function valueSpec({ name: value, values }: Operand, name: string): string {
  // Of an action zsh takes the backslashes before colons, and no other.
  return `${value}:${action().replaceAll(':', '\\:')}`;

  function action(): string {
    switch (values.kind) {
      case 'words': {
        const words = values.words.map(quote).join(' ');
        return values.intoFile ? `${name}_into_file ${words}` : `(${words})`;
      }
      case 'files':
        return '_files';
      case 'contexts':
        return `${name}_contexts`;
      case 'free':
        return ' ';
    }
  }
}

const line = (spec: string) => `    ${quote(spec)} \\\n`;

function escaped(text: string, special: string): string {
  return [...text].map((char) => (char === '\\' || special.includes(char) ? `\\${char}` : char)).join('');
}

/** Bare where it may be, so that a nested list is readable. */
function quote(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
