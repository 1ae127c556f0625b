import type { Outline, Values } from './outline';
import { identifier, type PlaceGroup, placeGroups } from './places';

/** The completion of a program for bash 4 or later, which shows no descriptions. */
export function bashCompletion(outline: Outline): string {
  const { names, options, verbs } = outline;
  const name = `_${identifier(outline)}`;
  const verbNames = verbs.flatMap((verb) => [verb.name, ...verb.aliases]);
  const optionArms = [{ name: '', options }, ...verbs].map(
    (verb) => `    ${quote(verb.name)}) offers=(${list(verb.options.flatMap(({ flags }) => flags))}) ;;`,
  );
  const aliasArms = verbs
    .filter(({ aliases }) => aliases.length > 0)
    .map((verb) => `        ${list(verb.aliases, ' | ')}) verb=${quote(verb.name)} ;;`);
  const aliasCase = aliasArms.length === 0 ? [] : ['      case $verb in', ...aliasArms, '      esac'];
  return `# Completion of ${names[0]} for bash 4 or later: ${names[0]} completion bash

# What can stand in a place, for ${name} alone: offers, isFile, isContext, isMany, isIntoFile.
${name}_place() {
  offers=() isFile='' isContext='' isMany='' isIntoFile=''
  case $1 in
${placeGroups(outline).map(arm).join('\n')}
    *) return 1 ;;
  esac
}

${name}_options() {
  case $1 in
${optionArms.join('\n')}
  esac
}

${name}() {
  local -a words=() offers=()
  local isFile='' isContext='' isMany='' isIntoFile=''
  local verb='' option='' taken='' ended='' number=1 word piece='' cut='' prefix='' i
  COMPREPLY=()

  # Bash cuts words at = and : too, and the program does not.
  local breaks=\${COMP_WORDBREAKS//[^=:]/}
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=$piece
    piece=\${COMP_WORDS[i]}
    if ((i > 1)) && [[ -n $breaks && ($piece == [$breaks]* || $word == [$breaks]*) ]]; then
      words[\${#words[@]} - 1]+=$piece
    else
      words+=("$piece")
    fi
  done
  local current=\${words[\${#words[@]} - 1]}
  if [[ -n $breaks ]]; then
    cut=\${current%"\${current##*[$breaks]}"}
  fi

  for word in "\${words[@]:1:\${#words[@]}-2}"; do
    # The first word after an option is its value, whatever it looks like.
    if [[ -n $option && (-z $taken || $word != -?*) ]]; then
      taken=1
      [[ -n $isMany ]] || option=''
      continue
    fi
    option='' taken=''
    if [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -?* ]]; then
      ! ${name}_place "$verb $word" || option=$word
    elif [[ -z $verb ]]; then
${['      verb=$word', ...aliasCase].join('\n')}
    else
      number=$((number + 1))
    fi
  done

  word=$current
  offers=()
  if [[ -n $option && (-z $taken || $current != -*) ]]; then
    ${name}_place "$verb $option"
  elif [[ -z $ended && $current == -*=* ]]; then
    prefix=\${current%%=*}=
    word=\${current#*=}
    ${name}_place "$verb \${current%%=*}" || return 0
  elif [[ -z $ended && $current == -* ]]; then
    ${name}_options "$verb"
  elif [[ -z $verb ]]; then
    offers=(${list(verbNames)})
  else
    ${name}_place "$verb $number" || ${name}_place "$verb *" || [[ -n $ended ]] || ${name}_options "$verb"
  fi

  if [[ -n $isIntoFile && $word == *=* ]]; then
    prefix+=\${word%%=*}=
    word=\${word#*=}
    isFile=1 offers=()
  fi
  if [[ -n $isContext ]]; then
    while IFS= read -r piece; do
      offers+=("$piece")
    done < <(kubectl config get-contexts -o name 2>/dev/null)
  fi
  for piece in "\${offers[@]}"; do
    if [[ $piece == "$word"* ]]; then
      piece=$prefix$piece
      COMPREPLY+=("\${piece#"$cut"}")
    fi
  done
  if [[ -n $isFile ]]; then
    # What has been typed may be quoted, and the names of files are not.
    case $word in
      [\\'\\"]*) word=\${word:1} ;;
      *) word=\${word//\\\\/} ;;
    esac
    while IFS= read -r piece; do
      piece=$prefix$piece
      COMPREPLY+=("\${piece#"$cut"}")
    done < <(compgen -f -- "$word")
    # Fails where nobody completes, as in a test.
    compopt -o filenames 2>/dev/null || true
  fi
}

complete -F ${name} ${names.join(' ')}
`;
}

function arm({ places, values, isMany }: PlaceGroup): string {
  return `    ${list(places, ' | ')}) ${[...assignments(values), ...(isMany ? ['isMany=1'] : [])].join(' ')} ;;`;
}

function assignments(values: Values): string[] {
  switch (values.kind) {
    case 'words':
      return [`offers=(${list(values.words)})`, ...(values.intoFile ? ['isIntoFile=1'] : [])];
    case 'files':
      return ['isFile=1'];
    case 'contexts':
      return ['isContext=1'];
    case 'free':
      return ['offers=()'];
  }
}

function list(words: readonly string[], between = ' '): string {
  return words.map(quote).join(between);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
