/**
 * What others write, in manifests, clusters, file names and reasons, is shown as it is and commands nobody: no
 * terminal, no pipeline. Escapes have the form `\u001b`, which JSON and TypeScript read as the character itself.
 */

declare const PROVEN: unique symbol;

/** Text that commands nobody; `print` takes nothing else. Only this file makes it. */
export type Harmless = string & { readonly [PROVEN]: true };

/** Controls, bidirectional marks, halves of characters, and whatever else is not seen or ends a line. */
const UNSEEN =
  '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]';

const UNSEEN_IN_A_LINE = new RegExp(UNSEEN, 'gu');

/** Ends of lines, tabs and the colours of a terminal are this program's own. */
const UNSEEN_IN_LINES = new RegExp(`(?!\\n|\\t|\\r\\n|\\u001b\\[3\\dm)${UNSEEN}`, 'gu');

/**
 * Where a pipeline looks for a command anywhere in a line. Both compare by a culture's rules, which pass over characters
 * that are not seen, so those are escaped as well.
 *
 * @see microsoft/azure-pipelines-agent src/Microsoft.VisualStudio.Services.Agent/Command.cs, TryParse: `##vso[`
 * @see actions/runner src/Runner.Common/ActionCommand.cs, TryParse: `##[`
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one that is passed over
const COMMAND = /##(?=(?:vso)?\u001b?\[)/gi;

/**
 * Where GitHub looks for one at the start of a line, behind blanks. No command's name could stand in an IPv6 address.
 *
 * @see actions/runner src/Runner.Common/ActionCommand.cs, TryParseV2
 */
const COMMAND_AT_START = /^([^\S\n]*):(?=:(?![\d.:/a-f]*(?:[\s,;)]|-[\d:]|$)))/gm;

/** Most text is of such characters alone. */
const PLAIN = /^[\n -~]*$/;

/** Text of others as a part of a line. */
export function inOneLine(text: string): string {
  return text.replaceAll(UNSEEN_IN_A_LINE, escaped);
}

/**
 * The same for sentences that somebody wrote in lines, such as a reason: they go on in one. There is no pattern with
 * blanks on both sides of it, because one would go over long blanks once more from each of them.
 */
export function asOneLine(text: string): string {
  const lines = text.split(/[\r\n]/).map((line) => line.trim());
  return inOneLine(lines.filter((line) => line !== '').join(' '));
}

/** Whole lines, whoever wrote them. */
export function harmless(text: string): Harmless {
  const seen = PLAIN.test(text) ? text : text.replaceAll(UNSEEN_IN_LINES, escaped);
  const quiet = seen.includes('##') ? seen.replaceAll(COMMAND, '#\\u0023') : seen;
  return (quiet.includes('::') ? quiet.replaceAll(COMMAND_AT_START, '$1\\u003a') : quiet) as Harmless;
}

/** The same piece by piece, each of whole lines or with no text of others at its ends. */
export function* harmlessPieces(pieces: Iterable<string>): Generator<Harmless> {
  for (const piece of pieces) {
    yield harmless(piece);
  }
}

/**
 * A command for a workflow of GitHub: the one text that is meant to be one.
 *
 * @see actions/toolkit packages/core/src/command.ts for what is escaped
 */
export function githubCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  text: string,
): Harmless {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${property(harmless(inOneLine(value)))}`,
  );
  return `::${name} ${written.join(',')}::${data(harmless(text))}\n` as Harmless;
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}
