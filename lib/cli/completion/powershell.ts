import type { Outline, OutlineVerb } from './outline';
import { oneLine, type PlaceGroup, placeGroups } from './places';

/**
 * The completion of a program for PowerShell, with descriptions. Where nothing is offered PowerShell offers files by
 * itself, so it does where the user's own words are.
 */
export function powershellCompletion(outline: Outline): string {
  const { names, options, verbs } = outline;
  const before: OutlineVerb = { name: '', aliases: [], description: '', options, operands: [] };
  const offered = ({ options }: OutlineVerb) =>
    options.flatMap(({ flags, description }) => flags.map((flag) => pair(flag, description)));
  const groups = placeGroups(outline);
  const taking = groups.flatMap(({ places }) => places.filter((place) => / -/.test(place)));
  const many = groups.filter(({ isMany }) => isMany).flatMap(({ places }) => places);
  return `# Completion of ${names[0]} for PowerShell: ${names[0]} completion powershell

Register-ArgumentCompleter -Native -CommandName ${list(names)} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $verbs = @(
${verbs.flatMap((verb) => [verb.name, ...verb.aliases].map((word) => `        ${pair(word, verb.description)}\n`)).join('')}    )
    # What takes the next word, and what takes more, up to the next option.
    $taking = ${array(taking)}
    $many = ${array(many)}

    $verb = ''
    $option = ''
    $taken = $false
    $ended = $false
    $number = 1
    $words = $commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text }
    foreach ($word in $words) {
        if ($option -and -not ($taken -and $word -like '-?*')) {
            $taken = $true
            if ($many -cnotcontains "$verb $option") { $option = '' }
            continue
        }
        $option = ''
        $taken = $false
        if (-not $ended -and $word -ceq '--') {
            $ended = $true
        } elseif (-not $ended -and $word -like '-?*') {
            if ($taking -ccontains "$verb $word") { $option = $word }
        } elseif (-not $verb) {
            $verb = $word
${verbs.flatMap(({ name, aliases }) => aliases.map((alias) => `            if ($word -ceq ${quote(alias)}) { $verb = ${quote(name)} }\n`)).join('')}        } else {
            $number += 1
        }
    }

    $prefix = ''
    $place = ''
    $offers = @()
    if ($option -and -not ($taken -and $wordToComplete -like '-*')) {
        $place = "$verb $option"
    } elseif (-not $ended -and $wordToComplete -like '-*=*') {
        $prefix = $wordToComplete.Substring(0, $wordToComplete.IndexOf('=') + 1)
        $place = "$verb " + $prefix.TrimEnd('=')
    } elseif (-not $ended -and $wordToComplete -like '-*') {
        $offers = @(switch -CaseSensitive ($verb) {
${[before, ...verbs]
  .map(
    (verb) =>
      `            ${quote(verb.name)} {\n${offered(verb)
        .map((each) => `                ${each}\n`)
        .join('')}            }\n`,
  )
  .join('')}        })
    } elseif (-not $verb) {
        $offers = $verbs
    } else {
        $place = "$verb $number", "$verb *"
    }
    $values = switch ($place) {
${groups.map(valueArm).join('')}    }
    $offers += @($values | Where-Object { $_ } | ForEach-Object { , @($_, $_) })

    foreach ($offer in $offers) {
        $text = $prefix + $offer[0]
        if ($text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) {
            [System.Management.Automation.CompletionResult]::new($text, $offer[0], 'ParameterValue', $offer[1])
        }
    }
}
`;
}

function valueArm({ places, values }: PlaceGroup): string {
  const arm = (answer: string) => `        { ${array(places)} -ccontains $_ } { ${answer} }\n`;
  switch (values.kind) {
    case 'words':
      return arm(list(values.words));
    case 'contexts':
      return arm('kubectl config get-contexts -o name 2>$null');
    default:
      return '';
  }
}

/** A word and what it means; PowerShell takes no description that is empty. */
function pair(word: string, description: string): string {
  return `, @(${quote(word)}, ${quote(oneLine(description) || word)})`;
}

const array = (words: readonly string[]) => `@(${list(words)})`;

function list(words: readonly string[]): string {
  return words.map(quote).join(', ');
}

/** PowerShell takes the quotes of typographers for quotes as well. */
function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
